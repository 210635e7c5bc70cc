package io.github.acrattach.usecase;

import io.github.acrattach.concurrent.SideBySide;
import io.github.acrattach.domain.ArmId;
import io.github.acrattach.domain.Cluster;
import io.github.acrattach.domain.ClusterNamespace;
import io.github.acrattach.domain.CredentialKey;
import io.github.acrattach.domain.CredentialKind;
import io.github.acrattach.domain.Held;
import io.github.acrattach.domain.Lookup;
import io.github.acrattach.domain.Pairing;
import io.github.acrattach.domain.Problem;
import io.github.acrattach.domain.ProvisioningState;
import io.github.acrattach.domain.PullCredential;
import io.github.acrattach.domain.PullSecretOwner;
import io.github.acrattach.domain.PullSecretTerms;
import io.github.acrattach.domain.Registry;
import io.github.acrattach.domain.RoleAssignment;
import io.github.acrattach.domain.SecretFacts;
import io.github.acrattach.domain.SecretRun;
import io.github.acrattach.port.CloudUnavailable;
import io.github.acrattach.port.PullSecrets;
import io.github.acrattach.port.RegionalEndpoints;
import io.github.acrattach.port.RoleAssignments;
import io.github.acrattach.port.Subscriptions;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Looks at a pair's pull secret: at its role, where it needs one, and its issuer; and in the cluster at the same time, or not
 * at all, where a stranger may have named it in an application of hers.
 */
@Singleton
record GatherSecretFacts(
        Issuers issuers,
        PullSecrets pullSecrets,
        RoleAssignments roleAssignments,
        ConfirmDeletion confirmDeletion,
        Subscriptions subscriptions,
        RegionalEndpoints regionalEndpoints,
        Clock clock) {

    /** Of the ids that secrets say to be of: those who write secrets can write as many as they like. */
    private static final int MOST_FORMER_IDS = 4;

    /** As things are now, and as the run has come to know them. */
    SecretFacts about(Cluster cluster, Registry registry, PullSecretTerms terms, SecretRun run) {
        CredentialKey key = new CredentialKey(Pairing.of(cluster, registry), terms.kind());
        Supplier<Seen> ofCredential = () -> credential(key, terms, run);
        Supplier<Lookup<List<ClusterNamespace>>> inCluster = () -> pullSecrets.in(
                cluster,
                PullSecretOwner.of(registry),
                terms.serviceAccounts(),
                terms.namespaces().labels());
        Supplier<Registry> atArm = () -> regional(registry);
        SideBySide.Three<Seen, Lookup<List<ClusterNamespace>>, Registry, SecretFacts> all =
                (seen, namespaces, there) -> new SecretFacts(
                        key,
                        terms,
                        standing(there, namespaces),
                        seen.credential(),
                        namespaces,
                        seen.assignments(),
                        seen.credential().found().isPresent() ? run.afterSeeing() : run,
                        clock.instant());
        if (run.mayMeetUnproven(key.kind())) {
            Seen seen = ofCredential.get();
            return moved(
                    seen.credential() instanceof Lookup.Absent
                            ? all.of(seen, new Lookup.Found<>(List.of()), registry)
                            : SideBySide.both(
                                    inCluster, atArm, (namespaces, there) -> all.of(seen, namespaces, there)));
        }
        return moved(SideBySide.three(ofCredential, inCluster, atArm, all));
    }

    /** With its regional endpoints, as far as Azure tells them: that a preview is down, or is not known there, ends no work. */
    Registry regional(Registry registry) {
        if (registry.regionalEndpoints().isPresent()) {
            return registry;
        }
        try {
            return regionalEndpoints.of(registry).map(registry::with).found().orElse(registry);
        } catch (CloudUnavailable failure) {
            return registry;
        }
    }

    /** Where Azure does not tell them, those that secrets open already: they are not taken away for want of an answer. */
    private static Registry standing(Registry registry, Lookup<List<ClusterNamespace>> namespaces) {
        return registry.regionalEndpoints().isPresent()
                ? registry
                : registry.with(namespaces.found().stream()
                        .flatMap(List::stream)
                        .flatMap(each ->
                                each.held() instanceof Held.Ours ours ? ours.loginServers().stream() : Stream.of())
                        .toList());
    }

    /** A secret that names another id of the registry is taken over only where ARM itself says that this id is gone. */
    private SecretFacts moved(SecretFacts facts) {
        List<ArmId> ids = facts.moved().map(Held.Moved::from).distinct().toList();
        Map<ArmId, Held> otherwise = new HashMap<>();
        ids.stream().skip(MOST_FORMER_IDS).forEach(id -> otherwise.put(id, another(id)));
        ids.stream()
                .limit(MOST_FORMER_IDS)
                .filter(id -> !facts.run().formerly().contains(id))
                .forEach(id -> confirmDeletion
                        .state(id)
                        .fold(
                                state -> Optional.of(another(id, state)),
                                Optional::<Held>empty,
                                problem -> isOfNoSubscription(id, problem)
                                        ? Optional.<Held>empty()
                                        : Optional.of(new Held.Hidden(unproven(id, problem))))
                        .ifPresent(held -> otherwise.put(id, held)));
        return ids.isEmpty() ? facts : facts.afterLookingFor(otherwise);
    }

    /**
     * The subscription was deleted, or belongs to another tenant by now: Azure rejects every question about it. No two
     * registries have one login server, so the one here is not that one's.
     */
    private boolean isOfNoSubscription(ArmId id, Problem problem) {
        return problem.kind() == Problem.Kind.REJECTED
                && subscriptions
                        .visible()
                        .found()
                        .filter(visible -> !visible.contains(id.subscription()))
                        .isPresent();
    }

    private static Held another(ArmId id, ProvisioningState state) {
        if (state == ProvisioningState.DELETING) {
            throw ConfirmDeletion.contradiction(id, "Azure is still deleting " + id + ".");
        }
        return another(id);
    }

    private static Held another(ArmId id) {
        return new Held.Foreign("Its annotation names another registry: " + id + ". It may be what pulls from there.");
    }

    private static Problem unproven(ArmId id, Problem why) {
        return new Problem(
                why.kind(),
                "The pull secret was made while the registry was " + id
                        + ". Whether that is gone, so that it was moved, cannot be seen: " + why.cause(),
                why.action(),
                why.scope(),
                why.caller(),
                why.fix());
    }

    private Seen credential(CredentialKey key, PullSecretTerms terms, SecretRun run) {
        if (key.kind() != CredentialKind.SERVICE_PRINCIPAL) {
            return new Seen(issuers.of(key.kind()).find(key, terms, List.of()), new Lookup.Absent<>());
        }
        Lookup<List<RoleAssignment>> assignments =
                roleAssignments.at(key.pairing().registry());
        return new Seen(
                assignments.flatMap(all -> issuers.of(key.kind()).find(key, terms, proven(key, all, run))),
                assignments);
    }

    private static List<UUID> proven(CredentialKey key, List<RoleAssignment> all, SecretRun run) {
        return Stream.concat(run.principals().stream(), RoleAssignment.provenFor(key, all).stream())
                .filter(principal -> !run.distrusted().contains(principal))
                .distinct()
                .toList();
    }

    private record Seen(Lookup<PullCredential> credential, Lookup<List<RoleAssignment>> assignments) {}
}
