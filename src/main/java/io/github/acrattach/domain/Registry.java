package io.github.acrattach.domain;

import java.time.Instant;
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
 * @param network from where it may be reached
 * @param anonymousPull whether anybody may pull
 * @param adminUser whether it has a user who may do everything, with a password that does not expire
 * @param changedOn when somebody last changed it; empty where nobody did since it was made, or that is not shown
 */
public record Registry(
        ArmId id,
        Map<String, String> tags,
        ProvisioningState state,
        String loginServer,
        Optional<String> roleAssignmentMode,
        boolean showsForeignServer,
        boolean takesArmTokens,
        RegistryNetwork network,
        boolean anonymousPull,
        boolean adminUser,
        Optional<Instant> changedOn) {

    public Registry {
        tags = Tags.copyOf(tags);
        loginServer = loginServer.toLowerCase(Locale.ROOT);
    }

    /** One that anybody reaches who has a right, and nobody else. */
    public Registry(
            ArmId id,
            Map<String, String> tags,
            ProvisioningState state,
            String loginServer,
            Optional<String> roleAssignmentMode,
            boolean showsForeignServer,
            boolean takesArmTokens) {
        this(
                id,
                tags,
                state,
                loginServer,
                roleAssignmentMode,
                showsForeignServer,
                takesArmTokens,
                RegistryNetwork.OPEN,
                false,
                false,
                Optional.empty());
    }

    /** The role that allows pulling here; empty when the registry is in a mode that this program does not know. */
    public Optional<PullRole> pullRole() {
        return PullRole.forMode(roleAssignmentMode);
    }
}
