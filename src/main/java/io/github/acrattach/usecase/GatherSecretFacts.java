package io.github.acrattach.usecase;

import io.github.acrattach.concurrent.SideBySide;
import io.github.acrattach.domain.ArmId;
import io.github.acrattach.domain.Cluster;
import io.github.acrattach.domain.CredentialKey;
import io.github.acrattach.domain.CredentialKind;
import io.github.acrattach.domain.Lookup;
import io.github.acrattach.domain.Pairing;
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

/** Looks at a pair's pull secret: at its issuer, in the cluster and, where it needs one, at its role; all at once. */
@Singleton
record GatherSecretFacts(Issuers issuers, PullSecrets pullSecrets, RoleAssignments roleAssignments, Clock clock) {

    /** As things are now, and as the run has come to know them. */
    SecretFacts about(Cluster cluster, Registry registry, PullSecretTerms terms, SecretRun run) {
        CredentialKey key = new CredentialKey(Pairing.of(cluster, registry), terms.kind());
        return SideBySide.three(
                () -> issuers.of(terms.kind()).find(key, terms),
                () -> pullSecrets.in(
                        cluster,
                        registry.id(),
                        Set.copyOf(terms.serviceAccounts()),
                        terms.namespaces().labels()),
                () -> assignments(terms.kind(), registry.id()),
                (credential, namespaces, assignments) -> new SecretFacts(
                        key, terms, registry, credential, namespaces, assignments, run, clock.instant()));
    }

    private Lookup<List<RoleAssignment>> assignments(CredentialKind kind, ArmId registry) {
        return kind == CredentialKind.SERVICE_PRINCIPAL ? roleAssignments.at(registry) : new Lookup.Absent<>();
    }
}
