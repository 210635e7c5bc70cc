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

    /** It may pull whatever the registry has. */
    record Held(Given given) implements PullRight {}

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

        /** Whether it is one of the roles that are made for pulling. */
        public boolean isMeantForPulling() {
            return PullRole.of(role.id()).isPresent();
        }

        /** What narrows it, where that matters for a pull. */
        public Optional<AssignmentCondition> condition() {
            return by.condition().map(AssignmentCondition::of).filter(condition -> !condition.letsAll(mode.actions()));
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
        Optional<Given> whole = giving.stream()
                .filter(each -> each.condition().isEmpty())
                .min(Comparator.comparing(Given::isThroughGroup)
                        .thenComparing(each -> !each.isMeantForPulling())
                        .thenComparing(each -> !each.by().authorship().isOurs()));
        if (whole.isPresent()) {
            return new Held(whole.get());
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
