package io.github.acrattach.usecase;

import io.github.acrattach.domain.ArmId;
import io.github.acrattach.domain.CredentialKey;
import io.github.acrattach.domain.CredentialKind;
import io.github.acrattach.domain.Lookup;
import io.github.acrattach.domain.Pairing;
import io.github.acrattach.domain.PairingPolicy;
import io.github.acrattach.domain.Problem;
import io.github.acrattach.domain.PullCredential;
import io.github.acrattach.domain.PullSecretTerms;
import io.github.acrattach.domain.RoleAssignment;
import io.github.acrattach.port.PullCredentials;
import io.github.acrattach.port.RoleAssignments;
import io.quarkus.arc.All;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Who issues which kind of credential. */
@ApplicationScoped
class Issuers {

    /** A rule may have named another kind once than it does now: what is looked for is looked for in all of them. */
    static final List<CredentialKind> KINDS = List.of(CredentialKind.values());

    private final PairingPolicy policy;
    private final RoleAssignments roleAssignments;
    private final Map<CredentialKind, PullCredentials> byKind;

    Issuers(PairingPolicy policy, RoleAssignments roleAssignments, @All List<PullCredentials> issuers) {
        this.policy = policy;
        this.roleAssignments = roleAssignments;
        byKind = issuers.stream().collect(Collectors.toUnmodifiableMap(PullCredentials::kind, Function.identity()));
    }

    /** Who makes credentials of this kind. */
    PullCredentials of(CredentialKind kind) {
        return byKind.get(kind);
    }

    /**
     * What the issuer of a kind answers about what is there. No right is needed for a kind that is not made: without one,
     * nothing was made.
     */
    <T> Lookup<T> ask(CredentialKind kind, Function<PullCredentials, Lookup<T>> question) {
        Lookup<T> answer = question.apply(of(kind));
        return policy.makes(kind) ? answer : answer.fold(Lookup.Found::new, Lookup.Absent::new, Issuers::without);
    }

    /** The credential that this program is proven to have made for a pair, of whatever it may pull. */
    Lookup<PullCredential> find(CredentialKey key) {
        return find(
                key,
                key.kind() == CredentialKind.SERVICE_PRINCIPAL
                        ? roleAssignments.at(key.pairing().registry())
                        : new Lookup.Found<>(List.of()));
    }

    /** The same, where it is known what is assigned at the registry. */
    Lookup<PullCredential> find(CredentialKey key, Lookup<List<RoleAssignment>> assigned) {
        return ask(key.kind(), issuer -> (key.kind() == CredentialKind.SERVICE_PRINCIPAL
                        ? assigned
                        : new Lookup.Found<List<RoleAssignment>>(List.of()))
                .flatMap(all -> issuer.find(key, PullSecretTerms.DEFAULT, RoleAssignment.provenFor(key, all))));
    }

    /** What the registry still has of the cluster's tokens that were made while it had another id. */
    Lookup<List<CredentialKey>> former(CredentialKey key) {
        return ask(CredentialKind.ACR_TOKEN, issuer -> issuer.at(key.pairing().registry()))
                .map(all -> all.stream()
                        .filter(each -> each.pairing().equals(key.pairing())
                                && each.earlier().isPresent())
                        .toList());
    }

    /**
     * Which of these registries took the token along that a pair had whose registry is gone: it keeps its name and its
     * passwords when the registry is moved, while the role of an application ends with the id.
     */
    Lookup<Optional<ArmId>> whereTheTokenIs(Pairing gone, List<ArmId> alive) {
        String token = new CredentialKey(gone, CredentialKind.ACR_TOKEN).name();
        Lookup<Optional<ArmId>> where = new Lookup.Found<>(Optional.empty());
        for (ArmId registry : alive) {
            where = where.flatMap(before -> before.isPresent()
                    ? new Lookup.Found<>(before)
                    : former(new CredentialKey(new Pairing(gone.cluster(), registry), CredentialKind.ACR_TOKEN))
                            .<Lookup<Optional<ArmId>>>fold(
                                    former -> new Lookup.Found<>(former.stream()
                                            .filter(each -> each.name().equals(token))
                                            .map(each -> registry)
                                            .findFirst()),
                                    () -> new Lookup.Found<>(Optional.empty()),
                                    Lookup.Denied::new));
        }
        return where;
    }

    private static <T> Lookup<T> without(Problem problem) {
        return problem.kind() == Problem.Kind.MISSING_RIGHT ? new Lookup.Absent<>() : new Lookup.Denied<>(problem);
    }

    /** Of all kinds of credentials that a pair can have, the safest first. */
    static Stream<CredentialKey> keys(Pairing pairing) {
        return KINDS.stream().map(kind -> new CredentialKey(pairing, kind));
    }
}
