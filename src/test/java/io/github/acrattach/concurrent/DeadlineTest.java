package io.github.acrattach.concurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class DeadlineTest {

    private static final Duration SHORT = Duration.ofMillis(10);
    private static final Duration LONG = Duration.ofMinutes(5);

    private final AtomicBoolean interrupted = new AtomicBoolean();

    @AfterEach
    void noInterruptIsLeftBehind() {
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void workThatEndsInTimeHasItsResult() {
        assertThat(Deadline.in(LONG).limit(() -> "done")).contains("done");
    }

    @Test
    void workThatFailsInTimeFailsAsItDoes() {
        IllegalStateException failure = new IllegalStateException("It failed.");
        assertThatThrownBy(() -> Deadline.in(LONG).limit(() -> {
                    throw failure;
                }))
                .isSameAs(failure);
    }

    @Test
    void workThatBlocksIsInterruptedAtTheEnd() {
        assertThat(limitedSoon(this::hang)).isEmpty();
        assertThat(interrupted).isTrue();
    }

    @Test
    void whatGoesSideBySideIsInterruptedWithIt() throws InterruptedException {
        for (Duration time = SHORT; ; time = time.multipliedBy(2)) {
            CountDownLatch begun = new CountDownLatch(2);
            CountDownLatch ended = new CountDownLatch(2);
            Supplier<String> work = () -> {
                begun.countDown();
                try {
                    return hang();
                } finally {
                    ended.countDown();
                }
            };
            assertThat(Deadline.in(time).limit(() -> SideBySide.both(work, work, String::concat)))
                    .isEmpty();
            if (begun.getCount() == 0) {
                ended.await();
                return;
            }
        }
    }

    @Test
    void resultThatComesInSpiteOfTheInterruptCounts() {
        assertThat(limitedSoon(() -> {
                    catchThrowable(this::hang);
                    return "done";
                }))
                .contains("done");
    }

    @Test
    void workIsNotBegunWhenTheTimeIsOver() {
        Deadline over = Deadline.in(Duration.ZERO);
        assertThat(over.limit(this::hang)).isEmpty();
        assertThat(interrupted).isFalse();
        assertThat(over.allows(Duration.ZERO)).isFalse();
        assertThat(over.left()).isLessThanOrEqualTo(Duration.ZERO);
    }

    @Test
    void workThatEndedInTimeLeavesNoAlarmBehind() {
        Duration time = SHORT;
        while (Deadline.in(time).limit(() -> "done").isEmpty()) {
            time = time.multipliedBy(2);
        }
        Deadline later = Deadline.in(time);
        CompletableFuture.runAsync(() -> later.limit(this::hang)).join();
        assertThat(later.allows(Duration.ZERO))
                .as("the earlier one is over too")
                .isFalse();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void outerWorkGoesOnWhenTheTimeOfTheInnerIsOver() {
        assertThat(Deadline.in(LONG).limit(() -> {
                    Optional<String> inner = limitedSoon(this::hang);
                    return inner.orElse("went on") + (Thread.currentThread().isInterrupted() ? ", interrupted" : "");
                }))
                .contains("went on");
    }

    @Test
    void innerWorkEndsWhenTheTimeOfTheOuterIsOver() {
        assertThat(limitedSoon(() -> Deadline.in(LONG).limit(this::hang))).isEmpty();
        assertThat(interrupted).isTrue();
    }

    @Test
    void workThatIsGivenUpByItsCallerIsNotTakenForOneOutOfTime() {
        Thread.currentThread().interrupt();
        Throwable thrown = catchThrowable(() -> Deadline.in(LONG).limit(this::hang));
        assertThat(Thread.interrupted())
                .as("the interrupt is still the caller's")
                .isTrue();
        assertThat(thrown).isInstanceOf(CancellationException.class);
    }

    @Test
    void whoeverFailsInATimeThatIsOverCanTell() {
        assertThat(Deadline.hasEnded()).isFalse();
        assertThat(Deadline.in(LONG).limit(Deadline::hasEnded)).contains(false);
        assertThat(Deadline.in(SHORT).limit(() -> {
                    catchThrowable(this::hang);
                    return Deadline.in(LONG).limit(Deadline::hasEnded).orElseThrow();
                }))
                .contains(true);
        assertThat(Deadline.hasEnded()).isFalse();
    }

    @Test
    void pauseTellsWhetherItsTimeHasPassed() {
        assertThat(Deadline.pause(Duration.ofMillis(1))).isTrue();
        Thread.currentThread().interrupt();
        assertThat(Deadline.pause(LONG)).isFalse();
        assertThat(Thread.interrupted())
                .as("the interrupt is still the caller's")
                .isTrue();
    }

    /** With a deadline that is over soon, but not before the work has begun, however busy the machine is. */
    private static <T> Optional<T> limitedSoon(Supplier<T> work) {
        for (Duration time = SHORT; ; time = time.multipliedBy(2)) {
            AtomicBoolean begun = new AtomicBoolean();
            Optional<T> result = Deadline.in(time).limit(() -> {
                begun.set(true);
                return work.get();
            });
            if (begun.get()) {
                return result;
            }
        }
    }

    /** As ports block: it ends when it is interrupted, and says so. */
    private String hang() {
        try {
            new CountDownLatch(1).await();
            throw new AssertionError("Nobody opens this latch.");
        } catch (InterruptedException givenUp) {
            interrupted.set(true);
            Thread.currentThread().interrupt();
            throw new CancellationException("The work was given up.");
        }
    }
}
