package io.github.acrattach.adapter.kubernetes.access;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;

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
            FutureTask<Void> task = new FutureTask<>(() -> {
                try {
                    emitter.complete(work.call());
                } catch (Exception | Error e) {
                    emitter.fail(e);
                }
                return null;
            });
            emitter.onTermination(() -> task.cancel(true));
            pool().execute(task);
        });
    }

    /**
     * One for each item, a bounded number at a time, in the order of the items. The caller's thread works too, so that
     * nobody waits for a free one. The first failure ends what has not begun.
     */
    public static <A, B> List<B> each(Collection<A> items, Work<A, B> work) throws KubernetesFailure {
        List<FutureTask<B>> tasks = new ArrayList<>();
        items.forEach(item -> tasks.add(new FutureTask<>(() -> work.with(item))));
        AtomicInteger next = new AtomicInteger();
        Runnable worker = () -> {
            for (int at = next.getAndIncrement(); at < tasks.size(); at = next.getAndIncrement()) {
                tasks.get(at).run();
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
                results.add(result(task));
            }
            return results;
        } finally {
            tasks.forEach(task -> task.cancel(true));
            helpers.forEach(helper -> helper.cancel(true));
        }
    }

    private static <B> B result(Future<B> task) throws KubernetesFailure {
        try {
            return task.get();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof KubernetesFailure failure) {
                throw failure;
            }
            if (failed.getCause() instanceof RuntimeException unforeseen) {
                throw unforeseen;
            }
            throw new IllegalStateException(failed.getCause());
        } catch (InterruptedException givenUp) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The work was given up.", givenUp);
        }
    }

    private static Executor pool() {
        return Infrastructure.getDefaultWorkerPool();
    }
}
