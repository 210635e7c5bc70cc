package io.github.acrattach.domain;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All that is known of a pair's pull secret when it is decided what to do.
 *
 * @param assignments the role assignments at the registry and above it; absent where the credential needs no role
 * @param run what this run has done so far
 */
public record SecretFacts(
        CredentialKey key,
        PullSecretTerms terms,
        Registry registry,
        Lookup<PullCredential> credential,
        Lookup<List<ClusterNamespace>> namespaces,
        Lookup<List<RoleAssignment>> assignments,
        SecretRun run,
        Instant now) {

    /** The same after this run has learnt more. */
    public SecretFacts with(SecretRun further) {
        return new SecretFacts(key, terms, registry, credential, namespaces, assignments, further, now);
    }

    /** The credential, for steps that concern its passwords: those are planned only where it was found. */
    public PullCredential presentCredential() {
        return credential.found().orElseThrow();
    }

    /** The secrets of this credential, wherever in the cluster they are. */
    Stream<Held.Ours> holdings() {
        return namespacesSeen().map(ClusterNamespace::held).flatMap(this::ours);
    }

    /** What a namespace holds of this credential. */
    Stream<Held.Ours> ours(Held held) {
        return held instanceof Held.Ours ours && ours.credential().equals(key.name()) ? Stream.of(ours) : Stream.of();
    }

    /** The namespaces in which a secret of this program stands, of whichever credential: there it is changed, not created. */
    public Set<String> holding() {
        return namespacesSeen()
                .filter(namespace -> namespace.held() instanceof Held.Ours)
                .map(ClusterNamespace::name)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The ids of the passwords that stand in some namespace; one that is going away needs none any more. */
    public Set<String> heldPasswords() {
        return namespacesSeen()
                .filter(namespace -> !namespace.terminating())
                .flatMap(namespace -> ours(namespace.held()))
                .map(Held.Ours::password)
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * A password's value, where it can be had: from this run's own hand, or from the cluster. What the registry rejects
     * may be another run's: two that fill the same slot of a token in the same millisecond cannot be told apart.
     */
    public Optional<Secret> value(Password password) {
        Optional<Secret> own = Optional.ofNullable(run.inHand().get(password.id()));
        boolean rejected = run.proofOf(password).filter(Proof::fails).isPresent();
        return own.filter(value -> !rejected).or(() -> stored(password)).or(() -> own);
    }

    private Optional<Secret> stored(Password password) {
        return holdings()
                .filter(ours -> ours.password().equals(password.id()))
                .flatMap(ours -> ours.value().stream())
                .findFirst();
    }

    /** The namespaces, none where they cannot be seen. */
    Stream<ClusterNamespace> namespacesSeen() {
        return namespaces.fold(List::stream, Stream::of, problem -> Stream.of());
    }
}
