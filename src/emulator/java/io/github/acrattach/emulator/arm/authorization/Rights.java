package io.github.acrattach.emulator.arm.authorization;

import java.util.stream.Stream;

/** Whether somebody may do something: the union of what their role assignments allow at or above a scope. */
public final class Rights {
    private final RoleAssignments assignments;
    private final RoleDefinitions definitions;

    public Rights(RoleAssignments assignments, RoleDefinitions definitions) {
        this.assignments = assignments;
        this.definitions = definitions;
    }

    public boolean allow(String principalId, String action, String scope) {
        return held(principalId, scope).flatMap(this::role).anyMatch(role -> role.allows(action));
    }

    /** Leaves out assignments with a condition: nothing here can tell whether one holds. */
    public boolean allowUnconditionally(String principalId, String action, String scope) {
        return unconditional(principalId, scope).anyMatch(role -> role.allows(action));
    }

    /** The same for what lies inside a resource: an owner of a cluster has no right to its secrets. */
    public boolean allowData(String principalId, String dataAction, String scope) {
        return unconditional(principalId, scope).anyMatch(role -> role.allowsData(dataAction));
    }

    private Stream<RoleDefinition> unconditional(String principalId, String scope) {
        return held(principalId, scope)
                .filter(assignment -> assignment.extras().condition().isEmpty())
                .flatMap(this::role);
    }

    private Stream<RoleAssignment> held(String principalId, String scope) {
        return assignments.of(principalId).stream()
                .filter(assignment -> assignment.scope().covers(scope));
    }

    private Stream<RoleDefinition> role(RoleAssignment assignment) {
        return definitions.byGuid(assignment.roleDefinition()).stream();
    }

    /** Who holds any role at, above or below a scope sees that the scope exists. */
    public boolean see(String principalId, String scope) {
        return assignments.of(principalId).stream()
                .map(RoleAssignment::scope)
                .anyMatch(held -> held.covers(scope) || Scope.of(scope).covers(held.path()));
    }
}
