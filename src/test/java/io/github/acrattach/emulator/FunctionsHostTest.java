package io.github.acrattach.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.github.acrattach.emulator.host.FunctionApp;
import io.github.acrattach.emulator.host.FunctionAppRefused;
import io.github.acrattach.emulator.host.FunctionsHost;
import io.github.acrattach.emulator.host.Invocation;
import io.github.acrattach.emulator.http.Json;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FunctionsHostTest {
    private static final String HANDLER = "'customHandler':{'description':{'defaultExecutablePath':'handler'}}";
    private static final String BUNDLE =
            "'extensionBundle':{'id':'Microsoft.Azure.Functions.ExtensionBundle','version':'[4.*, 5.0.0)'}";
    private static final String HOST = "{'version':'2.0'," + HANDLER + "," + BUNDLE + "}";

    @TempDir
    Path folder;

    private Receiver handler;

    @BeforeEach
    void start() throws IOException {
        handler = new Receiver(request -> Receiver.Answered.json("{\"Outputs\":{},\"Logs\":[\"done\"]}"));
        write("host.json", HOST);
        function("OnEvent", "{'type':'eventGridTrigger','direction':'in','name':'event'}");
        function("OnEvents", "{'type':'eventGridTrigger','direction':'in','name':'events','cardinality':'many'}");
        function("OnMessage", "{'type':'queueTrigger','direction':'in','name':'item','queueName':'q'}");
        function("OnTime", "{'type':'timerTrigger','direction':'in','name':'timer','schedule':'0 0 * * * *'}");
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
    void aQueueMessageIsQuotedTwice() {
        host().invoke("OnMessage", "hello", 3);
        JsonNode body = handler.received().get(0).body();

        assertThat(body.path("Data").path("item")).isEqualTo(TextNode.valueOf("\"hello\""));
        assertThat(body.path("Metadata").path("DequeueCount").asInt()).isEqualTo(3);
        assertThat(body.path("Metadata").has("InsertionTime")).isTrue();
    }

    @Test
    void aTimerTellsItsSchedule() {
        host().invoke("OnTime", Json.object().put("IsPastDue", true));
        JsonNode timer = handler.received().get(0).body().path("Data").path("timer");

        assertThat(timer.path("IsPastDue").asBoolean()).isTrue();
        assertThat(timer.path("ScheduleStatus").has("Next")).isTrue();
    }

    @Test
    void answersAreJudgedAsTheHostJudgesThem() {
        assertThat(verdict(new Receiver.Answered(500, "application/json", "{}")))
                .isEqualTo(Invocation.Verdict.FAILED);
        assertThat(verdict(new Receiver.Answered(200, "application/json", "")))
                .isEqualTo(Invocation.Verdict.NEVER_COMPLETES);
        assertThat(verdict(Receiver.Answered.json("null"))).isEqualTo(Invocation.Verdict.NEVER_COMPLETES);
        assertThat(verdict(new Receiver.Answered(200, "text/plain", "{}")))
                .isEqualTo(Invocation.Verdict.NEVER_COMPLETES);
        assertThat(verdict(Receiver.Answered.json("{"))).isEqualTo(Invocation.Verdict.FAILED);
        assertThat(verdict(new Receiver.Answered(201, "application/json; charset=utf-8", "{}")))
                .isEqualTo(Invocation.Verdict.SUCCEEDED);
        handler.close();
        assertThat(host().invoke("OnEvent", event()).reason()).startsWith("The handler did not answer");
    }

    @Test
    void anAppThatTheHostWouldNotLoadIsRefused() throws IOException {
        assertRefused("{'version':'2.0'," + BUNDLE + "}", "host.json has no customHandler section");
        assertRefused("{'version':'2.0'," + HANDLER + "}", "host.json has no extensionBundle section");
        assertRefused("{" + HANDLER + "," + BUNDLE + "}", "The version in host.json must be \"2.0\"");
        assertRefused("{'version':'2.0','customHandler':{}," + BUNDLE + "}", "defaultExecutablePath");
        assertRefused(
                "{'version':'2.0','customHandler':{'description':{'defaultExecutablePath':'x'},'http':{'routes':[]}},"
                        + BUNDLE + "}",
                "customHandler.http.routes cannot be used beside function.json files");
        assertRefused("{", "is not a JSON object");
        write("host.json", HOST);
        function("Odd", "{'type':'moonTrigger','direction':'in','name':'moon'}");
        assertThatThrownBy(this::app).isInstanceOf(FunctionAppRefused.class).hasMessageContaining("moonTrigger");
        Files.delete(folder.resolve("host.json"));
        assertThatThrownBy(this::app).hasMessageStartingWith("There is no host.json at ");
    }

    @Test
    void aHandlerIsStartedToldItsPortAndStopped() throws Exception {
        Path source = folder.resolve("Handler.java");
        Files.writeString(source, """
                import com.sun.net.httpserver.HttpServer;
                import java.net.InetSocketAddress;

                class Handler {
                    public static void main(String[] args) throws Exception {
                        int port = Integer.parseInt(System.getenv("FUNCTIONS_CUSTOMHANDLER_PORT"));
                        HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", port), 0);
                        server.createContext("/", exchange -> {
                            byte[] body = ("{\\"ReturnValue\\":\\"" + System.getenv("GREETING") + "\\"}").getBytes();
                            exchange.getResponseHeaders().set("Content-Type", "application/json");
                            exchange.sendResponseHeaders(200, body.length);
                            exchange.getResponseBody().write(body);
                            exchange.close();
                        });
                        server.start();
                        System.out.println("root " + System.getenv("FUNCTIONS_APP_ROOT_PATH"));
                    }
                }
                """);
        List<String> output = new CopyOnWriteArrayList<>();
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        URI uri;
        try (FunctionsHost host = FunctionsHost.start(
                app(), List.of(java, source.toString()), Map.of("GREETING", "hello"), output::add)) {
            uri = host.handler();
            assertThat(host.invoke("OnEvent", event()).body()).isEqualTo("{\"ReturnValue\":\"hello\"}");
        }

        assertThat(output).contains("root " + folder.toAbsolutePath());
        assertThat(FunctionsHost.at(app(), uri).invoke("OnEvent", event()).succeeded())
                .isFalse();
    }

    @Test
    void aHandlerThatEndsAtOnceIsReported() {
        assertThatThrownBy(() -> FunctionsHost.start(app(), List.of("sh", "-c", "exit 3"), Map.of(), line -> {}))
                .hasMessageContaining("ended with exit code 3");
    }

    private Invocation.Verdict verdict(Receiver.Answered answer) {
        handler.behave(request -> answer);
        return host().invoke("OnEvent", event()).verdict();
    }

    private void assertRefused(String hostJson, String message) throws IOException {
        write("host.json", hostJson);
        assertThatThrownBy(this::app).isInstanceOf(FunctionAppRefused.class).hasMessageContaining(message);
    }

    private FunctionsHost host() {
        return FunctionsHost.at(app(), handler.uri());
    }

    private FunctionApp app() {
        return FunctionApp.read(folder);
    }

    private static JsonNode event() {
        return Json.object().put("id", "1").set("data", Json.object().put("status", "Succeeded"));
    }

    private static JsonNode parsed(JsonNode text) {
        return Json.parse(text.textValue().getBytes(StandardCharsets.UTF_8)).orElseThrow();
    }

    private void function(String name, String trigger) throws IOException {
        Files.createDirectories(folder.resolve(name));
        write(name + "/function.json", "{'bindings':[" + trigger + "]}");
    }

    private void write(String file, String json) throws IOException {
        Files.writeString(folder.resolve(file), json.replace('\'', '"'));
    }
}
