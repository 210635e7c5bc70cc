package io.github.acrattach.adapter.azure;

import io.github.acrattach.domain.AzCommand;
import java.util.Optional;
import java.util.function.Function;

/**
 * What was asked of Azure, so that a failure can name it.
 *
 * @param action the right that it takes, as Azure names it
 * @param scope what it was asked of
 * @param howToAllow the command that gives the right to a caller, whose object id may be unknown
 */
public record Operation(String action, String scope, Function<Optional<String>, String> howToAllow) {

    /** An operation that Azure RBAC judges, such as {@code Microsoft.ContainerService/managedClusters/read}. */
    public static Operation onArm(String action, String scope) {
        return new Operation(action, scope, caller -> AzCommand.allow(action, scope, caller));
    }
}
