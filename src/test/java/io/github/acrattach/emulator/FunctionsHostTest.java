package io.github.acrattach.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.github.acrattach.emulator.host.FunctionAppRefused;
import io.github.acrattach.emulator.host.FunctionsHost;
import io.github.acrattach.emulator.host.HostTimes;
import io.github.acrattach.emulator.host.Invocation;
import io.github.acrattach.emulator.host.Telemetry;
import io.github.acrattach.emulator.http.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FunctionsHostTest {
    @TempDir
    Path folder;

    private Receiver handler;
    private SmallApp app;

    @BeforeEach
    void start() throws IOException {
        handler = new Receiver(request -> Receiver.Answered.json("{\"Outputs\":{},\"Logs\":[\"done\"]}"));
        app = new SmallApp(folder)
                .function("OnEvent", SmallApp.EVENT_TRIGGER)
                .function(
                        "OnEvents", "{'type':'eventGridTrigger','direction':'in','name':'events','cardinality':'many'}")
                .function("OnMessage", "{'type':'queueTrigger','direction':'in','name':'item','queueName':'que'}")
                .function("OnTime", "{'type':'timerTrigger','direction':'in','name':'timer','schedule':'0 0 * * * *'}")
                .function(
                        "OnTick", "{'type':'timerTrigger','direction':'in','name':'timer','schedule':'*/9 * * * * *'}");
    }

    @AfterEach
    void stop() {
        handler.close();
    }

    @Test
    void anEventReachesTheHandlerAsAnObjectInChunks() {
        Invocation invocation = host().invoke("OnEvent", event());
        Receiver.Received request = handler.received().get(0);

        assertThat(invocation.succeeded()).isTrue();
        assertThat(invocation.answer().orElseThrow().path("Logs").get(0).asText())
                .isEqualTo("done");
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.path()).isEqualTo("/OnEvent");
        assertThat(request.headers().getFirst("Transfer-Encoding")).isEqualTo("chunked");
        assertThat(request.headers().containsKey("Content-Length")).isFalse();
        assertThat(request.headers().getFirst("X-Azure-Functions-InvocationId")).isEqualTo(invocation.id());
        assertThat(request.headers().getFirst("Content-Type")).isEqualTo("application/json; charset=utf-8");
        assertThat(request.headers().getFirst("User-Agent")).startsWith("Azure-Functions-Host/4.");
        assertThat(request.headers().getFirst("X-Azure-Functions-HostVersion")).startsWith("4.");
        assertThat(request.body().path("Data").path("event")).isEqualTo(event());
        assertThat(request.body().path("Metadata").path("data")).isEqualTo(event().path("data"));
        assertThat(request.body()
                        .path("Metadata")
                        .path("sys")
                        .path("MethodName")
                        .asText())
                .isEqualTo("OnEvent");
    }

    @Test
    void manyEventsReachItAsTheTextOfAnArray() {
        host().invoke("OnEvents", event());

        assertThat(parsed(handler.received().get(0).body().path("Data").path("events"))
                        .get(0))
                .isEqualTo(event());
    }

    @Test
    void timesInAnEventAreWrittenAnew() {
        Map.of(
                        "2026-01-02T03:04:05.1230000Z", "2026-01-02T03:04:05.123Z",
                        "2026-01-02T03:04:05.000Z", "2026-01-02T03:04:05Z",
                        "2026-01-02T03:04:05.7689666Z", "2026-01-02T03:04:05.7689666Z",
                        "2026-01-02T03:04:05.12+02:00", "2026-01-02T01:04:05.12+00:00",
                        "0001-01-01T00:00:00", "0001-01-01T00:00:00",
                        "2026-01-02", "2026-01-02")
                .forEach((sent, received) -> {
                    handler.received().clear();
                    host().invoke("OnEvent", Json.object().put("eventTime", sent));
                    assertThat(handler.received()
                                    .get(0)
                                    .body()
                                    .findValue("eventTime")
                                    .asText())
                            .isEqualTo(received);
                });
    }

    @Test
    void metadataRepeatsNoTrigger() {
        app.function("OnEvent", "{'type':'eventGridTrigger','direction':'in','name':'data'}");
        host().invoke("OnEvent", event());
        assertThat(metadata().has("sys")).isTrue();
        assertThat(metadata().has("data")).isFalse();
        handler.received().clear();
        host().invoke(
                        "OnMessage",
                        Json.object().put("pullTrigger", 1).put("trigger", 2).put("triggers", 3));
        assertThat(metadata().has("pullTrigger")).isFalse();
        assertThat(metadata().has("trigger")).isFalse();
        assertThat(metadata().path("triggers").textValue()).isEqualTo("3");
    }

    @Test
    void aQueueMessageIsQuotedTwice() {
        host().invoke("OnMessage", TextNode.valueOf("hello"));

        assertThat(handler.received().get(0).body().path("Data").path("item")).isEqualTo(TextNode.valueOf("\"hello\""));
        assertThat(metadata().path("DequeueCount").textValue()).isEqualTo("1");
        assertThat(metadata().path("Id").textValue()).matches("\"[-0-9a-f]{36}\"");
        assertThat(Instant.parse(metadata().path("InsertionTime").textValue())).isBefore(Instant.now());
    }

    @Test
    void theFieldsOfAMessageHideTheRealOnes() {
        host().invoke("OnMessage", Json.object().put("DequeueCount", 99).put("sys", "mine"));

        assertThat(metadata().path("DequeueCount").textValue()).isEqualTo("99");
        assertThat(metadata().path("sys").textValue()).isEqualTo("\"mine\"");
    }

    @Test
    void fieldsThatAreNullOrAListHideNothing() {
        host().invoke("OnMessage", Json.object().putNull("DequeueCount").put("more", 1));
        assertThat(metadata().path("DequeueCount").textValue()).isEqualTo("1");
        assertThat(metadata().has("more")).isTrue();
        handler.received().clear();
        host().invoke("OnMessage", Json.object().set("DequeueCount", Json.array(Stream.of())));
        assertThat(metadata().path("DequeueCount").textValue()).isEqualTo("1");
    }

    @Test
    void aTimerTellsItsSchedule() {
        FunctionsHost host = host();
        host.invoke("OnTime", NullNode.instance);
        host.invoke("OnTime", Json.object().put("IsPastDue", true));
        JsonNode first = timer(0);
        JsonNode second = timer(1);

        assertThat(first.path("IsPastDue").asBoolean()).isFalse();
        assertThat(first.path("ScheduleStatus").path("Last").asText()).isEqualTo("0001-01-01T00:00:00");
        assertThat(first.path("ScheduleStatus").has("Next")).isTrue();
        assertThat(second.path("IsPastDue").asBoolean()).isTrue();
        assertThat(second.path("ScheduleStatus").path("Last").asText()).startsWith("2");
    }

    @Test
    void aTimerOfLessThanAMinuteHasNoStatus() {
        host().invoke("OnTick", NullNode.instance);

        assertThat(timer(0).path("ScheduleStatus").isNull()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "500|application/json|{}|status 500",
                "503|application/json|''|status 503",
                "200|text/plain|{}|not application/json but text/plain",
                "200|application/problem+json|{}|not application/json but application/problem+json",
                "200|''|{}|not application/json but no content type",
                "200|application/json|{|not a JSON object",
                "200|application/json|[]|not a JSON object",
                "200|application/json|\"text\"|not a JSON object"
            })
    void otherAnswersThanAJsonObjectFailAtOnce(int status, String type, String body, String reason) {
        Invocation invocation = answered(Duration.ofHours(1), new Receiver.Answered(status, type, body));

        assertThat(invocation.succeeded()).isFalse();
        assertThat(invocation.reason()).contains(reason);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"200|''", "204|''", "200|null", "200|' '"})
    void anAnswerWithoutAResultIsWaitedForUntilTheTimeout(int status, String body) {
        Invocation invocation =
                answered(Duration.ofMillis(200), new Receiver.Answered(status, "application/json", body));

        assertThat(invocation.succeeded()).isFalse();
        assertThat(invocation.reason()).contains("timeout of PT0.2S");
    }

    @Test
    void aSlowAnswerIsGivenUpAtTheTimeout() {
        handler.behave(request -> {
            LockSupport.parkNanos(Duration.ofSeconds(5).toNanos());
            return Receiver.Answered.json("{}");
        });
        Invocation invocation = host(Duration.ofMillis(200)).invoke("OnEvent", event());

        assertThat(invocation.status()).isZero();
        assertThat(invocation.reason()).contains("timeout of PT0.2S");
    }

    @Test
    void aHandlerThatDoesNotListenFailsTheInvocation() throws IOException {
        // Bound, so that nobody else can listen there meanwhile.
        try (Socket silent = new Socket()) {
            silent.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            FunctionsHost host = FunctionsHost.at(
                    app.read(), URI.create("http://127.0.0.1:" + silent.getLocalPort()), HostTimes.measured());
            assertThat(host.invoke("OnEvent", event()).reason()).startsWith("The handler does not listen");
        }
    }

    @Test
    void theTimeoutIsThatOfHostJsonOrHalfAnHour() {
        assertThat(app.read().host().functionTimeout()).isEqualTo(Duration.ofMinutes(30));
        assertThat(app.says("'version':'2.0','functionTimeout':'01:02:03'")
                        .read()
                        .host()
                        .functionTimeout())
                .isEqualTo(Duration.ofSeconds(3723));
        assertThatThrownBy(
                        () -> app.says("'version':'2.0','functionTimeout':'5m'").read())
                .isInstanceOf(FunctionAppRefused.class)
                .hasMessageContaining("functionTimeout in host.json must be hh:mm:ss");
    }

    @Test
    void whatAnInvocationLeavesBelongsToItsTrace() {
        FunctionsHost host = host();
        Invocation good = host.invoke("OnEvent", event());
        String trace = handler.received().get(0).headers().getFirst("traceparent");
        handler.behave(request -> new Receiver.Answered(500, "application/json", "{\"Logs\":[\"lost\"]}"));
        Invocation bad = host.invoke("OnEvent", event());

        assertThat(trace).matches("00-" + good.operationId() + "-[0-9a-f]{16}-01");
        assertThat(good.operationId()).matches("[0-9a-f]{32}").isNotEqualTo(bad.operationId());
        assertThat(host.telemetry())
                .containsExactly(
                        new Telemetry.Dependency(good.operationId(), "POST", handler.uri() + "/OnEvent", 200),
                        new Telemetry.Request(good.operationId(), "OnEvent", "", 0, true),
                        new Telemetry.FunctionLog(good.operationId(), "done"),
                        new Telemetry.Dependency(bad.operationId(), "POST", handler.uri() + "/OnEvent", 500),
                        new Telemetry.Request(bad.operationId(), "OnEvent", "", 0, false),
                        new Telemetry.Failure(bad.operationId(), "OnEvent", "The handler answered with status 500"));
    }

    @Test
    void noDependencyIsStoredWhereHostJsonSaysSo() {
        app.says("'version':'2.0','logging':{'applicationInsights':{'enableDependencyTracking':false}}");
        FunctionsHost host = host();
        host.invoke("OnEvent", event());

        assertThat(host.telemetry(Telemetry.Dependency.class)).isEmpty();
        assertThat(host.telemetry(Telemetry.Request.class)).hasSize(1);
    }

    @Test
    void anAppThatTheHostWouldNotLoadIsRefused() throws IOException {
        String handler = SmallApp.HANDLER;
        String bundle = SmallApp.BUNDLE;
        assertRefused("{'version':'2.0'," + bundle + "}", "host.json has no customHandler section");
        assertRefused("{'version':'2.0'," + handler + "}", "host.json has no extensionBundle section");
        assertRefused("{" + handler + "," + bundle + "}", "The version in host.json must be \"2.0\"");
        assertRefused("{'version':'2.0','customHandler':{}," + bundle + "}", "defaultExecutablePath");
        assertRefused(
                "{'version':'2.0','customHandler':{'description':{'defaultExecutablePath':'x'},'http':{'routes':[]}},"
                        + bundle + "}",
                "customHandler.http.routes cannot be used beside function.json files");
        assertRefused("{", "is not a JSON object");
        app.says("'version':'2.0'").function("Odd", "{'type':'moonTrigger','direction':'in','name':'moon'}");
        assertThatThrownBy(app::read).isInstanceOf(FunctionAppRefused.class).hasMessageContaining("moonTrigger");
        Files.delete(folder.resolve("host.json"));
        assertThatThrownBy(app::read).hasMessageStartingWith("There is no host.json at ");
    }

    private Invocation answered(Duration timeout, Receiver.Answered answer) {
        handler.behave(request -> answer);
        return host(timeout).invoke("OnEvent", event());
    }

    private void assertRefused(String hostJson, String message) {
        app.hostJson(hostJson);
        assertThatThrownBy(app::read).isInstanceOf(FunctionAppRefused.class).hasMessageContaining(message);
    }

    private FunctionsHost host() {
        return host(Duration.ofMinutes(1));
    }

    private FunctionsHost host(Duration timeout) {
        return FunctionsHost.at(
                app.read().withFunctionTimeout(timeout),
                handler.uri(),
                HostTimes.measured().withGrace(Duration.ZERO));
    }

    private JsonNode metadata() {
        return handler.received().get(0).body().path("Metadata");
    }

    private JsonNode timer(int run) {
        return handler.received().get(run).body().path("Data").path("timer");
    }

    private static JsonNode event() {
        return Json.object().put("id", "1").set("data", Json.object().put("status", "Succeeded"));
    }

    private static JsonNode parsed(JsonNode text) {
        return Json.parse(text.textValue().getBytes(StandardCharsets.UTF_8)).orElseThrow();
    }
}
