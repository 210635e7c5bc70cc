package io.github.acrattach.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.acrattach.emulator.host.FunctionsHost;
import io.github.acrattach.emulator.host.HostTimes;
import io.github.acrattach.emulator.host.HttpTriggerFront;
import io.github.acrattach.emulator.host.Telemetry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of a request on its way through the host; measured on host 4.1037. */
class HttpTriggerFrontTest {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    Path folder;

    private Receiver handler;
    private FunctionsHost host;
    private HttpTriggerFront front;

    @BeforeEach
    void start() throws IOException {
        handler = new Receiver(request -> Receiver.Answered.json("{\"outcome\":\"Granted\"}"));
        open(HostTimes.measured(), Duration.ofMinutes(1));
    }

    private void open(HostTimes times, Duration timeout) {
        SmallApp app = new SmallApp(folder)
                .function("Attach", trigger("'authLevel':'function','methods':['post'],'route':'pairs/attach'"))
                .function("Access", trigger("'methods':['get']"))
                .function("Health", trigger("'authLevel':'anonymous','route':'health'"));
        host = FunctionsHost.at(app.read().withFunctionTimeout(timeout), handler.uri(), times);
        front = HttpTriggerFront.open(host);
    }

    @AfterEach
    void stop() {
        front.close();
        handler.close();
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /api/pairs/attach, 200",
        "POST, /API/Pairs/ATTACH, 200",
        "post, /api/pairs/attach/, 200",
        "GET, /api/pairs/attach, 404",
        "DELETE, /api/access, 404",
        "GET, /api/access, 200",
        "GET, /api/Health, 200",
        "PUT, /api/health, 200",
        "GET, /pairs/attach, 404",
        "GET, /api/nothing, 404",
        "POST, /Attach, 404",
        "GET, /, 404"
    })
    void routesMatchWithoutCaseAndAWrongMethodIsNotFound(String method, String path, int status) {
        HttpResponse<String> answer = send(
                request(path).header("x-functions-key", front.key()).method(method, BodyPublishers.ofString("{}")));
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(handler.received()).hasSize(status == 200 ? 1 : 0);
        handler.received().forEach(each -> assertThat(each.path()).isEqualTo(path));
    }

    @Test
    void functionIsCalledWithItsKeyAlone() {
        assertThat(send(request("/api/access")).statusCode()).isEqualTo(401);
        assertThat(send(request("/api/access?code=guess")).statusCode()).isEqualTo(401);
        assertThat(send(request("/api/access").header("x-functions-key", "guess"))
                        .statusCode())
                .isEqualTo(401);
        assertThat(handler.received()).isEmpty();
        assertThat(send(request("/api/access?code=" + front.key())).statusCode())
                .isEqualTo(200);
        assertThat(send(request("/api/health")).statusCode()).isEqualTo(200);
    }

    @Test
    void handlerSeesWhatTheCallerSent() {
        send(keyed("/api/access?cluster=%2Fsub%2Faks%20one&team=a&team=b&code=" + front.key())
                .header("x-team", "a")
                .header("x-team", "b")
                .header("Content-Type", "application/json"));
        Receiver.Received received = handler.received().get(0);
        assertThat(received.method()).isEqualTo("GET");
        assertThat(received.query().split("&"))
                .containsExactlyInAnyOrder(
                        "cluster=%2Fsub%2Faks%20one",
                        "team=a,b", "code=" + front.key().replace("=", "%3D"));
        assertThat(received.headers().get("X-Team")).containsExactly("a, b");
        assertThat(received.headers().getFirst("Host")).isEqualTo(front.uri().getAuthority());
        assertThat(received.headers().getFirst("x-functions-key")).isEqualTo(front.key());
        assertThat(host.telemetry(Telemetry.Request.class)).singleElement().satisfies(each -> assertThat(
                        received.headers().getFirst("traceparent"))
                .contains(each.operationId()));
        assertThat(received.headers().containsKey("Content-Type"))
                .as("type of no body")
                .isFalse();
    }

    @Test
    void bodyReachesTheHandlerWithItsLength() {
        send(attach("{\"cluster\":\"aks\"}").header("Content-Type", "application/json"));
        Receiver.Received received = handler.received().get(0);
        assertThat(received.body().path("cluster").asText()).isEqualTo("aks");
        assertThat(received.headers().getFirst("Content-Length")).isEqualTo("17");
        assertThat(received.headers().getFirst("Content-Type")).isEqualTo("application/json");
    }

    @Test
    void hostAppendsItsIdToThatOfTheCaller() {
        send(attach("{}").header("X-Azure-Functions-InvocationId", "abc"));
        assertThat(handler.received().get(0).headers().get("X-Azure-Functions-InvocationId"))
                .singleElement()
                .asString()
                .matches("abc, [-0-9a-f]{36}");
        assertThat(handler.received().get(0).headers().getFirst("User-Agent"))
                .matches("Java-http-client/\\S+ Azure-Functions-Host/4\\S+");
    }

    @Test
    void chunkedPostFailsInTheHostItself() {
        HttpResponse<String> answer = send(keyed("/api/pairs/attach")
                .POST(BodyPublishers.ofInputStream(
                        () -> new ByteArrayInputStream("{}".getBytes(StandardCharsets.UTF_8)))));
        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(handler.received()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"200", "400", "409", "503"})
    void answerComesBackAsItIs(int status) {
        handler.behave(request -> new Receiver.Answered(status, "application/problem+json", "[1]"));
        HttpResponse<String> answer = send(attach("{}"));
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body()).isEqualTo("[1]");
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(answer.headers().firstValue("WebHook-Allowed-Origin")).contains("*");
        assertThat(host.telemetry(Telemetry.Request.class))
                .singleElement()
                .satisfies(request -> assertThat(request.status()).isEqualTo(status));
    }

    @Test
    void callerOfWhatTimesOutGetsAnEmptyError() {
        front.close();
        open(HostTimes.measured().withGrace(Duration.ZERO), Duration.ofMillis(200));
        CountDownLatch over = new CountDownLatch(1);
        handler.behave(request -> waiting(over));
        HttpResponse<String> answer = send(attach("{}"));
        over.countDown();
        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body()).isEmpty();
        assertThat(host.telemetry(Telemetry.Failure.class)).hasSize(1);
    }

    @Test
    void loadBalancerGivesUpBeforeTheFunctionEnds() throws InterruptedException {
        front.close();
        open(HostTimes.measured().withLoadBalancer(Duration.ofMillis(200)), Duration.ofMinutes(1));
        CountDownLatch over = new CountDownLatch(1);
        handler.behave(request -> waiting(over));
        assertThat(send(attach("{}")).statusCode()).isEqualTo(504);
        over.countDown();
        while (host.telemetry(Telemetry.Request.class).isEmpty()) {
            Thread.sleep(10);
        }
        assertThat(host.telemetry(Telemetry.Request.class)).allMatch(Telemetry.Request::success);
    }

    @Test
    void keyIsStoredInTheDependencyAlone() {
        send(request("/api/access?code=" + front.key()));
        String key = front.key().replace("=", "%3D");
        assertThat(host.telemetry(Telemetry.Dependency.class)).singleElement().satisfies(each -> assertThat(each.url())
                .isEqualTo(handler.uri() + "/api/access?code=" + key));
        assertThat(host.telemetry(Telemetry.Request.class)).singleElement().satisfies(each -> assertThat(each.url())
                .isEqualTo(front.uri() + "/api/access"));
    }

    private static Receiver.Answered waiting(CountDownLatch over) {
        try {
            over.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return Receiver.Answered.json("{}");
    }

    private HttpRequest.Builder attach(String body) {
        return keyed("/api/pairs/attach").POST(BodyPublishers.ofString(body));
    }

    private HttpRequest.Builder keyed(String path) {
        return request(path).header("x-functions-key", front.key());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(front.uri() + path));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return HTTP.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String trigger(String more) {
        return "{'type':'httpTrigger','direction':'in','name':'req'," + more
                + "},{'type':'http','direction':'out','name':'res'}";
    }
}
