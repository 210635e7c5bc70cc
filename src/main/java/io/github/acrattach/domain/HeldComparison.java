package io.github.acrattach.domain;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Compares what stands in namespaces with the pull secret that is to stand there. */
public final class HeldComparison {

    private final SecretFacts facts;
    private final Optional<Password> current;
    private final Optional<Secret> proven;
    private final Set<String> wanted;
    private final Set<String> valid;

    /**
     * With one password.
     *
     * @param current the password that is to stand there; empty where no namespace holds a valid one
     */
    public HeldComparison(SecretFacts facts, Optional<Password> current) {
        this.facts = facts;
        this.current = current;
        proven = current.flatMap(facts::value)
                .filter(value ->
                        facts.run().proofOf(value).filter(Proof::knowsPassword).isPresent());
        wanted = inputs(current.stream());
        valid = inputs(facts.credential().found().stream()
                .flatMap(credential -> credential.passwords().stream())
                .filter(password -> password.isValidAt(facts.now())));
    }

    private Set<String> inputs(Stream<Password> passwords) {
        return passwords
                .map(password -> inputs(password, facts.registry().loginServers()))
                .collect(Collectors.toUnmodifiableSet());
    }

    private String inputs(Password password, List<String> loginServers) {
        return PullSecret.inputs(
                facts.registry().id(),
                facts.key().name(),
                facts.presentCredential().username(),
                loginServers,
                password.id());
    }

    /** How it stands in one of them. */
    public HeldState state(ClusterNamespace namespace) {
        Held held = namespace.held();
        if (held instanceof Held.Ours ours) {
            return state(ours);
        }
        if (held instanceof Held.Moved) {
            return HeldState.FORMER;
        }
        if (held instanceof Held.Foreign) {
            return HeldState.FOREIGN;
        }
        return held instanceof Held.Hidden ? HeldState.HIDDEN : HeldState.ABSENT;
    }

    private HeldState state(Held.Ours ours) {
        if (facts.ours(ours).findAny().isEmpty()) {
            return HeldState.OUTDATED;
        }
        if (ours.inputs().isEmpty() || isOfAnotherValue(ours)) {
            return HeldState.EDITED;
        }
        if (wanted.contains(ours.inputs())) {
            return HeldState.CURRENT;
        }
        if (valid.contains(ours.inputs())) {
            return HeldState.PREVIOUS;
        }
        return isOfOtherServers(ours) ? HeldState.OTHER_LOGIN_SERVERS : HeldState.OUTDATED;
    }

    private boolean isOfOtherServers(Held.Ours ours) {
        return facts.credential().found().stream()
                .flatMap(credential -> credential.passwords().stream())
                .filter(password -> password.isValidAt(facts.now()))
                .anyMatch(password -> ours.inputs().equals(inputs(password, ours.loginServers())));
    }

    /** Whether somebody has put something else in the place of what the registry lets in. */
    private boolean isOfAnotherValue(Held.Ours ours) {
        return proven.isPresent()
                && current.filter(password -> password.id().equals(ours.password()))
                        .isPresent()
                && ours.value().filter(value -> !value.equals(proven.get())).isPresent();
    }
}
