package io.github.acrattach.domain;

import io.github.acrattach.domain.condition.AssignmentCondition;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Whether role assignments let an identity pull from a registry, worked out from what the roles allow and what the
 * registry's mode honours; deny assignments are another matter.
 */
public sealed interface PullRight {

    /**
     * It may pull whatever the registry has.
     *
     * @param all each that gives all of it, the one that is least likely to be taken away first
     */
    record Held(List<Given> all) implements PullRight {

        /** The one to be named. */
        public Given given() {
            return all.get(0);
        }
    }

    /**
     * It may pull some of what the registry has, or it depends on what is not understood.
     *
     * @param all each that gives something, those that are understood first
     */
    record Narrowed(List<Given> all) implements PullRight {}

    /** There is a role whose actions cannot be read, and without it none that would do. */
    record Unreadable(Problem why) implements PullRight {}

    /** Nothing that is assigned lets it pull. */
    record Missing() implements PullRight {}

    /** A role assignment that lets an identity pull. */
    record Given(RoleAssignment by, RoleDefinition role, PullRole mode) {

        /** Whether the identity holds it as the member of a group. */
        public boolean isThroughGroup() {
            return by.kind() == PrincipalKind.GROUP;
        }

        /** Whether pulling is but one of many things that it allows, so that nobody may have had it in mind. */
        public boolean isBroad() {
            return !mode.isNamedBy(role);
        }

        /** What narrows it, where that matters for a pull. */
        public Optional<AssignmentCondition> condition() {
            return by.condition().map(AssignmentCondition::of).filter(condition -> !condition.letsAll(mode.actions()));
        }

        /** Whether it lets a repository be pulled; empty where that cannot be told. */
        public Optional<Boolean> lets(String repository) {
            return condition()
                    .map(condition -> condition.lets(mode.actions(), repository))
                    .orElse(Optional.of(true));
        }

        private boolean letsAnythingThrough() {
            return condition()
                    .filter(condition -> condition.letsNone(mode.actions()))
                    .isEmpty();
        }

        private boolean isUnderstood() {
            return condition()
                    .flatMap(condition -> condition.repositories(mode.actions()))
                    .isPresent();
        }
    }

    /** What follows from assignments that reach the identity, at the registry or above it. */
    static PullRight of(List<RoleAssignment> reaching, Roles roles, PullRole mode) {
        List<Given> giving = reaching.stream()
                .flatMap(each -> roles.find(each.role()).stream()
                        .filter(mode::isGivenBy)
                        .map(role -> new Given(each, role, mode)))
                .filter(Given::letsAnythingThrough)
                .toList();
        List<Given> whole = giving.stream()
                .filter(each -> each.condition().isEmpty())
                .sorted(Comparator.comparing(Given::isThroughGroup)
                        .thenComparing(Given::isBroad)
                        .thenComparing(each -> !each.by().authorship().isOurs()))
                .toList();
        if (!whole.isEmpty()) {
            return new Held(whole);
        }
        boolean isAnyUnread =
                reaching.stream().anyMatch(each -> roles.find(each.role()).isEmpty());
        if (isAnyUnread && roles.unreadable().isPresent()) {
            return new Unreadable(roles.unreadable().get());
        }
        return giving.isEmpty()
                ? new Missing()
                : new Narrowed(giving.stream()
                        .sorted(Comparator.comparing(each -> !each.isUnderstood()))
                        .toList());
    }

    /** What lets it pull everything, if anything does. */
    default Optional<Given> whole() {
        return this instanceof Held held ? Optional.of(held.given()) : Optional.empty();
    }
}
