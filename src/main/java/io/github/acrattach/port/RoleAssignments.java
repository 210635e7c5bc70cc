package io.github.acrattach.port;

import io.github.acrattach.domain.ArmId;
import io.github.acrattach.domain.Lookup;
import io.github.acrattach.domain.Problem;
import io.github.acrattach.domain.PullGrant;
import io.github.acrattach.domain.RoleAssignment;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/** The role assignments at registries. */
public interface RoleAssignments {

    /** How an attempt to make an assignment ended. */
    sealed interface Attempt {

        /** Goes on with whichever it is. */
        <R> R fold(Supplier<R> made, Supplier<R> exists, Supplier<R> registryGone, Function<Problem, R> denied);

        /** It is there now, under the grant's own name. */
        record Made() implements Attempt {
            @Override
            public <R> R fold(
                    Supplier<R> made, Supplier<R> exists, Supplier<R> registryGone, Function<Problem, R> denied) {
                return made.get();
            }
        }

        /** Azure says that an equal one is there already; it may be narrower than what was asked for. */
        record Exists() implements Attempt {
            @Override
            public <R> R fold(
                    Supplier<R> made, Supplier<R> exists, Supplier<R> registryGone, Function<Problem, R> denied) {
                return exists.get();
            }
        }

        /** The registry is not there any more. */
        record RegistryGone() implements Attempt {
            @Override
            public <R> R fold(
                    Supplier<R> made, Supplier<R> exists, Supplier<R> registryGone, Function<Problem, R> denied) {
                return registryGone.get();
            }
        }

        /** Refused for good. */
        record Denied(Problem problem) implements Attempt {
            @Override
            public <R> R fold(
                    Supplier<R> made, Supplier<R> exists, Supplier<R> registryGone, Function<Problem, R> denied) {
                return denied.apply(problem);
            }
        }
    }

    /** The assignments at the registry and above it. */
    Lookup<List<RoleAssignment>> at(ArmId registry);

    /** Makes the assignment; the same grant made twice is one assignment. */
    Attempt make(PullGrant grant);

    /** Removes the assignment with this id; absent when there is none. The answer is the id. */
    Lookup<String> remove(String assignmentId);
}
