package io.github.acrattach.concurrent;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Blocking work that goes side by side. The caller works too, so that nobody waits for a free thread: where there is none,
 * it goes one after the other. Results keep their order. After the first failure, or when the caller is interrupted, nothing
 * more is begun, and what runs is interrupted: nothing runs on unseen.
 */
public final class SideBySide {

    /** As many as an API server, or ARM, serves to one client without slowing it down; an event has 25 s for all pairs. */
    private static final int AT_ONCE = 32;

    /** Of all calls together. */
    private static final int MOST_THREADS = 512;

    private static ThreadPoolExecutor threads;

    private SideBySide() {}

    /** What is done with each item. */
    public interface Work<A, B, E extends Exception> {
        B with(A item) throws E;
    }

    /** What comes of three. */
    public interface Three<A, B, C, R> {
        R of(A first, B second, C third);
    }

    /** Does it with each item, a bounded number at a time. */
    public static <A, B, E extends Exception> List<B> each(Collection<? extends A> items, Work<A, B, E> work) throws E {
        return each(items, AT_ONCE, threads(), work);
    }

    /**
     * The same, beginning with others each time: where there is time for some alone, it is not always for the same ones.
     */
    public static <A, B> List<B> eachInTurn(Collection<? extends A> items, Work<A, B, RuntimeException> work) {
        List<A> all = List.copyOf(items);
        List<Integer> order =
                new ArrayList<>(IntStream.range(0, all.size()).boxed().toList());
        Collections.shuffle(order);
        List<B> results = new ArrayList<>(Collections.nCopies(all.size(), null));
        List<B> done = each(order, at -> work.with(all.get(at)));
        for (int i = 0; i < order.size(); i++) {
            results.set(order.get(i), done.get(i));
        }
        return results;
    }

    /** Does both, and goes on with what comes of them. */
    public static <A, B, R> R both(Supplier<A> first, Supplier<B> second, BiFunction<A, B, R> then) {
        List<Object> results = all(first, second);
        return then.apply(result(results, 0), result(results, 1));
    }

    /** Does all three, and goes on with what comes of them. */
    public static <A, B, C, R> R three(
            Supplier<A> first, Supplier<B> second, Supplier<C> third, Three<A, B, C, R> then) {
        List<Object> results = all(first, second, third);
        return then.of(result(results, 0), result(results, 1), result(results, 2));
    }

    private static List<Object> all(Supplier<?>... trips) {
        return each(List.of(trips), trips.length, threads(), Supplier::get);
    }

    @SuppressWarnings("unchecked")
    private static <T> T result(List<Object> results, int at) {
        return (T) results.get(at);
    }

    /** With the help of those threads, as far as they are free. */
    static <A, B, E extends Exception> List<B> each(
            Collection<? extends A> items, int atOnce, Executor threads, Work<A, B, E> work) throws E {
        AtomicReference<Throwable> failure = new AtomicReference<>();
        List<FutureTask<B>> tasks = new ArrayList<>();
        for (A item : items) {
            tasks.add(new FutureTask<>(() -> work.with(item)) {
                @Override
                protected void setException(Throwable thrown) {
                    boolean first = failure.compareAndSet(null, thrown);
                    super.setException(thrown);
                    if (first) {
                        tasks.forEach(task -> task.cancel(true));
                    }
                }
            });
        }
        AtomicInteger next = new AtomicInteger();
        Queue<FutureTask<Void>> wanted = new ConcurrentLinkedQueue<>();
        Runnable worker = () -> {
            for (int at = next.getAndIncrement(); at < tasks.size(); at = next.getAndIncrement()) {
                FutureTask<B> task = tasks.get(at);
                if (failure.get() != null || Thread.currentThread().isInterrupted()) {
                    task.cancel(false);
                    continue;
                }
                task.run();
                begin(wanted, threads);
                if (task.isCancelled()) {
                    // The interrupt was meant for the task, not for what its thread does next.
                    Deadline.clearInterrupt();
                }
            }
        };
        Map<String, String> ids = WorkIds.current();
        List<FutureTask<Void>> helpers = new ArrayList<>();
        for (int i = 1; i < Math.min(atOnce, tasks.size()); i++) {
            FutureTask<Void> helper = new FutureTask<>(() -> WorkIds.during(ids, () -> {
                worker.run();
                return null;
            }));
            helpers.add(helper);
        }
        wanted.addAll(helpers);
        begin(wanted, threads);
        try {
            worker.run();
            List<B> results = new ArrayList<>();
            for (FutureTask<B> task : tasks) {
                results.add(task.get());
            }
            return results;
        } catch (InterruptedException givenUp) {
            failure.compareAndSet(null, givenUp);
            throw Deadline.givenUp();
        } catch (ExecutionException | CancellationException failed) {
            throw SideBySide.<E>first(failure.get());
        } finally {
            tasks.forEach(task -> task.cancel(true));
            helpers.forEach(helper -> helper.cancel(true));
        }
    }

    /** What the work may throw, or what it may always. */
    @SuppressWarnings("unchecked")
    private static <E extends Exception> E first(Throwable failure) {
        if (failure instanceof RuntimeException unforeseen) {
            throw unforeseen;
        }
        if (failure instanceof Error defect) {
            throw defect;
        }
        if (failure == null) {
            throw new CancellationException("The work was given up.");
        }
        return (E) failure;
    }

    /** As many as there are threads for; the others may begin later. */
    private static void begin(Queue<FutureTask<Void>> wanted, Executor threads) {
        for (FutureTask<Void> helper = wanted.poll(); helper != null; helper = wanted.poll()) {
            try {
                threads.execute(helper);
            } catch (RejectedExecutionException allBusy) {
                wanted.add(helper);
                return;
            }
        }
    }

    /** Not in a static initialiser, which runs while the executable is built. */
    private static synchronized ThreadPoolExecutor threads() {
        if (threads == null) {
            AtomicInteger number = new AtomicInteger();
            threads = new ThreadPoolExecutor(0, MOST_THREADS, 30, TimeUnit.SECONDS, new SynchronousQueue<>(), work -> {
                Thread thread = new Thread(work, "side-by-side-" + number.incrementAndGet());
                thread.setDaemon(true);
                return thread;
            });
        }
        return threads;
    }
}
