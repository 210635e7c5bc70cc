package io.github.acrattach.adapter.kubernetes;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/** Runs what blocks on the workers' threads. */
final class SideBySide {

    private static final int AT_ONCE = 16;

    private SideBySide() {}

    /** Something that blocks. */
    interface Work<T> {
        T get() throws KubernetesFailure;
    }

    /** One of them. */
    static <T> Uni<T> one(Work<T> work) {
        return Uni.createFrom()
                .<T>emitter(emitter -> {
                    try {
                        emitter.complete(work.get());
                    } catch (KubernetesFailure | RuntimeException | Error e) {
                        emitter.fail(e);
                    }
                })
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
    }

    /** One for each item, a bounded number at a time; the answers in an order of their own. */
    static <A, B, K extends Comparable<K>> Uni<List<B>> each(
            Collection<A> items, EachWork<A, B> work, Function<B, K> order) {
        return Multi.createFrom()
                .iterable(items)
                .onItem()
                .transformToUni(item -> one(() -> work.with(item)))
                .merge(AT_ONCE)
                .collect()
                .asList()
                .map(all -> all.stream().sorted(Comparator.comparing(order)).toList());
    }

    /** What is done with each item. */
    interface EachWork<A, B> {
        B with(A item) throws KubernetesFailure;
    }
}
