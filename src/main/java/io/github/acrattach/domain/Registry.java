package io.github.acrattach.domain;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An ACR registry as ARM describes it.
 *
 * @param loginServer the host that images are pulled from, in lower case; not always {@code <name>.azurecr.io}; empty where
 *     ARM shows none that is the registry's own: passwords go to no other
 * @param roleAssignmentMode which roles the registry honours; absent on older registries
 * @param showsForeignServer whether ARM shows a login server that is none of the registry's; if not, and there is none, it
 *     shows none yet
 * @param takesArmTokens whether it lets in who comes with a token of Entra ID that is meant for ARM
 * @param regionalEndpoints the hosts under which single regions of it answer, see {@link RegionalHost}; empty where it may
 *     have some, and was not asked for them
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
        Optional<List<String>> regionalEndpoints,
        RegistryNetwork network,
        boolean anonymousPull,
        boolean adminUser,
        Optional<Instant> changedOn) {

    public Registry {
        tags = Tags.copyOf(tags);
        String global = loginServer.toLowerCase(Locale.ROOT);
        loginServer = global;
        regionalEndpoints = regionalEndpoints.map(shown -> RegionalHost.own(global, shown));
    }

    /** The same with what it answered when it was asked for its regional endpoints. */
    public Registry with(List<String> hosts) {
        return new Registry(
                id,
                tags,
                state,
                loginServer,
                roleAssignmentMode,
                showsForeignServer,
                takesArmTokens,
                Optional.of(hosts),
                network,
                anonymousPull,
                adminUser,
                changedOn);
    }

    /** All hosts that images may be named by, as far as they are known, that of the whole world first. */
    public List<String> loginServers() {
        return Stream.concat(
                        Stream.of(loginServer).filter(host -> !host.isEmpty()),
                        regionalEndpoints.stream().flatMap(List::stream))
                .toList();
    }

    /** The role that allows pulling here; empty when the registry is in a mode that this program does not know. */
    public Optional<PullRole> pullRole() {
        return PullRole.forMode(roleAssignmentMode);
    }
}
