package io.github.acrattach.domain;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The rules that pair a cluster and a registry which somebody has just detached: they attach them again. */
public record StandingRules(List<PairingRule> rules) {

    /** What is told of them, if there are any: what undoes the detaching, and how the two are kept apart. */
    public Optional<Problem> note(Pairing pairing) {
        return rules.isEmpty()
                ? Optional.empty()
                : Optional.of(Problem.of(Problem.Kind.RULE_STANDS, cause(), pairing.registry(), fix(pairing)));
    }

    private String cause() {
        String names = rules.stream().map(PairingRule::name).collect(Collectors.joining(" and "));
        return (rules.size() == 1 ? "The rule " + names + " pairs" : "The rules " + names + " pair")
                + " the two, so the next event of either, reconcile"
                + (rules.stream().anyMatch(PairingRule::wantsSecret) ? ", or the timer" : "")
                + " attaches the cluster again.";
    }

    /** Every rule has to leave the pair out: the next one would take over. */
    private String fix(Pairing pairing) {
        return "To keep the cluster out of every rule: "
                + AzCommand.keepOut(pairing.cluster())
                + "   (or the registry: " + AzCommand.keepOut(pairing.registry())
                + "); to keep these two apart alone, set "
                + rules.stream()
                        .map(rule -> rule.exclusions().settingWith(rule.name(), pairing))
                        .collect(Collectors.joining(" and "))
                + ". Detach again if an event was faster.";
    }
}
