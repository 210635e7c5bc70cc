package io.github.acrattach.domain;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
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

    /** Of what stands where no rule names the place. */
    private static final int MOST_TRIED = 64;

    /** Of one password, for which different values stand in the cluster. */
    private static final int MOST_VALUES = 32;

    /** The same after this run has learnt more. */
    public SecretFacts with(SecretRun further) {
        return new SecretFacts(key, terms, registry, credential, namespaces, assignments, further, now);
    }

    /** What a password is to open: without a rule, that is not known, and that it is let in has to do. */
    public List<String> repositories() {
        return run.purpose().isToSpread() ? terms.repositories() : List.of();
    }

    /** All that hold a role at the registry, or above it. */
    public Set<UUID> principals() {
        return assignments.found().stream()
                .flatMap(List::stream)
                .map(RoleAssignment::principal)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Which service accounts are to refer to the secret; without a rule, none that does not already. */
    ReferenceTerms references() {
        return run.purpose().isToSpread()
                ? new ReferenceTerms(terms.serviceAccounts(), run.purpose().isOfARule())
                : ReferenceTerms.UNCHANGED;
    }

    /** The credential, for steps that concern its passwords: those are planned only where it was found. */
    public PullCredential presentCredential() {
        return credential.found().orElseThrow();
    }

    /** What a namespace holds of this credential. */
    Stream<Held.Ours> ours(Held held) {
        return held instanceof Held.Ours ours && ours.credential().equals(key.name()) ? Stream.of(ours) : Stream.of();
    }

    /** The namespaces in which a secret of this program stands, of whichever credential: there it is changed, not created. */
    public Set<String> holding() {
        return namespacesSeen()
                .filter(namespace -> namespace.held() instanceof Held.Ours || namespace.held() instanceof Held.Moved)
                .map(ClusterNamespace::name)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The registry that the secrets are for. */
    public PullSecretOwner owner() {
        return PullSecretOwner.of(registry);
    }

    /** What the secret is called where it goes: what all call it that hold it, if they agree, and else what it would get. */
    public String secretName() {
        Set<String> held = namespacesSeen()
                .filter(namespace -> !(namespace.held() instanceof Held.Nothing))
                .map(ClusterNamespace::secret)
                .collect(Collectors.toUnmodifiableSet());
        return held.size() == 1 ? held.iterator().next() : owner().secretName();
    }

    /** What stands in namespaces since the registry had another id, which is proven to be gone. */
    public Stream<Held.Moved> moved() {
        return namespacesSeen()
                .flatMap(namespace -> namespace.held() instanceof Held.Moved moved ? Stream.of(moved) : Stream.of());
    }

    /**
     * The same after those ids were looked for; the run keeps those that are gone.
     *
     * @param otherwise what stands in the namespaces, for each id that is not proven to be gone
     */
    public SecretFacts afterLookingFor(Map<ArmId, Held> otherwise) {
        Set<ArmId> gone = moved().map(Held.Moved::from)
                .filter(id -> !otherwise.containsKey(id))
                .collect(Collectors.toUnmodifiableSet());
        return new SecretFacts(
                key,
                terms,
                registry,
                credential,
                namespaces.map(all -> all.stream()
                        .map(each -> each.held() instanceof Held.Moved moved && otherwise.containsKey(moved.from())
                                ? each.holding(otherwise.get(moved.from()))
                                : each)
                        .toList()),
                assignments,
                run.afterSeeingMoved(gone),
                now);
    }

    /** What is to stand in some namespaces, under each name that it has there. */
    public Map<String, Set<String>> bySecretName(Set<String> some) {
        return namespacesSeen()
                .filter(namespace -> some.contains(namespace.name()))
                .collect(Collectors.groupingBy(
                        ClusterNamespace::secret,
                        Collectors.mapping(ClusterNamespace::name, Collectors.toUnmodifiableSet())));
    }

    /**
     * Whether the secret belongs there: the terms name the place or, where no terms name any, what stands there is a valid
     * password. Marks can be written by whoever may write secrets in the namespace, and make it no place.
     */
    public boolean concerns(ClusterNamespace namespace) {
        return run.purpose().isToSpread()
                ? selects(namespace)
                : ours(namespace.held()).anyMatch(this::isInUse);
    }

    /** Whether the terms name the place. */
    boolean selects(ClusterNamespace namespace) {
        return run.purpose().isToSpread() && terms.namespaces().selects(namespace.name(), namespace.labels());
    }

    private boolean isInUse(Held.Ours ours) {
        return ours.value()
                .filter(value -> run.hasMade(value)
                        || run.proofOf(value).filter(Proof::knowsPassword).isPresent())
                .isPresent();
    }

    /**
     * What stands where the terms do not name the place, and was not tried at the registry yet; what stands in most places
     * comes first. Those who write secrets can write as many as they like, so only the first ones are tried.
     */
    Optional<Secret> untried(Set<String> valid) {
        Map<Secret, Long> found = namespacesSeen()
                .filter(namespace -> !namespace.terminating() && !selects(namespace))
                .flatMap(namespace -> ours(namespace.held()))
                .filter(ours -> valid.contains(ours.password()))
                .flatMap(ours -> ours.value().stream())
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        return mostFirst(found, MOST_TRIED)
                .filter(value -> run.proofOf(value).isEmpty())
                .findFirst();
    }

    private static Stream<Secret> mostFirst(Map<Secret, Long> found, int most) {
        return found.entrySet().stream()
                .sorted(Map.Entry.<Secret, Long>comparingByValue().reversed().thenComparing(each -> each.getKey()
                        .reveal()))
                .map(Map.Entry::getKey)
                .limit(most);
    }

    /** The ids of the passwords that stand where they belong; a namespace that is going away needs none any more. */
    public Set<String> heldPasswords() {
        return holdings().map(Held.Ours::password).collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Whether the password may be in use where it gets no new one: something stands there that says to be it, and the
     * registry does not say for good that it is not. Where all are replaced because others may know them, that counts for
     * nothing.
     */
    boolean mayBeInUseElsewhere(Password password) {
        boolean isKnownToOthers = run.purpose().isToSpread() && run.renewOlder().isPresent();
        return !isKnownToOthers
                && namespacesSeen()
                        .filter(namespace -> !namespace.terminating() && !concerns(namespace))
                        .flatMap(namespace -> ours(namespace.held()))
                        .filter(ours -> ours.password().equals(password.id()))
                        .flatMap(ours -> ours.value().stream())
                        .anyMatch(value -> run.proofOf(value)
                                .filter(proof -> proof.verdict() == Proof.Verdict.REJECTED && password.isSpreadAt(now))
                                .isEmpty());
    }

    private Stream<Held.Ours> holdings() {
        return namespacesSeen()
                .filter(namespace -> !namespace.terminating() && concerns(namespace))
                .flatMap(namespace -> ours(namespace.held()));
    }

    /**
     * A password's value, where it can be had: from this run's own hand, or from the cluster, where namespaces may hold
     * different ones, because somebody has changed one. What the registry rejects comes last: it may be another run's, too,
     * since two that fill the same slot of a token in the same millisecond cannot be told apart.
     */
    public Optional<Secret> value(Password password) {
        List<Secret> values = Stream.concat(run.inHand(password).stream(), mostFirst(stored(password), MOST_VALUES))
                .toList();
        return values.stream()
                .filter(value -> run.proofOf(value).filter(Proof::fails).isEmpty())
                .findFirst()
                .or(() -> values.stream().findFirst());
    }

    /** Whether namespaces hold different values for it, and the registry does not tell which of them is right. */
    boolean isDoubtful(Password password) {
        return run.inHand(password).isEmpty()
                && stored(password).size() > 1
                && proofOf(password)
                        .filter(proof -> proof.verdict() == Proof.Verdict.UNREACHABLE)
                        .isPresent();
    }

    private Map<Secret, Long> stored(Password password) {
        return holdings()
                .filter(ours -> ours.password().equals(password.id()))
                .flatMap(ours -> ours.value().stream())
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    }

    /** What the registry said to the password last, of whichever value; empty while it was not asked. */
    public Optional<Proof> proofOf(Password password) {
        return value(password).flatMap(run::proofOf);
    }

    /** The namespaces, none where they cannot be seen. */
    public Stream<ClusterNamespace> namespacesSeen() {
        return namespaces.fold(List::stream, Stream::of, problem -> Stream.of());
    }
}
