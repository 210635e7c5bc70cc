package io.github.acrattach.usecase;

import io.github.acrattach.domain.FormerGrants;
import io.github.acrattach.domain.Lookup;
import io.github.acrattach.domain.Outcome;
import io.github.acrattach.domain.Pairing;
import io.github.acrattach.domain.Problem;
import io.github.acrattach.domain.RoleAssignment;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * How far taking something back has come.
 *
 * @param removed what was removed, each as a phrase
 * @param kept what others still need, and why
 * @param refused why something stays that nobody needs
 * @param pending why the rest has to wait
 */
record Removal(
        List<String> removed, List<String> kept, Optional<Problem> refused, Optional<Outcome.Postponed> pending) {

    static final Removal NOTHING = new Removal(List.of(), List.of(), Optional.empty(), Optional.empty());

    static Removal removed(String what) {
        return new Removal(List.of(what), List.of(), Optional.empty(), Optional.empty());
    }

    static Removal kept(String what) {
        return new Removal(List.of(), List.of(what), Optional.empty(), Optional.empty());
    }

    /** Of a role assignment, by the answer to its removal; another run may have been faster. */
    static Removal of(Lookup<String> assignment) {
        return assignment.fold(id -> removed("the role assignment " + id), () -> NOTHING, Removal::refused);
    }

    /** Of a role assignment that is not to be removed. */
    static Removal kept(RoleAssignment assignment, String because) {
        return kept("the role assignment " + assignment.id() + ", because " + because);
    }

    static Removal refused(Problem problem) {
        return new Removal(List.of(), List.of(), Optional.of(problem), Optional.empty());
    }

    static Removal pending(Outcome.Postponed why) {
        return new Removal(List.of(), List.of(), Optional.empty(), Optional.of(why));
    }

    /** There is nothing to be done about what is not there; what cannot be seen is a refusal. */
    static <T> Removal nothingAt(Lookup<T> unseen) {
        return unseen.fold(found -> NOTHING, () -> NOTHING, Removal::refused);
    }

    /** Goes on, unless the same again has to come before the rest. */
    Removal then(Supplier<Removal> next) {
        return pending.isPresent() ? this : and(next.get());
    }

    Removal and(Removal more) {
        return new Removal(
                Stream.concat(removed.stream(), more.removed.stream()).toList(),
                Stream.concat(kept.stream(), more.kept.stream()).toList(),
                refused.or(more::refused),
                pending.or(more::pending));
    }

    /** What has to wait does so for the next look at the pair: nobody is told to come back for it. */
    FormerGrants ofFormerGrants() {
        return new FormerGrants(
                removed,
                kept,
                Stream.concat(refused.stream(), pending.map(Outcome.Postponed::problem).map(Problem::takenUp).stream())
                        .toList());
    }

    Outcome outcome(Pairing pairing) {
        return pending.<Outcome>map(why -> new Outcome.Postponed(pairing, why.problem(), why.retryAfter()))
                .or(() -> refused.map(problem -> new Outcome.Refused(pairing, problem)))
                .orElseGet(() -> new Outcome.Revoked(Optional.of(pairing), removed, kept));
    }
}
