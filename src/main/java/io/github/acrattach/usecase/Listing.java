package io.github.acrattach.usecase;

import io.github.acrattach.domain.Lookup;
import io.github.acrattach.domain.Outcome;
import io.github.acrattach.port.CloudUnavailable;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What several subscriptions, or other places, hold. One that cannot be listed does not hide what the others hold.
 *
 * @param troubles for each place that could not be listed, why
 */
record Listing<T>(List<T> items, List<Outcome> troubles) {

    private static final int SIDE_BY_SIDE = 16;

    static <T> Listing<T> none() {
        return new Listing<>(List.of(), List.of());
    }

    /** Lists all places, such as subscriptions, side by side. */
    static <P, T> Uni<Listing<T>> of(Collection<P> places, Function<P, Uni<Lookup<List<T>>>> list, Patience patience) {
        return Multi.createFrom()
                .iterable(places)
                .onItem()
                .transformToUni(place -> of(patience.limitList(list.apply(place))))
                .merge(SIDE_BY_SIDE)
                .collect()
                .with(Collectors.reducing(none(), Listing::plus));
    }

    private static <T> Uni<Listing<T>> of(Uni<Lookup<List<T>>> answer) {
        return answer.map(lookup -> lookup.fold(
                        items -> new Listing<>(items, List.of()),
                        Listing::<T>none,
                        problem -> Listing.<T>without(new Outcome.Refused(Optional.empty(), problem))))
                .onFailure(CloudUnavailable.class)
                .recoverWithItem(failure -> without(Patience.postponed(Optional.empty(), failure)));
    }

    private static <T> Listing<T> without(Outcome trouble) {
        return new Listing<>(List.of(), List.of(trouble));
    }

    Listing<T> plus(Listing<T> other) {
        return new Listing<>(concat(items, other.items), concat(troubles, other.troubles));
    }

    private static <E> List<E> concat(List<E> left, List<E> right) {
        return Stream.concat(left.stream(), right.stream()).toList();
    }
}
