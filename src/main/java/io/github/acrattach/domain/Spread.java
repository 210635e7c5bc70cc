package io.github.acrattach.domain;

import static io.github.acrattach.domain.NamespaceOutcome.State.PENDING;
import static io.github.acrattach.domain.NamespaceOutcome.State.READY;
import static io.github.acrattach.domain.NamespaceOutcome.State.TERMINATING;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Where a password stands in a cluster, and where it is to stand. */
final class Spread {

    private final SecretFacts facts;

    Spread(SecretFacts facts) {
        this.facts = facts;
    }

    /** Stores it, and has the service accounts refer to it. */
    SecretStep store(Password current, Set<String> behind) {
        return new SecretStep.Store(current, behind, facts.references());
    }

    /** The namespaces that lack the password or a reference to it, except where this run could not bring it. */
    Set<String> behind(Password current) {
        HeldComparison comparison = new HeldComparison(facts, Optional.of(current));
        return facts.namespacesSeen()
                .filter(this::isMeant)
                .filter(namespace -> !isAsWanted(namespace, comparison))
                .map(ClusterNamespace::name)
                .filter(name -> failed(name).isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Whether there is a namespace that takes a password, as far as is known. */
    boolean isWanted() {
        return facts.namespacesSeen().filter(this::isMeant).anyMatch(namespace -> failed(namespace.name())
                .isEmpty());
    }

    /** Whether this run has offered a password to every namespace, and each refused it for good. */
    boolean isRefused() {
        return !isWanted() && obstacles().stream().noneMatch(each -> each.state() == PENDING);
    }

    private Optional<NamespaceOutcome> failed(String namespace) {
        return facts.run().tried(namespace).filter(tried -> tried.problem().isPresent());
    }

    private boolean isAsWanted(ClusterNamespace namespace, HeldComparison comparison) {
        return comparison.state(namespace) == HeldState.CURRENT
                && (!facts.selects(namespace) || isReferredToAsWanted(namespace));
    }

    /** Where none is wanted, it is no matter that they cannot be seen. */
    private boolean isReferredToAsWanted(ClusterNamespace namespace) {
        ReferenceTerms wanted = facts.references();
        return namespace.references().map(references -> references.meet(wanted)).orElseGet(() -> wanted.accounts()
                .isEmpty());
    }

    /** Whether a namespace that is to hold the secret, or may, cannot be looked into. */
    boolean isPartlyHidden() {
        return facts.namespacesSeen()
                .anyMatch(namespace -> namespace.held() instanceof Held.Hidden
                        && (facts.selects(namespace) || !facts.run().purpose().isToSpread()));
    }

    /** Whether there is any namespace that is to hold the secret, or that holds it. */
    static boolean isMeantAnywhere(SecretFacts facts) {
        return facts.namespacesSeen().anyMatch(facts::concerns);
    }

    /** Whether the secret belongs there, and may be written there. */
    private boolean isMeant(ClusterNamespace namespace) {
        return facts.concerns(namespace) && closed(namespace).isEmpty();
    }

    /** How it stands in each namespace that is meant, or that holds the secret. */
    List<NamespaceOutcome> outcomes(Password current) {
        HeldComparison comparison = new HeldComparison(facts, Optional.of(current));
        return facts.namespacesSeen()
                .filter(facts::concerns)
                .map(namespace -> outcome(namespace, comparison))
                .sorted(Comparator.comparing(NamespaceOutcome::namespace))
                .toList();
    }

    private NamespaceOutcome outcome(ClusterNamespace namespace, HeldComparison comparison) {
        String name = namespace.name();
        return closed(namespace)
                .or(() -> isAsWanted(namespace, comparison) ? Optional.of(ready(namespace)) : failed(name))
                .orElseGet(() -> NamespaceOutcome.of(name, PENDING, lagging(name)));
    }

    private NamespaceOutcome ready(ClusterNamespace namespace) {
        NamespaceOutcome ready = NamespaceOutcome.of(namespace.name(), READY).of(namespace.secret(), facts.owner());
        return namespace
                .references()
                .map(references -> ready.referenced(!references.referring().isEmpty()))
                .orElse(ready);
    }

    /** What keeps a new password out of each namespace that is meant; those that take one are not in it. */
    List<NamespaceOutcome> obstacles() {
        return facts.namespacesSeen()
                .filter(facts::concerns)
                .flatMap(namespace -> closed(namespace).or(() -> failed(namespace.name())).stream())
                .sorted(Comparator.comparing(NamespaceOutcome::namespace))
                .toList();
    }

    private Optional<NamespaceOutcome> closed(ClusterNamespace namespace) {
        return namespace.terminating()
                ? Optional.of(NamespaceOutcome.of(namespace.name(), TERMINATING))
                : namespace.held().obstacle(facts.key().pairing(), namespace.name(), namespace.secret());
    }

    /** Changed by somebody just now; or the value is not to be had, because it was never out of a private cluster. */
    private Problem lagging(String namespace) {
        return Problem.of(
                Problem.Kind.NOT_READY,
                "The namespace " + namespace + " does not hold the newest password yet.",
                facts.key().pairing().cluster(),
                Problem.WAITING_HELPS);
    }
}
