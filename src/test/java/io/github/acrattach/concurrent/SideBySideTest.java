package io.github.acrattach.concurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class SideBySideTest {

    /** Where many test classes share the program's own threads, nobody can tell how many of them are free. */
    private static final ExecutorService THREADS = Executors.newCachedThreadPool();

    private static final Executor NO_THREADS = work -> {
        throw new RejectedExecutionException("All are busy.");
    };

    private static final List<Integer> MANY =
            IntStream.rangeClosed(1, 12).boxed().toList();

    private final Thread caller = Thread.currentThread();
    private final Set<Integer> begun = ConcurrentHashMap.newKeySet();

    @AfterAll
    static void end() {
        THREADS.shutdownNow();
    }

    @AfterEach
    void noInterruptIsLeftToOtherTests() {
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void helpersWorkUnderTheIdsOfTheirCaller() {
        Map<String, String> ids = Map.of("operationId", "one");
        CyclicBarrier two = new CyclicBarrier(2);
        List<Map<String, String>> seen = WorkIds.during(
                ids, () -> SideBySide.both(() -> met(two), () -> met(two), (first, second) -> List.of(first, second)));
        assertThat(seen).containsOnly(ids);
        assertThat(WorkIds.current()).isEmpty();
    }

    private static Map<String, String> met(CyclicBarrier other) {
        try {
            other.await(10, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        return WorkIds.current();
    }

    @Test
    void otherItemsAreTheFirstEachTime() {
        Set<Integer> first = ConcurrentHashMap.newKeySet();
        while (first.size() < 3) {
            AtomicInteger begun = new AtomicInteger();
            assertThat(SideBySide.eachInTurn(MANY, item -> {
                        if (begun.getAndIncrement() == 0) {
                            first.add(item);
                        }
                        return 2 * item;
                    }))
                    .isEqualTo(MANY.stream().map(item -> 2 * item).toList());
        }
    }

    @Test
    void resultsKeepTheOrderOfTheItemsHoweverTheyEnd() throws Exception {
        CountDownLatch lastIsDone = new CountDownLatch(1);
        assertThat(SideBySide.each(List.of("first", "last"), 2, THREADS, item -> {
                    if (item.equals("first")) {
                        lastIsDone.await();
                    }
                    lastIsDone.countDown();
                    return item + " is done";
                }))
                .containsExactly("first is done", "last is done");
    }

    @Test
    void nothingIsDoneWithNoItems() {
        assertThat(SideBySide.each(List.of(), item -> item)).isEmpty();
    }

    @Test
    void asManyGoAtOnceAsMayAndNoMore() throws Exception {
        CyclicBarrier three = new CyclicBarrier(3);
        AtomicInteger running = new AtomicInteger();
        assertThat(SideBySide.each(MANY, 3, THREADS, item -> {
                    int most = running.incrementAndGet();
                    three.await();
                    running.decrementAndGet();
                    three.await();
                    return most;
                }))
                .hasSameSizeAs(MANY)
                .allMatch(most -> most <= 3)
                .contains(3);
    }

    @Test
    void bothAndThreeGoOnWithWhatComesOfThem() {
        CyclicBarrier two = new CyclicBarrier(2);
        CyclicBarrier three = new CyclicBarrier(3);
        assertThat(SideBySide.both(() -> met(two, "a"), () -> met(two, "b"), String::concat))
                .isEqualTo("ab");
        assertThat(SideBySide.<String, String, String, List<String>>three(
                        () -> met(three, "a"), () -> met(three, "b"), () -> met(three, "c"), List::of))
                .containsExactly("a", "b", "c");
    }

    private static String met(CyclicBarrier barrier, String result) {
        try {
            barrier.await();
            return result;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest(name = "what hangs is run by the caller: {0}")
    @ValueSource(booleans = {true, false})
    void firstFailureEndsTheRestAndInterruptsWhatRuns(boolean callerHangs) throws Exception {
        CountDownLatch hanging = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        IllegalStateException failure = new IllegalStateException("It failed.");
        assertThatThrownBy(() -> SideBySide.each(MANY, 2, THREADS, item -> {
                    begun.add(item);
                    if (callerHangs == (Thread.currentThread() == caller)) {
                        hanging.countDown();
                        hang(interrupted);
                    }
                    hanging.await();
                    throw failure;
                }))
                .isSameAs(failure);
        interrupted.await();
        assertThat(begun).containsExactlyInAnyOrder(1, 2);
    }

    @Test
    void interruptOfTheCallerEndsAll() throws Exception {
        CountDownLatch hanging = new CountDownLatch(3);
        CountDownLatch interrupted = new CountDownLatch(3);
        THREADS.execute(() -> {
            await(hanging);
            caller.interrupt();
        });
        Throwable thrown = catchThrowable(() -> SideBySide.each(MANY, 3, THREADS, item -> {
            begun.add(item);
            hanging.countDown();
            return hang(interrupted);
        }));
        assertThat(Thread.interrupted())
                .as("the interrupt is still the caller's")
                .isTrue();
        assertThat(thrown).isInstanceOf(CancellationException.class);
        interrupted.await();
        assertThat(begun).containsExactlyInAnyOrder(1, 2, 3);
    }

    @Test
    void callerThatWaitsForItsHelpersCanBeInterruptedToo() throws Exception {
        CountDownLatch hanging = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        THREADS.execute(() -> {
            await(hanging);
            while (caller.getState() != Thread.State.WAITING) {
                Thread.onSpinWait();
            }
            caller.interrupt();
        });
        Throwable thrown = catchThrowable(() -> SideBySide.each(List.of(1, 2), 2, THREADS, item -> {
            if (Thread.currentThread() == caller) {
                while (hanging.getCount() > 0) {
                    Thread.onSpinWait();
                }
                return item;
            }
            hanging.countDown();
            return hang(interrupted);
        }));
        assertThat(Thread.interrupted()).isTrue();
        assertThat(thrown).isInstanceOf(CancellationException.class);
        interrupted.await();
    }

    @Test
    void whoeverIsInterruptedAlreadyBeginsNothing() {
        caller.interrupt();
        Throwable thrown = catchThrowable(() -> SideBySide.each(MANY, 1, NO_THREADS, begun::add));
        assertThat(Thread.interrupted()).isTrue();
        assertThat(thrown).isInstanceOf(CancellationException.class);
        assertThat(begun).isEmpty();
    }

    @Test
    void whatTheWorkMayThrowIsThrownAsItIs() {
        IOException checked = new IOException("It is broken.");
        assertThatThrownBy(() -> SideBySide.each(MANY, 3, THREADS, item -> {
                    throw checked;
                }))
                .isSameAs(checked);
        AssertionError error = new AssertionError("It is a defect.");
        assertThatThrownBy(() -> SideBySide.each(MANY, 3, THREADS, item -> {
                    throw error;
                }))
                .isSameAs(error);
    }

    @Test
    void callerDoesItAllWhereNoThreadIsFree() {
        assertThat(SideBySide.each(MANY, 3, NO_THREADS, item -> Thread.currentThread()))
                .hasSameSizeAs(MANY)
                .containsOnly(caller);
    }

    @Test
    void workInsideWorkInsideWorkEndsWithFewerThreadsThanItCouldUse() throws Exception {
        ThreadPoolExecutor few = new ThreadPoolExecutor(0, 3, 1, TimeUnit.SECONDS, new SynchronousQueue<>());
        try {
            assertThat(SideBySide.each(
                            MANY,
                            4,
                            few,
                            one -> SideBySide.each(MANY, 4, few, two -> SideBySide.each(MANY, 4, few, three -> 1)
                                    .size())))
                    .hasSameSizeAs(MANY)
                    .allSatisfy(sizes -> assertThat(sizes).hasSameSizeAs(MANY).containsOnly(MANY.size()));
        } finally {
            few.shutdownNow();
        }
    }

    @Test
    void failureDeepInsideInterruptsWhatRunsInAllOfIt() throws Exception {
        CountDownLatch hanging = new CountDownLatch(3);
        CountDownLatch interrupted = new CountDownLatch(3);
        IllegalStateException failure = new IllegalStateException("It failed.");
        assertThatThrownBy(() -> SideBySide.each(
                        List.of("fails", "hangs"),
                        2,
                        THREADS,
                        outer -> SideBySide.each(List.of("fails", "hangs"), 2, THREADS, inner -> {
                            if (outer.equals("fails") && inner.equals("fails")) {
                                hanging.await();
                                throw failure;
                            }
                            hanging.countDown();
                            return hang(interrupted);
                        })))
                .isSameAs(failure);
        interrupted.await();
    }

    /** As ports block: it ends when it is interrupted, and says so. */
    private static <T> T hang(CountDownLatch interrupted) {
        try {
            new CountDownLatch(1).await();
            throw new AssertionError("Nobody opens this latch.");
        } catch (InterruptedException givenUp) {
            interrupted.countDown();
            Thread.currentThread().interrupt();
            throw new CancellationException("The work was given up.");
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
