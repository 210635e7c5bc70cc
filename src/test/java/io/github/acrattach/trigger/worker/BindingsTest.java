package io.github.acrattach.trigger.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.azure.functions.annotation.EventGridTrigger;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.HttpTrigger;
import com.microsoft.azure.functions.annotation.QueueTrigger;
import com.microsoft.azure.functions.annotation.TimerTrigger;
import io.github.acrattach.usecase.RotatePullSecrets;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The custom handler and the Java worker have the same functions with the same triggers, and their hosts the same
 * settings.
 */
class BindingsTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path FUNCTIONS = Path.of("src", "main", "functions");

    @Test
    void functionsAndTriggersAreTheSame() throws IOException {
        assertThat(ofWorker()).isNotEmpty().isEqualTo(ofHandler());
    }

    /** What the lifetimes of passwords are measured by. */
    @Test
    void timerComesAsOftenAsRenewalsCountOn() throws IOException {
        String[] schedule =
                ofHandler().get("RotatePullSecrets").path("schedule").asText().split(" ");
        assertThat(schedule).hasSize(6);
        assertThat(String.join(" ", schedule[0], schedule[1])).matches("[0-9]+ [0-9]+");
        assertThat(Arrays.copyOfRange(schedule, 2, 6)).as("every hour").containsOnly("*");
        assertThat(RotatePullSecrets.PERIOD).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void hostsDifferInTheCustomHandlerAlone() throws IOException {
        ObjectNode handler = (ObjectNode) JSON.readTree(Path.of("host.json").toFile());
        assertThat(handler.remove("customHandler")).isNotNull();
        assertThat(JSON.readTree(
                        Path.of("src", "main", "java-worker", "host.json").toFile()))
                .isEqualTo(handler);
    }

    /** No line is sampled away, and no URL is stored, which can hold a function key. */
    @Test
    void hostStoresEachLineAndNoUrl() throws IOException {
        JsonNode stored =
                JSON.readTree(Path.of("host.json").toFile()).path("logging").path("applicationInsights");
        assertThat(stored.path("enableDependencyTracking").asText()).isEqualTo("false");
        assertThat(stored.path("samplingSettings").path("excludedTypes").asText())
                .isEqualTo("Trace;Exception");
    }

    @Test
    void eventsComeByQueueToo() throws IOException {
        assertThat(ofHandler()).hasEntrySatisfying("ResourceChangeQueued", trigger -> {
            assertThat(trigger.path("type").asText()).isEqualTo("queueTrigger");
            assertThat(trigger.path("queueName").asText()).isEqualTo("acr-attach-events");
            assertThat(trigger.path("connection").asText()).isEqualTo("AzureWebJobsStorage");
        });
    }

    /** What waits is waited for, some twenty minutes; what is new is seen within seconds. */
    @Test
    void queueGivesAClusterTheTimeThatItsCreationTakes() throws IOException {
        JsonNode queues =
                JSON.readTree(Path.of("host.json").toFile()).path("extensions").path("queues");
        assertThat(queues.path("visibilityTimeout").asText()).isEqualTo("00:01:00");
        assertThat(queues.path("maxDequeueCount").asInt()).isEqualTo(20);
        assertThat(queues.path("maxPollingInterval").asText()).isEqualTo("00:00:02");
        assertThat(queues.path("batchSize").asInt()
                        + queues.path("newBatchThreshold").asInt())
                .as("side by side, so that ARM's bucket of reads lasts")
                .isEqualTo(24);
    }

    private static Map<String, JsonNode> ofHandler() throws IOException {
        Map<String, JsonNode> triggers = new TreeMap<>();
        try (Stream<Path> folders = Files.list(FUNCTIONS)) {
            for (Path folder : folders.toList()) {
                JsonNode function =
                        JSON.readTree(folder.resolve("function.json").toFile());
                triggers.put(
                        folder.getFileName().toString(),
                        function.path("bindings").path(0));
            }
        }
        return triggers;
    }

    private static Map<String, JsonNode> ofWorker() {
        Map<String, JsonNode> triggers = new TreeMap<>();
        Arrays.stream(WorkerFunctions.class.getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(FunctionName.class))
                .forEach(method ->
                        triggers.put(method.getAnnotation(FunctionName.class).value(), trigger(method)));
        return triggers;
    }

    private static JsonNode trigger(Method method) {
        ObjectNode json = JSON.createObjectNode();
        EventGridTrigger event = method.getParameters()[0].getAnnotation(EventGridTrigger.class);
        if (event != null) {
            return json.put("type", "eventGridTrigger").put("direction", "in").put("name", event.name());
        }
        QueueTrigger queue = method.getParameters()[0].getAnnotation(QueueTrigger.class);
        if (queue != null) {
            return json.put("type", "queueTrigger")
                    .put("direction", "in")
                    .put("name", queue.name())
                    .put("queueName", queue.queueName())
                    .put("connection", queue.connection());
        }
        TimerTrigger timer = method.getParameters()[0].getAnnotation(TimerTrigger.class);
        if (timer != null) {
            return json.put("type", "timerTrigger")
                    .put("direction", "in")
                    .put("name", timer.name())
                    .put("schedule", timer.schedule());
        }
        HttpTrigger http = method.getParameters()[0].getAnnotation(HttpTrigger.class);
        json.put("type", "httpTrigger")
                .put("direction", "in")
                .put("name", http.name())
                .put("authLevel", http.authLevel().name().toLowerCase(Locale.ROOT));
        Arrays.stream(http.methods())
                .forEach(allowed -> json.withArray("methods").add(allowed.name().toLowerCase(Locale.ROOT)));
        return json.put("route", http.route());
    }
}
