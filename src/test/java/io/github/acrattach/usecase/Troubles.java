package io.github.acrattach.usecase;

import io.github.acrattach.domain.Lookup;
import io.github.acrattach.domain.Problem;
import io.github.acrattach.port.CloudUnavailable;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** What goes wrong in a small world: with one call, about one thing. */
final class Troubles {

    private final Map<Key, Supplier<Optional<Problem>>> byCall = new ConcurrentHashMap<>();

    /** How often what is there is still not found. */
    private final Map<Key, AtomicInteger> overlooked = new ConcurrentHashMap<>();

    private final Map<Key, AtomicInteger> asked = new ConcurrentHashMap<>();

    private record Key(Call call, Object about) {}

    /** What is there is not found, so many times. */
    void overlook(Call call, Object about, int times) {
        overlooked.put(new Key(call, about), new AtomicInteger(times));
    }

    private boolean isOverlooked(Call call, Object about) {
        return Optional.ofNullable(overlooked.get(new Key(call, about)))
                .filter(times -> times.getAndDecrement() > 0)
                .isPresent();
    }

    /** It is refused for good. */
    void refuse(Call call, Object about, Problem problem) {
        byCall.put(new Key(call, about), () -> Optional.of(problem));
    }

    /** There is no answer now. */
    void unavailable(Call call, Object about, Problem problem, Optional<Duration> retryAfter) {
        fail(call, about, new CloudUnavailable(problem, retryAfter));
    }

    /** Whoever answers has a defect. */
    void fail(Call call, Object about, RuntimeException failure) {
        byCall.put(new Key(call, about), () -> {
            throw failure;
        });
    }

    /** There is no answer any more, after something else happened. */
    void unavailableAfter(Runnable event, Call call, Object about, Problem problem) {
        byCall.put(new Key(call, about), () -> {
            event.run();
            throw new CloudUnavailable(problem, Optional.empty());
        });
    }

    /** Something else happens just before it is answered, and only once. */
    void meanwhile(Call call, Object about, Runnable event) {
        byCall.put(new Key(call, about), () -> {
            byCall.remove(new Key(call, about));
            event.run();
            return Optional.empty();
        });
    }

    /** It blocks until it is interrupted. */
    Hanging hang(Call call, Object about) {
        Hanging hanging = new Hanging();
        byCall.put(new Key(call, about), hanging::block);
        return hanging;
    }

    /** The calls that hang. */
    static final class Hanging {
        private int begun;
        private int running;

        private Optional<Problem> block() {
            change(1);
            try {
                new CountDownLatch(1).await();
                throw new AssertionError("Nobody opens this latch.");
            } catch (InterruptedException givenUp) {
                change(-1);
                Thread.currentThread().interrupt();
                throw new CancellationException("The work was given up.");
            }
        }

        private synchronized void change(int by) {
            begun += Math.max(by, 0);
            running += by;
            notifyAll();
        }

        synchronized boolean isBegun() {
            return begun > 0;
        }

        /** Until each is interrupted: a use case ends when it has seen to that, and not after it. */
        synchronized void awaitInterrupt() throws InterruptedException {
            while (running > 0) {
                wait();
            }
        }
    }

    void end(Call call, Object about) {
        byCall.remove(new Key(call, about));
    }

    /** How often the call was made, however it ended. */
    int asked(Call call, Object about) {
        return asked.getOrDefault(new Key(call, about), new AtomicInteger()).get();
    }

    /** Why the call is refused, if it is; fails or hangs where the call does. */
    Optional<Problem> of(Call call, Object about) {
        asked.computeIfAbsent(new Key(call, about), any -> new AtomicInteger()).incrementAndGet();
        return Optional.ofNullable(byCall.get(new Key(call, about))).flatMap(Supplier::get);
    }

    /** The answer, unless the call is refused or overlooks what is there. */
    <T> Lookup<T> or(Call call, Object about, Supplier<Lookup<T>> answer) {
        return of(call, about)
                .<Lookup<T>>map(Lookup.Denied::new)
                .orElseGet(() -> isOverlooked(call, about) ? new Lookup.Absent<>() : answer.get());
    }
}
