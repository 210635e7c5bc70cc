package io.github.acrattach.emulator.arm.authorization;

/** Whether somebody may do something: the union of what their role assignments allow at or above a scope. */
public final class Rights {
    private final RoleAssignments assignments;
    private final RoleDefinitions definitions;

    public Rights(RoleAssignments assignments, RoleDefinitions definitions) {
        this.assignments = assignments;
        this.definitions = definitions;
    }

    public boolean allow(String principalId, String action, String scope) {
        return assignments.of(principalId).stream()
                .filter(assignment -> assignment.scope().covers(scope))
                .flatMap(assignment -> definitions.byGuid(assignment.roleDefinition()).stream())
                .anyMatch(role -> role.allows(action));
    }

    /** Who holds any role at, above or below a scope sees that the scope exists. */
    public boolean see(String principalId, String scope) {
        return assignments.of(principalId).stream()
                .map(RoleAssignment::scope)
                .anyMatch(held -> held.covers(scope) || Scope.of(scope).covers(held.path()));
    }
}
