package io.github.acrattach.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.acrattach.emulator.frontdoor.Fault;
import io.github.acrattach.emulator.frontdoor.RecordedRequest;
import io.github.acrattach.emulator.http.Answer;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FrontDoorTest extends Running {
    private static final String GROUP = Sample.PRODUCTION + "/resourceGroups/fresh";

    @Test
    void requestsAreRecordedWithTheirCaller() {
        Client.attach(emulator).get(Sample.AKS_SHOP);
        RecordedRequest last = emulator.requests().list().get(1);

        assertThat(emulator.requests().list()).hasSize(2);
        assertThat(last.method()).isEqualTo("GET");
        assertThat(last.path()).isEqualTo(Sample.AKS_SHOP);
        assertThat(last.query()).isEqualTo("api-version=2025-09-01");
        assertThat(last.caller()).contains(Sample.ATTACH_OBJECT);
        assertThat(last.status()).isEqualTo(200);
        assertThat(last.end()).isAfterOrEqualTo(last.start());
        emulator.requests().clear();
        assertThat(emulator.requests().list()).isEmpty();
    }

    @Test
    void neitherSecretsNorTokensAreRecorded() {
        Client attach = Client.attach(emulator);
        attach.get(Sample.AKS_SHOP);
        String record = attach.get("/_emulator/requests").text();

        assertThat(record)
                .contains(Sample.AKS_SHOP)
                .doesNotContain("made-up", attach.token().substring(0, 40));
    }

    @Test
    void aFaultStrikesAsOftenAsItIsTold() {
        Client you = Client.you(emulator);
        int number = emulator.faults()
                .add(Fault.reply("/resourceGroups/", Answer.text(502, "text/html", "<html>Bad Gateway</html>"))
                        .onlyFor("GET")
                        .times(2));

        assertThat(you.put(GROUP, "{'location':'x'}").status()).isEqualTo(201);
        assertThat(you.get(GROUP).text()).isEqualTo("<html>Bad Gateway</html>");
        assertThat(you.get(GROUP).status()).isEqualTo(502);
        assertThat(you.get(GROUP).status()).isEqualTo(200);
        assertThat(emulator.faults().strikes(number)).isEqualTo(2);
    }

    @Test
    void anAnswerCanBeLate() {
        Client you = Client.you(emulator);
        emulator.faults().add(Fault.delay("/resourceGroups", Duration.ofMillis(200)));
        long start = System.nanoTime();

        assertThat(you.get(Sample.PLATFORM).status()).isEqualTo(200);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(190));
    }

    @Test
    void anAnswerCanGetLostBeforeOrAfterTheOperation() {
        Client you = Client.you(emulator);
        emulator.faults().add(Fault.drop("/fresh$").onlyFor("PUT"));
        assertThatThrownBy(() -> you.put(GROUP, "{'location':'x'}")).isInstanceOf(UncheckedIOException.class);
        emulator.faults().clear();
        assertThat(you.get(GROUP).status()).isEqualTo(404);

        emulator.faults().add(Fault.drop("/fresh$").onlyFor("PUT").afterTheOperation());
        assertThatThrownBy(() -> you.put(GROUP, "{'location':'x'}")).isInstanceOf(UncheckedIOException.class);
        assertThat(you.get(GROUP).status()).isEqualTo(200);
        assertThat(emulator.requests().matching(request -> request.status() == 0))
                .isNotEmpty();
    }

    @Test
    void whatIsCarriedOutCanBeAnsweredLate() throws Exception {
        Client you = Client.you(emulator);
        emulator.faults()
                .add(Fault.delay("/fresh$", Duration.ofSeconds(3))
                        .onlyFor("PUT")
                        .afterTheOperation());
        CompletableFuture<Client.Reply> late = CompletableFuture.supplyAsync(() -> you.put(GROUP, "{'location':'x'}"));
        while (you.get(GROUP).status() != 200) {
            TimeUnit.MILLISECONDS.sleep(5);
        }
        assertThat(late).isNotDone();
        assertThat(late.join().status()).isEqualTo(201);
    }

    @Test
    void aFaultCanSpareTheFirst() {
        Client you = Client.you(emulator);
        int number = emulator.faults()
                .add(Fault.reply("/resourceGroups/", Answer.empty(502))
                        .onlyFor("GET", "HEAD")
                        .sparing(1)
                        .times(1));

        assertThat(you.put(GROUP, "{'location':'x'}").status()).isEqualTo(201);
        assertThat(you.get(GROUP).status()).isEqualTo(200);
        assertThat(emulator.faults().strikes(number)).isZero();
        assertThat(you.get(GROUP).status()).isEqualTo(502);
        assertThat(emulator.faults().strikes(number)).isEqualTo(1);
        assertThat(you.get(GROUP).status()).isEqualTo(200);
        assertThat(emulator.faults().strikes(number)).isEqualTo(1);
    }

    @Test
    void allMethodsOfAFaultAreShown() {
        emulator.faults().add(Fault.drop("nowhere").onlyFor("PUT", "DELETE"));
        JsonNode listed = Client.of(emulator).get("/_emulator/faults").json().get(0);
        assertThat(listed.path("method").asText()).isEqualTo("DELETE PUT");
    }

    @Test
    void faultsAreSetAndReadOverHttp() {
        Client anybody = Client.of(emulator);
        Client.Reply made = anybody.post(
                "/_emulator/faults",
                "{'path':'registries','times':1,'status':429,'headers':{'Retry-After':'3'},'body':{'Error':{'Code':'Slow'}}}");
        Client.Reply struck = Client.you(emulator).get(Sample.ACR_SHOP);
        JsonNode listed = anybody.get("/_emulator/faults").json().get(0);

        assertThat(made.status()).isEqualTo(201);
        assertThat(struck.status()).isEqualTo(429);
        assertThat(struck.header("Retry-After")).isEqualTo("3");
        assertThat(struck.json().path("Error").path("Code").asText()).isEqualTo("Slow");
        assertThat(listed.path("strikes").asInt()).isEqualTo(1);
        assertThat(anybody.delete("/_emulator/faults").status()).isEqualTo(204);
        assertThat(anybody.get("/_emulator/faults").json()).isEmpty();
    }

    @Test
    void badControlInputIsRefusedByField() {
        assertControlRefused("{'path':'x','stattus':500}", "stattus: is unknown");
        assertControlRefused("{'status':500}", "path: is required");
        assertControlRefused("{'path':'('}", "path: must be a regular expression");
        assertControlRefused("{'path':'x'}", "status: is required, or drop, or a delay");
        assertControlRefused("{'path':'x','status':99}", "status: must be a whole number from 200 to 599");
        assertControlRefused("{'path':'x','delay':'2s'}", "delay: must be an ISO 8601 duration");
        assertControlRefused("[]", "body: must be a JSON object");
        assertThat(Client.of(emulator).get("/_emulator/else").status()).isEqualTo(404);
    }

    @Test
    void aResetBringsTheLoadedEstateBack() {
        Client you = Client.you(emulator);
        you.put(GROUP, "{'location':'x'}");
        you.delete(Sample.ACR_SHOP);
        emulator.faults().add(Fault.drop("never"));

        assertThat(you.post("/_emulator/reset", "").status()).isEqualTo(204);
        assertThat(you.get(GROUP).status()).isEqualTo(404);
        assertThat(you.get(Sample.ACR_SHOP).status()).isEqualTo(200);
        assertThat(emulator.faults().list()).isEmpty();
        assertThat(you.get("/_emulator/estate").json().path("roleAssignments")).hasSize(10);
        assertThat(you.get("/_emulator/estate").text()).doesNotContain("made-up");
    }

    @Test
    void severalHundredRequestsAreAnsweredAtATime() throws InterruptedException {
        Client attach = Client.attach(emulator);
        HeldBack held = new HeldBack(emulator, request -> request.path().endsWith("/aks-shop"));
        List<CompletableFuture<Integer>> calls = IntStream.range(0, 300)
                .mapToObj(i -> attach.http()
                        .sendAsync(
                                HttpRequest.newBuilder(
                                                attach.uri().resolve(Sample.AKS_SHOP + "?api-version=2025-09-01"))
                                        .header("Authorization", "Bearer " + attach.token())
                                        .build(),
                                HttpResponse.BodyHandlers.discarding())
                        .thenApply(HttpResponse::statusCode))
                .toList();

        assertThat(held.roundTrip(300)).hasSize(300);
        assertThat(calls.stream().map(CompletableFuture::join)).containsOnly(200);
        held.end();
    }

    private void assertControlRefused(String body, String message) {
        Client.Reply reply = Client.of(emulator).post("/_emulator/faults", body);
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().path("error").asText()).startsWith(message);
    }
}
