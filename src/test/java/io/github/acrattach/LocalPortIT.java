package io.github.acrattach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.acrattach.emulator.Emulator;
import io.github.acrattach.emulator.EmulatorOptions;
import io.github.acrattach.emulator.estate.Estate;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Who may call the port of the program, and what it takes there: on a laptop, where web pages in a browser reach it too,
 * and in Azure, where it has the heap of the executable.
 */
class LocalPortIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String JSON_TYPE = "Content-Type: application/json";
    private static final int MEGABYTE = 1_000_000;

    /** Enough for a few outcomes, far from one for each event of a large batch. */
    private static final int SHORT = 10_000;

    private static Emulator emulator;
    private static PackagedProgram laptop;
    private static PackagedProgram azure;

    @BeforeAll
    static void start() {
        emulator = Emulator.start(EmulatorOptions.of(Estate.sample()));
        Map<String, String> settings = new HashMap<>(PackagedProgram.BY_TEAM);
        settings.put("ACR_ATTACH_LOG_FORMAT", "text");
        laptop = PackagedProgram.start(emulator, settings);
        settings.remove("ACR_ATTACH_LOG_FORMAT");
        settings.put("WEBSITE_HOSTNAME", "shop.azurewebsites.net");
        // The executable has that built in.
        settings.put("JAVA_TOOL_OPTIONS", "-Xmx160m");
        azure = PackagedProgram.start(emulator, settings);
    }

    @AfterAll
    static void stop() {
        azure.close();
        laptop.close();
        emulator.close();
    }

    @AfterEach
    void nothingWasADefect() {
        for (PackagedProgram program : List.of(laptop, azure)) {
            assertThat(program.output())
                    .noneMatch(
                            line -> line.contains("\tat ") || line.contains("exception\":") || line.contains("defect"))
                    .filteredOn(line -> !line.isEmpty())
                    .allSatisfy(HostileText::assertPrintable);
        }
    }

    @Test
    void programListensOnThisMachineAlone() {
        int port = laptop.host().handler().getPort();
        assertThatThrownBy(() -> new Socket("127.0.0.2", port).close()).isInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Content-Type: text/plain",
                "Content-Type: text/plain; application/json",
                "Content-Type: application/x-www-form-urlencoded",
                "Content-Type: multipart/form-data; boundary=x",
                "Content-Type: application/jsonp",
                "Content-Type: application/json\r\nContent-Type: text/plain"
            })
    void whatAWebPageMaySendUnaskedIsNoCall(String type) throws IOException {
        for (String path : List.of(
                "/ResourceChanged",
                "/ResourceChangeQueued",
                "/RotatePullSecrets",
                "/api/attach",
                "/api/detach",
                "/api/rotate",
                "/api/reconcile")) {
            Answer answer = post(laptop, path, type, "{}");
            assertThat(answer.status()).as(path).isEqualTo(415);
            assertThat(answer.json().path("field").asText()).isEqualTo("Content-Type");
            assertThat(answer.json().path("detail").asText()).contains("application/json");
        }
    }

    @Test
    void browserIsToldNothingThatLetsItSendMore() throws IOException {
        Answer preflight = send(
                laptop,
                "OPTIONS /api/rotate HTTP/1.1\r\nHost: localhost\r\nOrigin: http://evil.example\r\n"
                        + "Access-Control-Request-Method: POST\r\nAccess-Control-Request-Headers: content-type\r\n",
                "");
        assertThat(preflight.status()).isEqualTo(405);
        assertThat(preflight.text().toLowerCase(Locale.ROOT)).doesNotContain("access-control-allow");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Origin: http://evil.example",
                "Origin: null",
                "Origin: http://localhost:8080",
                "Sec-Fetch-Site: cross-site",
                "Sec-Fetch-Site: same-site"
            })
    void browserIsNoFunctionsHost(String header) throws IOException {
        for (PackagedProgram program : List.of(laptop, azure)) {
            for (String path : List.of("/ResourceChanged", "/RotatePullSecrets")) {
                Answer answer = post(program, path, JSON_TYPE + "\r\n" + header, "{\"Data\":{}}");
                assertThat(answer.status()).isEqualTo(403);
                assertThat(answer.json().path("field").asText()).isEqualTo(header.replaceAll(":.*", ""));
                assertThat(answer.json().path("detail").asText()).contains("browser");
            }
        }
    }

    @Test
    void portalMayCallThroughTheHost() throws IOException {
        Answer answer = post(azure, "/api/reconcile", JSON_TYPE + "\r\nOrigin: https://portal.azure.com", "{}");
        assertThat(answer.status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/rotate", "/api/reconcile", "/api/attach", "/api/detach"})
    void allIsMeantOnlyWhereItIsSaid(String path) throws IOException {
        for (String body : List.of("", "null")) {
            assertThat(post(laptop, path, JSON_TYPE, body).status()).as(body).isEqualTo(400);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "localhost, true",
        "LocalHost:8080, true",
        "127.0.0.1:1, true",
        "[::1]:8080, true",
        "evil.example, false",
        "evil.example:8080, false",
        "localhost.evil.example, false",
        "127.0.0.1.evil.example, false",
        "localhost@evil.example, false",
        "0.0.0.0:8080, false",
        "'', false"
    })
    void nameThatAStrangerMadeLeadHereIsNotServed(String host, boolean served) throws IOException {
        Map<String, Integer> whenServed = Map.of("/api/attach", 405, "/ResourceChanged", 405, "/", 404);
        for (Map.Entry<String, Integer> expected : whenServed.entrySet()) {
            Answer answer = send(laptop, "GET " + expected.getKey() + " HTTP/1.1\r\nHost: " + host + "\r\n", "");
            if (served) {
                assertThat(answer.status()).as(answer.text()).isEqualTo(expected.getValue());
            } else {
                assertThat(answer.status()).as(answer.text()).isIn(421, /* no name at all */ 400);
            }
        }
    }

    @Test
    void callWithTwoNamesOrNoneIsNotServed() throws IOException {
        for (String names : List.of("", "Host: localhost\r\nHost: evil.example\r\n")) {
            Answer answer = send(laptop, "GET /api/access HTTP/1.1\r\n" + names, "");
            assertThat(answer.status()).as(answer.text()).isIn(421, /* RFC 9112, section 3.2 */ 400);
            assertThat(answer.text())
                    .as("what is asked of those who are served")
                    .doesNotContain("\"cluster\"");
        }
    }

    @Test
    void hostPassesOnTheNameThatPeopleCalled() throws IOException {
        for (String name : List.of("shop.azurewebsites.net", "attach.shop.example")) {
            assertThat(send(azure, "GET /api/access HTTP/1.1\r\nHost: " + name + "\r\n", "")
                            .status())
                    .as("its parameters are missing")
                    .isEqualTo(400);
            assertThat(send(
                                    azure,
                                    "POST /ResourceChanged HTTP/1.1\r\nHost: " + name + "\r\n" + JSON_TYPE + "\r\n",
                                    "{}")
                            .status())
                    .isEqualTo(421);
            assertThat(send(azure, "GET /API/Nothing HTTP/1.1\r\nHost: " + name + "\r\n", "")
                            .status())
                    .isEqualTo(404);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"Data\":{},\"Data\":{\"event\":{}}}|twice",
                "{\"Data\":{\"event\":{\"subject\":\"a\",\"subject\":\"b\"}}}|twice",
                "{\"Data\":{},\"Metadata\":{\"a\":1,\"a\":2}}|twice",
                "{\"Data\":{}} {}|JSON",
                "{\"Data\":NaN}|JSON",
                "{\"Data\":{\"event\":01}}|JSON",
                "'{\"Data\":\"'|JSON"
            })
    void bodyWithTwoMeaningsOrNoneIsRefused(String body, String told) throws IOException {
        for (String path : List.of("/ResourceChanged", "/RotatePullSecrets")) {
            Answer answer = post(laptop, path, JSON_TYPE, body);
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.json().path("detail").asText()).contains(told);
        }
    }

    @Test
    void bytesThatAreNoTextAreRefused() throws IOException {
        for (String body : List.of("{\"Data\":\"\u00ff\u00fe\"}", "\u0000\u0000\u0000{\u00ff\u00ff\u00ff\u00ff")) {
            assertThat(post(laptop, "/ResourceChanged", JSON_TYPE, body).status())
                    .isEqualTo(400);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u00ef\u00bb\u00bf{\"Data\":{\"event\":{}}}",
                "{\"Data\":{\"event\":{\"eventType\":\"\\ud800\",\"id\":1e999999999}}}",
                "{\"Data\":{\"event\":{\"eventType\":\"\\u001b[2J\\u202e\",\"id\":\"\\u009b2J\"}},\"Metadata\":7}",
                "{\"Data\":{\"event\":\"{\\\"id\\\":1,\\\"id\\\":2}\"},\"Metadata\":[null]}",
                "{\"Data\":{\"event\":\"\\ufeff[\"}}"
            })
    void oddEventIsIgnoredForAReason(String body) throws IOException {
        assertIgnored(post(laptop, "/ResourceChanged", JSON_TYPE, body));
    }

    /** As the host passes calls on: paths as they came, what is given twice joined, no type where there is no body. */
    @Test
    void callIsUnderstoodAsTheHostPassesItOn() throws IOException {
        String head = " HTTP/1.1\r\nHost: localhost\r\n";
        Answer answer = send(laptop, "GET /API/Access?cluster=a,b&registry=c" + head, "");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("detail").asText()).contains("cluster is given more than once");
        for (String path : List.of("attach", "detach", "rotate", "reconcile")) {
            answer = send(laptop, "POST /Api/" + path + "/" + head, "");
            assertThat(answer.status()).as(path).isEqualTo(400);
            assertThat(answer.json().path("detail").asText()).startsWith("The body is a JSON object: ");
        }
    }

    @Test
    void whatOthersSaySteersNoTerminal() throws IOException {
        for (PackagedProgram program : List.of(laptop, azure)) {
            String id = UUID.randomUUID().toString();
            Answer answer = post(
                    program,
                    "/api/reconcile",
                    JSON_TYPE + "\r\nX-Azure-Functions-InvocationId: written-by-a-caller\u009b2J, " + id,
                    "{}");
            assertThat(answer.status()).as(answer.text()).isEqualTo(200);
            program.awaitLine(id);
            assertThat(program.output()).noneMatch(line -> line.contains("written-by-a-caller"));
            answer = post(program, "/api/attach", JSON_TYPE, "{\"\\u001b[2J\\u202ecluster\":1}");
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.json().path("field").asText()).isEqualTo("??2J?cluster");
        }
    }

    @Test
    void hugeEventsCostLittle() throws IOException {
        for (String event : List.of(
                "[" + "[],".repeat(MEGABYTE / 3) + "[]]",
                "[" + "{},".repeat(MEGABYTE / 3) + "{}]",
                "[" + "{},".repeat(4_000) + "{}]",
                "[" + different(4_000) + "]",
                "[" + "[],".repeat(4 * MEGABYTE / 3 - 100) + "[]]",
                "[" + (written("aks-gone") + ",").repeat(9_999) + written("aks-gone") + "]",
                "[".repeat(MEGABYTE / 2) + "]".repeat(MEGABYTE / 2),
                "{\"eventType\":\"" + "x".repeat(MEGABYTE) + "\"}",
                "{\"id\":" + "9".repeat(MEGABYTE) + "}",
                JSON.writeValueAsString("[" + "[],".repeat(MEGABYTE / 3) + "[]]"),
                JSON.writeValueAsString("[".repeat(MEGABYTE / 2)))) {
            int lines = azure.output().size();
            Answer answer = post(azure, "/ResourceChanged", JSON_TYPE, "{\"Data\":{\"event\":" + event + "}}");
            assertIgnored(answer);
            assertThat(azure.output().size() - lines).as("lines in the log").isLessThan(20);
        }
        assertThat(azure.host().exitCodes()).isEmpty();
    }

    @Test
    void whatIsIgnoredInALargeBatchIsSummedUp() throws IOException {
        String batch = "[" + different(100) + "," + written("aks-shop") + "]";
        JsonNode returned = post(laptop, "/ResourceChanged", JSON_TYPE, "{\"Data\":{\"event\":" + batch + "}}")
                .json()
                .path("ReturnValue");
        List<String> reasons = returned.findValuesAsText("reason");
        assertThat(reasons).hasSize(11).first().asString().contains("Kind");
        assertThat(reasons).last().isEqualTo("There is nothing to do for 90 more of these events either.");
        assertThat(returned.path(10).path("outcome").asText()).endsWith("Granted");
    }

    @Test
    void samePairInABatchIsHandledOnce() throws IOException {
        String batch = "[" + (written("aks-shop") + ",").repeat(99) + written("aks-shop") + "]";
        emulator.reset();
        Answer answer = post(azure, "/ResourceChanged", JSON_TYPE, "{\"Data\":{\"event\":" + batch + "}}");
        assertThat(answer.json().path("ReturnValue").findValuesAsText("outcome"))
                .containsExactly("Granted");
    }

    private static String written(String cluster) {
        return "{\"eventType\":\"Microsoft.Resources.ResourceWriteSuccess\",\"subject\":\"" + Estates.cluster(cluster)
                + "\"}";
    }

    private static String different(int events) {
        StringBuilder batch = new StringBuilder();
        for (int i = 0; i < events; i++) {
            batch.append(i == 0 ? "" : ",").append("{\"eventType\":\"Kind" + i + "\"}");
        }
        return batch.toString();
    }

    private static void assertIgnored(Answer answer) throws IOException {
        assertThat(answer.status()).as(answer.beginning()).isEqualTo(200);
        assertThat(answer.text().length()).as("characters of the answer").isLessThan(SHORT);
        assertThat(answer.json().path("ReturnValue").findValuesAsText("outcome"))
                .isNotEmpty()
                .containsOnly("Ignored");
        assertThat(answer.json().path("ReturnValue").findValuesAsText("reason"))
                .allMatch(reason -> reason.endsWith("."));
    }

    private static Answer post(PackagedProgram program, String path, String headers, String body) throws IOException {
        return send(
                program,
                "POST " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n" + headers + (headers.isEmpty() ? "" : "\r\n"),
                body);
    }

    /** Byte by byte what it says: clients would set a host and a type of their own. Characters are bytes. */
    private static Answer send(PackagedProgram program, String head, String body) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", program.host().handler().getPort())) {
            ByteArrayOutputStream request = new ByteArrayOutputStream();
            request.write((head + "Connection: close\r\nContent-Length: " + body.length() + "\r\n\r\n")
                    .getBytes(StandardCharsets.ISO_8859_1));
            request.write(body.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().write(request.toByteArray());
            return new Answer(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    /** What came back, with its head. */
    private record Answer(String text) {

        int status() {
            return Integer.parseInt(text.split(" ", 3)[1]);
        }

        JsonNode json() throws JsonProcessingException {
            return JSON.readTree(text.substring(text.indexOf("\r\n\r\n")));
        }

        String beginning() {
            return text.substring(0, Math.min(text.length(), 2_000));
        }
    }
}
