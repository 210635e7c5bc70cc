package io.github.acrattach.domain;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * An ACR registry as ARM describes it.
 *
 * @param loginServer the host that images are pulled from, in lower case; not always {@code <name>.azurecr.io}; empty where
 *     ARM shows none that is the registry's own: passwords go to no other
 * @param roleAssignmentMode which roles the registry honours; absent on older registries
 * @param showsForeignServer whether ARM shows a login server that is none of the registry's; if not, and there is none, it
 *     shows none yet
 * @param takesArmTokens whether it lets in who comes with a token of Entra ID that is meant for ARM
 */
public record Registry(
        ArmId id,
        Map<String, String> tags,
        ProvisioningState state,
        String loginServer,
        Optional<String> roleAssignmentMode,
        boolean showsForeignServer,
        boolean takesArmTokens) {

    public Registry {
        tags = Tags.copyOf(tags);
        loginServer = loginServer.toLowerCase(Locale.ROOT);
    }

    /** The role that allows pulling here; empty when the registry is in a mode that this program does not know. */
    public Optional<PullRole> pullRole() {
        return PullRole.forMode(roleAssignmentMode);
    }
}
