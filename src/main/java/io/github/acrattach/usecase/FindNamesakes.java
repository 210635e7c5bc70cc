package io.github.acrattach.usecase;

import io.github.acrattach.domain.ArmId;
import io.github.acrattach.domain.Lookup;
import io.github.acrattach.domain.Outcome;
import io.github.acrattach.domain.Registry;
import io.github.acrattach.domain.RegistryHost;
import io.github.acrattach.port.Registries;
import io.github.acrattach.port.Subscriptions;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Finds the registries that have the name of one that is gone: a registry that is moved to another group or subscription has
 * another id from then on, and keeps its name.
 */
@Singleton
record FindNamesakes(Subscriptions subscriptions, Registries registries) {

    /** In every subscription that this program can see; a refusal if one of them does not tell. */
    Lookup<List<Registry>> of(ArmId gone) {
        return subscriptions.visible().flatMap(all -> all.stream()
                .map(subscription -> in(subscription, gone))
                .reduce(new Lookup.Found<>(List.of()), FindNamesakes::both));
    }

    private Lookup<List<Registry>> in(UUID subscription, ArmId gone) {
        return registries
                .in(subscription)
                .map(all -> all.stream().filter(each -> isNamesake(each, gone)).toList());
    }

    private static boolean isNamesake(Registry registry, ArmId gone) {
        return registry.id().name().equalsIgnoreCase(gone.name())
                && !registry.id().equals(gone);
    }

    private static Lookup<List<Registry>> both(Lookup<List<Registry>> some, Lookup<List<Registry>> more) {
        return some.flatMap(first -> more.map(
                second -> Stream.concat(first.stream(), second.stream()).toList()));
    }

    /** Says with a registry that was not found where one of its name is, as far as that can be told. */
    Outcome near(Outcome outcome) {
        if (!(outcome instanceof Outcome.Gone gone) || !gone.resource().isA(ArmId.REGISTRY)) {
            return outcome;
        }
        return gone.near(registries(each -> isNamesake(each, gone.resource())).toList());
    }

    /** The registry of which that is a login server, as far as that can be told. */
    Optional<ArmId> at(RegistryHost host) {
        return registries(host::isLoginServerOf).findFirst();
    }

    private Stream<ArmId> registries(Predicate<Registry> wanted) {
        return Listing.everywhere(subscriptions, registries::in, Patience.of(Patience.Limit.EVENT)).items().stream()
                .filter(wanted)
                .map(Registry::id);
    }
}
