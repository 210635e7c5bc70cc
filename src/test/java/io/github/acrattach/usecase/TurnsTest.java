package io.github.acrattach.usecase;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.mutiny.Uni;
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
        assertThat(second).isCompletedWithValue("second");
    }

    @Test
    void namesDoNotWaitForEachOther() {
        begin("a", first);
        assertThat(begin("b", CompletableFuture.completedFuture("b"))).isCompletedWithValue("b");
    }

    @Test
    void workThatFailsEndsItsTurn() {
        begin("a", first);
        CompletableFuture<String> second = begin("a", CompletableFuture.completedFuture("second"));
        first.completeExceptionally(new IllegalStateException("It failed."));
        assertThat(second).isCompletedWithValue("second");
    }

    @Test
    void whoeverGivesUpWaitingLetsNobodyPass() {
        begin("a", first);
        begin("a", new CompletableFuture<>()).cancel(true);
        CompletableFuture<String> last = begin("a", third);
        third.complete("third");
        assertThat(last).isNotDone();
        first.complete("first");
        assertThat(last).isCompletedWithValue("third");
    }

    private CompletableFuture<String> begin(String name, CompletableFuture<String> work) {
        return turns.take(name, () -> Uni.createFrom().completionStage(() -> work.copy()))
                .subscribeAsCompletionStage();
    }
}
