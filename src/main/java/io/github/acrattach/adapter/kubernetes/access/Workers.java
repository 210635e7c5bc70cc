package io.github.acrattach.adapter.kubernetes.access;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** Threads for what blocks: one for a call, and a few more for what the call does side by side. */
public final class Workers {

    /** As many as an API server serves to one client without slowing it down. */
    private static final int AT_ONCE = 16;

    private Workers() {}

    /** Something that blocks. */
    public interface Work<A, B> {
        B with(A item) throws KubernetesFailure;
    }

    /** Runs it on a worker; it is interrupted when its result is no longer wanted. */
    public static <T> Uni<T> run(Callable<T> work) {
        return Uni.createFrom().emitter(emitter -> {
            AtomicBoolean ended = new AtomicBoolean();
            FutureTask<Void> task = new FutureTask<>(() -> {
                try {
                    T result = work.call();
                    ended.set(true);
                    emitter.complete(result);
                } catch (Exception | Error e) {
                    ended.set(true);
                    emitter.fail(e);
                }
                return null;
            });
            emitter.onTermination(() -> {
                if (!ended.get()) {
                    task.cancel(true);
                }
            });
            pool().execute(task);
        });
    }

    /** Waits for an answer; what is asked is given up when this worker is. */
    public static <T> T await(Uni<T> answer) {
        CompletableFuture<T> future = answer.subscribeAsCompletionStage();
        try {
            return future.get();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof RuntimeException foreseen) {
                throw foreseen;
            }
            throw new IllegalStateException(failed.getCause());
        } catch (InterruptedException givenUp) {
            future.cancel(true);
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The work was given up.", givenUp);
        }
    }

    /**
     * One for each item, a bounded number at a time, in the order of the items. The caller's thread works too, so that
     * nobody waits for a free one. After the first failure nothing more is begun.
     */
    public static <A, B> List<B> each(Collection<A> items, Work<A, B> work) throws KubernetesFailure {
        AtomicReference<Throwable> failure = new AtomicReference<>();
        List<FutureTask<B>> tasks = new ArrayList<>();
        items.forEach(item -> tasks.add(new FutureTask<>(() -> {
            try {
                return work.with(item);
            } catch (KubernetesFailure | RuntimeException | Error e) {
                failure.compareAndSet(null, e);
                throw e;
            }
        })));
        AtomicInteger next = new AtomicInteger();
        Runnable worker = () -> {
            for (int at = next.getAndIncrement(); at < tasks.size(); at = next.getAndIncrement()) {
                if (failure.get() == null && !Thread.currentThread().isInterrupted()) {
                    tasks.get(at).run();
                } else {
                    tasks.get(at).cancel(false);
                }
            }
        };
        List<FutureTask<Void>> helpers = new ArrayList<>();
        for (int i = 1; i < Math.min(AT_ONCE, tasks.size()); i++) {
            FutureTask<Void> helper = new FutureTask<>(worker, null);
            helpers.add(helper);
            pool().execute(helper);
        }
        try {
            worker.run();
            List<B> results = new ArrayList<>();
            for (FutureTask<B> task : tasks) {
                results.add(task.get());
            }
            return results;
        } catch (ExecutionException | CancellationException | InterruptedException ended) {
            if (failure.get() instanceof KubernetesFailure refused) {
                throw refused;
            }
            if (failure.get() instanceof RuntimeException unforeseen) {
                throw unforeseen;
            }
            throw new IllegalStateException("The work was given up.", ended);
        } finally {
            tasks.forEach(task -> task.cancel(true));
            helpers.forEach(helper -> helper.cancel(true));
        }
    }

    private static Executor pool() {
        return Infrastructure.getDefaultWorkerPool();
    }
}
