package io.github.acrattach.port;

import io.github.acrattach.domain.ArmId;
import io.github.acrattach.domain.Lookup;
import io.github.acrattach.domain.PullGrant;
import io.github.acrattach.domain.RoleAssignment;
import java.util.List;
import java.util.UUID;

/** The role assignments at registries. */
public interface RoleAssignments {

    /** The assignments at the registry and above it. */
    Lookup<List<RoleAssignment>> at(ArmId registry);

    /**
     * The assignments that reach a principal, through groups too, at the scope, above it and below it. Those through groups
     * name the group.
     */
    Lookup<List<RoleAssignment>> reaching(UUID principal, String scope);

    /**
     * Makes the assignment under the grant's own name; the same grant made twice is one assignment. Absent when the registry
     * is gone. Denied as {@link io.github.acrattach.domain.Problem.Kind#GRANT_NOT_LISTED} when Azure says that an equal one
     * is there already, which may be narrower than what was asked for.
     */
    Lookup<PullGrant> make(PullGrant grant);

    /** Removes the assignment with this id; absent when there is none. The answer is the id. */
    Lookup<String> remove(String assignmentId);
}
