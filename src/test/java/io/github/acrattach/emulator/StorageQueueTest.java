package io.github.acrattach.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.acrattach.emulator.host.FunctionsHost;
import io.github.acrattach.emulator.host.StorageQueue;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
                .function("OnMessage", "{'type':'queueTrigger','direction':'in','name':'item','queueName':'q'}");
        return FunctionsHost.at(app.read(), handler.uri()).queue("OnMessage", () -> now);
    }
}
