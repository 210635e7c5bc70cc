package io.github.acrattach.usecase;

import io.github.acrattach.concurrent.SideBySide;
import io.github.acrattach.domain.Lookup;
import io.github.acrattach.domain.Outcome;
import io.github.acrattach.port.Subscriptions;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * What several subscriptions, or other places, hold. One that cannot be listed does not hide what the others hold.
 *
 * @param troubles for each place that could not be listed, why
 */
record Listing<T>(List<T> items, List<Outcome> troubles) {

    static <T> Listing<T> none() {
        return new Listing<>(List.of(), List.of());
    }

    /** Lists all places, such as subscriptions, side by side. */
    static <P, T> Listing<T> of(Collection<P> places, Function<P, Lookup<List<T>>> list, Patience patience) {
        return SideBySide.each(places, (P place) -> of(() -> list.apply(place), patience)).stream()
                .reduce(none(), Listing::plus);
    }

    /** What all subscriptions hold that this program can see. */
    static <T> Listing<T> everywhere(
            Subscriptions subscriptions, Function<UUID, Lookup<List<T>>> list, Patience patience) {
        Listing<UUID> seen = of(subscriptions::visible, patience);
        Listing<T> all = of(seen.items(), list, patience);
        return new Listing<>(all.items(), concat(seen.troubles(), all.troubles()));
    }

    /** Lists one. */
    static <T> Listing<T> of(Supplier<Lookup<List<T>>> list, Patience patience) {
        try {
            return patience.limitList(list)
                    .fold(
                            items -> new Listing<>(items, List.of()),
                            Listing::none,
                            problem -> without(new Outcome.Refused(problem)));
        } catch (RuntimeException failure) {
            return without(Patience.postponed(Optional.empty(), failure));
        }
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
