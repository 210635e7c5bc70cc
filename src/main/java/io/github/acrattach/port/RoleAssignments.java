package io.github.acrattach.port;

import io.github.acrattach.domain.ArmId;
import io.github.acrattach.domain.Lookup;
import io.github.acrattach.domain.Problem;
import io.github.acrattach.domain.PullGrant;
import io.github.acrattach.domain.RoleAssignment;
import io.smallrye.mutiny.Uni;
import java.util.List;

/** The role assignments at registries. */
public interface RoleAssignments {

    /** How an attempt to make an assignment ended. */
    sealed interface Attempt {

        /** It is there now, under the grant's own name. */
        record Made() implements Attempt {}

        /** Azure says that an equal one is there already; it may be narrower than what was asked for. */
        record Exists() implements Attempt {}

        /** The registry is not there any more. */
        record RegistryGone() implements Attempt {}

        /** Refused for good. */
        record Denied(Problem problem) implements Attempt {}
    }

    /** The assignments at the registry and above it. */
    Uni<Lookup<List<RoleAssignment>>> at(ArmId registry);

    /** Makes the assignment; the same grant made twice is one assignment. */
    Uni<Attempt> make(PullGrant grant);

    /** Removes the assignment with this id; absent when there is none. The answer is the id. */
    Uni<Lookup<String>> remove(String assignmentId);
}
