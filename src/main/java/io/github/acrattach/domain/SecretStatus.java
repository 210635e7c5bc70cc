package io.github.acrattach.domain;

import static io.github.acrattach.domain.NamespaceOutcome.firstProblem;

import io.github.acrattach.domain.NamespaceOutcome.State;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * How a pair's pull secret stands.
 *
 * @param previous other passwords that stay valid, because a namespace holds them, or may
 * @param namespaces how it stands in each that is meant, or that holds the secret
 */
public record SecretStatus(
        SecretFacts facts, Password password, List<Password> previous, List<NamespaceOutcome> namespaces) {

    /** How it ends when nothing more is to be done about it. */
    public Outcome outcome() {
        Pairing pairing = facts.key().pairing();
        boolean holdsAnywhere = namespaces.stream().anyMatch(each -> each.state() == State.READY);
        Optional<Outcome> pending = firstProblem(namespaces, State.PENDING)
                .map(problem -> new Outcome.Postponed(Optional.of(pairing), problem, Optional.empty(), namespaces));
        Optional<Outcome> refused = firstProblem(namespaces, State.REFUSED)
                .or(() -> firstProblem(namespaces, State.SKIPPED))
                .filter(problem -> !holdsAnywhere)
                .map(problem -> new Outcome.Refused(pairing, problem, namespaces));
        return pending.or(() -> refused).orElseGet(this::provisioned);
    }

    private Outcome provisioned() {
        Stream<Problem> unproven = facts.proofOf(password).flatMap(Proof::problem).stream();
        return new Outcome.Provisioned(
                Optional.of(facts.key().pairing()),
                facts.key(),
                facts.presentCredential().username(),
                password.expires(),
                facts.terms().renews(facts.key(), password),
                facts.run().changed(),
                namespaces,
                Stream.of(
                                unproven,
                                previous.stream().map(this::staysValid),
                                moved(),
                                facts.run().notes().stream(),
                                unrenewed().stream(),
                                notReferenced().stream())
                        .flatMap(Function.identity())
                        .toList());
    }

    /** That the registry was moved, and what still stands of what was made for it before. */
    private Stream<Problem> moved() {
        List<ClusterNamespace> left = facts.namespacesSeen()
                .filter(namespace -> namespace.held() instanceof Held.Moved && !facts.concerns(namespace))
                .toList();
        return Stream.concat(
                facts.run().formerly().stream()
                        .sorted(Comparator.comparing(ArmId::normalized))
                        .map(from -> SecretProblems.moved(facts, from)),
                left.stream().limit(1).map(first -> SecretProblems.leftBehind(facts, first.name(), left.size())));
    }

    /** What nobody can compare with the password, no timer renews without a rule. */
    private Optional<Problem> unrenewed() {
        boolean comparable = facts.value(password)
                .flatMap(value -> facts.run().proofOf(value))
                .filter(Proof::knowsPassword)
                .isPresent();
        boolean readable = facts.namespacesSeen()
                .flatMap(namespace -> facts.ours(namespace.held()))
                .anyMatch(ours -> ours.value().isPresent());
        return facts.run().purpose() != Purpose.REQUEST || comparable && readable
                ? Optional.empty()
                : Optional.of(SecretProblems.noRule(
                        facts,
                        "What the namespaces hold cannot be compared with the password, so nothing renews it, and pulls stop"
                                + " at " + password.expires() + "."));
    }

    /** One for all namespaces in which the secret helps no pod by itself. */
    private Optional<Problem> notReferenced() {
        List<NamespaceOutcome> idle = namespaces.stream()
                .filter(each -> each.referenced().filter(any -> !any).isPresent())
                .toList();
        return idle.isEmpty() ? Optional.empty() : Optional.of(SecretProblems.notReferenced(facts, idle));
    }

    private Problem staysValid(Password password) {
        return Problem.of(
                Problem.Kind.PREVIOUS_PASSWORD,
                "The previous password, of " + password.created() + ", is valid until " + password.expires()
                        + ": a namespace that does not take the new one holds it, or may.",
                facts.registry().id(),
                "mend what the outcome tells of the namespaces, then rotate again; to revoke it now, whatever pulls with it:"
                        + " detach, and attach again.");
    }
}
