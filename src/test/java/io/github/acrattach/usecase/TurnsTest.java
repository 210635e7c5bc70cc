package io.github.acrattach.usecase;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class TurnsTest {

    private final Turns turns = new Turns();
    private final CompletableFuture<String> first = new CompletableFuture<>();
    private final CompletableFuture<String> third = new CompletableFuture<>();

    @Test
    void workOfOneNameIsDoneOneAfterTheOther() {
        begin("a", first);
        CompletableFuture<String> second = begin("a", CompletableFuture.completedFuture("second"));
        assertThat(second).isNotDone();
        first.complete("first");
        assertThat(second.join()).isEqualTo("second");
    }

    @Test
    void namesDoNotWaitForEachOther() {
        begin("a", first);
        assertThat(begin("b", CompletableFuture.completedFuture("b")).join()).isEqualTo("b");
    }

    @Test
    void workThatFailsEndsItsTurn() {
        begin("a", first);
        CompletableFuture<String> second = begin("a", CompletableFuture.completedFuture("second"));
        first.completeExceptionally(new IllegalStateException("It failed."));
        assertThat(second.join()).isEqualTo("second");
    }

    @Test
    void whoeverGivesUpWaitingLetsNobodyPass() throws InterruptedException {
        begin("a", first);
        Thread impatient = thread("a", CompletableFuture.completedFuture("never"), new CompletableFuture<>());
        CompletableFuture<String> last = begin("a", third);
        impatient.interrupt();
        impatient.join();
        third.complete("third");
        assertThat(last).isNotDone();
        first.complete("first");
        assertThat(last.join()).isEqualTo("third");
    }

    private CompletableFuture<String> begin(String name, CompletableFuture<String> work) {
        CompletableFuture<String> end = new CompletableFuture<>();
        thread(name, work, end);
        return end;
    }

    /** Begins when those before it have theirs, or wait for it. */
    private Thread thread(String name, CompletableFuture<String> work, CompletableFuture<String> end) {
        Thread thread = new Thread(() -> {
            try {
                end.complete(turns.take(name, work::join));
            } catch (RuntimeException failed) {
                end.completeExceptionally(failed);
            }
        });
        thread.start();
        while (thread.getState() != Thread.State.WAITING && thread.getState() != Thread.State.TERMINATED) {
            Thread.onSpinWait();
        }
        return thread;
    }
}
