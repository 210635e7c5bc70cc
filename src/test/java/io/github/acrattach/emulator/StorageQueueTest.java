package io.github.acrattach.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.acrattach.emulator.host.FunctionAppRefused;
import io.github.acrattach.emulator.host.FunctionsHost;
import io.github.acrattach.emulator.host.QueueMessage;
import io.github.acrattach.emulator.host.StorageQueue;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StorageQueueTest {
    private static final Receiver.Answered DONE = Receiver.Answered.json("{}");
    private static final Receiver.Answered FAILED = Receiver.Answered.status(500);

    @TempDir
    Path folder;

    private Instant now = Instant.now();
    private Receiver handler;

    @BeforeEach
    void start() throws IOException {
        handler = new Receiver(request -> DONE);
    }

    @AfterEach
    void stop() {
        handler.close();
    }

    @Test
    void messageThatIsProcessedIsGone() {
        StorageQueue queue = queue("'version':'2.0'");
        queue.send("hello");
        assertThat(queue.pump()).hasSize(1);
        assertThat(queue.pump()).isEmpty();
        assertThat(queue.messages()).isEmpty();
        assertThat(queue.poison()).isEmpty();
    }

    @Test
    void messageThatFailedComesBackAfterTheVisibilityTimeout() {
        StorageQueue queue = queue("'version':'2.0','extensions':{'queues':{'visibilityTimeout':'00:01:00'}}");
        queue.send("hello");
        handler.behave(request -> FAILED);
        queue.pump();
        now = now.plusSeconds(59);
        assertThat(queue.pump()).isEmpty();
        now = now.plusSeconds(1);
        handler.behave(request -> DONE);
        assertThat(queue.pump()).hasSize(1);
        assertThat(dequeueCount(1)).isEqualTo("2");
        assertThat(queue.messages()).isEmpty();
    }

    @Test
    void messageThatFailsTooOftenIsPoison() {
        StorageQueue queue = queue("'version':'2.0'");
        queue.send("hello");
        handler.behave(request -> FAILED);
        for (int tries = 1; tries < 5; tries++) {
            queue.pump();
            assertThat(queue.messages()).containsExactly("hello");
        }
        queue.pump();
        assertThat(queue.messages()).isEmpty();
        assertThat(queue.poison()).containsExactly("hello");
        assertThat(dequeueCount(4)).isEqualTo("5");
    }

    @Test
    void messageIsReleasedWhenTheFunctionTimesOut() {
        StorageQueue queue = queue("'version':'2.0','functionTimeout':'00:00:00'");
        queue.send("hello");
        handler.behave(request -> Receiver.Answered.json("null"));
        assertThat(queue.pump().get(0).reason()).contains("timeout");
        assertThat(queue.messages()).containsExactly("hello");
    }

    @Test
    void messageThatIsNotBase64IsPoisonUnasked() {
        StorageQueue queue = queue("'version':'2.0'");
        queue.put("{}");
        assertThat(queue.pump()).isEmpty();
        assertThat(queue.messages()).isEmpty();
        assertThat(queue.poison()).containsExactly("{}");
    }

    @Test
    void messageThatIsNotUtf8ComesAsBase64() {
        StorageQueue queue = queue("'version':'2.0'");
        queue.put("/w==");
        queue.pump();
        assertThat(handler.received().get(0).body().path("Data").path("item").textValue())
                .isEqualTo("\"/w==\"");
    }

    @Test
    void messageOfAHostThatDiedSleepsTenMinutes() {
        StorageQueue queue = queue("'version':'2.0','extensions':{'queues':{'maxDequeueCount':1}}");
        queue.send("hello");
        assertThat(queue.receive("que", 1, Duration.ofMinutes(10))).hasSize(1);
        now = now.plusSeconds(599);
        assertThat(queue.pump()).isEmpty();
        assertThat(queue.poison()).isEmpty();
        now = now.plusSeconds(1);
        assertThat(queue.pump()).as("tried too often, though nobody failed it").isEmpty();
        assertThat(queue.poison()).containsExactly("hello");
    }

    @Test
    void messageIsReleasedAndDeletedByWhoeverHadItLast() {
        StorageQueue queue = queue("'version':'2.0'");
        queue.send("hello");
        QueueMessage first = queue.receive("que", 1, Duration.ZERO).get(0);
        QueueMessage second = queue.receive("que", 1, Duration.ZERO).get(0);
        queue.delete("que", first);
        assertThat(queue.messages()).containsExactly("hello");
        queue.delete("que", second);
        assertThat(queue.messages()).isEmpty();
    }

    @Test
    void batchIsOfTheSizeThatHostJsonSays() {
        StorageQueue queue = queue("'version':'2.0','extensions':{'queues':{'batchSize':2}}");
        List.of("a", "b", "c").forEach(queue::send);
        assertThat(queue.pump()).hasSize(2);
        assertThat(queue.pump()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"'batchSize':0", "'batchSize':33", "'maxDequeueCount':0", "'visibilityTimeout':'60'"})
    void rulesThatTheHostRefusesAreRefused(String rule) {
        assertThatThrownBy(() -> queue("'version':'2.0','extensions':{'queues':{" + rule + "}}"))
                .isInstanceOf(FunctionAppRefused.class)
                .hasMessageContaining("host.json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "'queueName':'q'", "'queueName':'Events'", "'queueName':'a--b'", "'queueName':'-ab'"})
    void queueThatCannotBeThereIsRefused(String name) {
        SmallApp app = new SmallApp(folder)
                .function(
                        "OnMessage",
                        "{'type':'queueTrigger','direction':'in','name':'item'" + (name.isEmpty() ? "" : ",") + name
                                + "}");
        assertThatThrownBy(app::read)
                .isInstanceOf(FunctionAppRefused.class)
                .hasMessageContaining("OnMessage")
                .hasMessageContaining("queueName");
    }

    private String dequeueCount(int call) {
        return handler.received()
                .get(call)
                .body()
                .path("Metadata")
                .path("DequeueCount")
                .textValue();
    }

    private StorageQueue queue(String hostJson) {
        SmallApp app = new SmallApp(folder)
                .says(hostJson)
                .function("OnMessage", "{'type':'queueTrigger','direction':'in','name':'item','queueName':'que'}");
        return FunctionsHost.at(app.read(), handler.uri()).queue("OnMessage", () -> now);
    }
}
