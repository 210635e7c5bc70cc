package io.github.acrattach.usecase;

import io.github.acrattach.concurrent.SideBySide;
import io.github.acrattach.domain.Cluster;
import io.github.acrattach.domain.CredentialKey;
import io.github.acrattach.domain.CredentialKind;
import io.github.acrattach.domain.Lookup;
import io.github.acrattach.domain.Pairing;
import io.github.acrattach.domain.PullCredential;
import io.github.acrattach.domain.PullSecretTerms;
import io.github.acrattach.domain.Registry;
import io.github.acrattach.domain.RoleAssignment;
import io.github.acrattach.domain.SecretFacts;
import io.github.acrattach.domain.SecretRun;
import io.github.acrattach.port.PullSecrets;
import io.github.acrattach.port.RoleAssignments;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/** Looks at a pair's pull secret: at its role, where it needs one, and its issuer; and in the cluster at the same time. */
@Singleton
record GatherSecretFacts(Issuers issuers, PullSecrets pullSecrets, RoleAssignments roleAssignments, Clock clock) {

    /** As things are now, and as the run has come to know them. */
    SecretFacts about(Cluster cluster, Registry registry, PullSecretTerms terms, SecretRun run) {
        CredentialKey key = new CredentialKey(Pairing.of(cluster, registry), terms.kind());
        return SideBySide.both(
                () -> credential(key, terms, run),
                () -> pullSecrets.in(
                        cluster,
                        registry.id(),
                        Set.copyOf(terms.serviceAccounts()),
                        terms.namespaces().labels()),
                (seen, namespaces) -> new SecretFacts(
                        key,
                        terms,
                        registry,
                        seen.credential(),
                        namespaces,
                        seen.assignments(),
                        seen.credential().found().isPresent() ? run.afterSeeing() : run,
                        clock.instant()));
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
