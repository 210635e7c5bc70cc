package io.github.acrattach.domain;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** A cluster and a registry that fit together, for tests to take apart. */
public final class Samples {

    public static final UUID SUBSCRIPTION = UUID.fromString("3f2b8c14-5d6e-4a7f-9b10-c2d3e4f5a601");
    public static final UUID KUBELET = UUID.fromString("1b2c3d4e-5f60-4718-9293-a4b5c6d7e8f9");
    public static final ArmId CLUSTER = ArmId.parse("/subscriptions/" + SUBSCRIPTION
            + "/resourcegroups/platform/providers/Microsoft.ContainerService/managedClusters/aks-shop");
    public static final ArmId REGISTRY = ArmId.parse("/subscriptions/" + SUBSCRIPTION
            + "/resourceGroups/platform/providers/Microsoft.ContainerRegistry/registries/acrshop");
    public static final ApiServerProfile API_SERVER =
            new ApiServerProfile(Set.of("aks-shop-dns-cfea5170.hcp.westeurope.azmk8s.io"), false, true);
    public static final PullGrant GRANT = new PullGrant(CLUSTER, REGISTRY, KUBELET, PullRole.ACR_PULL);

    /** What writes. */
    public static final Version VERSION = new Version("0.1.0");

    /** The sample registry, as its pull secrets know it. */
    public static final PullSecretOwner OWNER = PullSecretOwner.of(registry());

    private Samples() {}

    public static Cluster cluster() {
        return cluster(
                CLUSTER,
                Map.of("team", "shop"),
                ProvisioningState.SUCCEEDED,
                new PullIdentity.Kubelet(KUBELET),
                API_SERVER);
    }

    /** One that runs, of which no nodes are shown. */
    public static Cluster cluster(
            ArmId id,
            Map<String, String> tags,
            ProvisioningState state,
            PullIdentity identity,
            ApiServerProfile apiServer) {
        return cluster(id, tags, state, identity, apiServer, PowerState.RUNNING, List.of());
    }

    /** One of which it is not shown how its nodes leave. */
    public static Cluster cluster(
            ArmId id,
            Map<String, String> tags,
            ProvisioningState state,
            PullIdentity identity,
            ApiServerProfile apiServer,
            PowerState power,
            List<NodePool> nodePools) {
        return cluster(id, tags, state, identity, apiServer, power, nodePools, Egress.NOT_SHOWN);
    }

    /** One of which no identity is shown but the one that pulls. */
    public static Cluster cluster(
            ArmId id,
            Map<String, String> tags,
            ProvisioningState state,
            PullIdentity identity,
            ApiServerProfile apiServer,
            PowerState power,
            List<NodePool> nodePools,
            Egress egress) {
        return new Cluster(
                id,
                tags,
                state,
                identity,
                apiServer,
                power,
                nodePools,
                egress,
                List.of(),
                false,
                false,
                Optional.empty());
    }

    public static Registry registry() {
        return registry(ProvisioningState.SUCCEEDED, Optional.empty());
    }

    public static Registry registry(ProvisioningState state, Optional<String> mode) {
        return registry(REGISTRY, Map.of("team", "shop"), state, "acrShop.azurecr.io", mode);
    }

    /** One that takes tokens for ARM; without a login server, it shows one of somebody else's. */
    public static Registry registry(
            ArmId id, Map<String, String> tags, ProvisioningState state, String loginServer, Optional<String> mode) {
        return registry(id, tags, state, loginServer, mode, loginServer.isEmpty(), true, Optional.of(List.of()));
    }

    /** One that anybody reaches who has a right, and nobody else. */
    public static Registry registry(
            ArmId id,
            Map<String, String> tags,
            ProvisioningState state,
            String loginServer,
            Optional<String> mode,
            boolean showsForeignServer,
            boolean takesArmTokens,
            Optional<List<String>> regionalEndpoints) {
        return new Registry(
                id,
                tags,
                state,
                loginServer,
                mode,
                showsForeignServer,
                takesArmTokens,
                regionalEndpoints,
                RegistryNetwork.OPEN,
                false,
                false,
                Optional.empty());
    }

    public static Problem problem(Problem.Kind kind) {
        return Problem.of(kind, "It is so.", CLUSTER, "Mend it.");
    }

    public static RoleAssignment assignment(UUID principal, PullRole role, String scope, String condition) {
        return new RoleAssignment(
                scope + "/providers/Microsoft.Authorization/roleAssignments/0c0ffee0-0000-4000-8000-000000000001",
                scope,
                principal,
                PrincipalKind.SERVICE_PRINCIPAL,
                role.definition(),
                Optional.ofNullable(condition),
                Optional.empty(),
                Authorship.UNKNOWN);
    }

    /** What it gives at the sample registry. */
    public static PullRight.Given given(RoleAssignment by) {
        return new PullRight.Given(by, PullRole.of(by.role()).orElseThrow().asDefinition(), PullRole.ACR_PULL);
    }

    static Facts facts(Cluster cluster, Registry registry, List<RoleAssignment> assignments) {
        return Facts.of(
                new Pairing(CLUSTER, REGISTRY),
                PairingRule.Method.ROLE,
                new Lookup.Found<>(cluster),
                new Lookup.Found<>(registry),
                new Lookup.Found<>(KUBELET),
                new Lookup.Found<>(assignments));
    }
}
