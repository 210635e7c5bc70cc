package io.github.acrattach.adapter.arm;

import static io.github.acrattach.adapter.azure.Answered.found;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.Estates;
import io.github.acrattach.adapter.azure.Azure;
import io.github.acrattach.adapter.azure.AzureAt;
import io.github.acrattach.adapter.azure.ManagedClusters;
import io.github.acrattach.domain.ArmId;
import io.github.acrattach.domain.Cluster;
import io.github.acrattach.domain.ClusterIdentity;
import io.github.acrattach.domain.ClusterIdentity.Use;
import io.github.acrattach.domain.NodePool;
import io.github.acrattach.domain.NodePool.Nodes;
import io.github.acrattach.emulator.Emulator;
import io.github.acrattach.emulator.EmulatorOptions;
import io.github.acrattach.emulator.estate.Estate;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Who a cluster is beside the one that pulls, and what it can run pods on. */
class ArmClusterIdentitiesTest {

    private static final UUID CONTROL_PLANE = UUID.fromString("5f607182-93a4-4b5c-86d7-e8f901213243");
    private static final UUID POLICY = UUID.fromString("60718293-a4b5-4c6d-97e8-f90121324354");
    private static final UUID SECRETS = UUID.fromString("718293a4-b5c6-4d7e-a8f9-012132435465");
    private static final UUID BILLING = UUID.fromString("8293a4b5-c6d7-4e8f-b901-213243546576");
    private static final UUID ROUTING = UUID.fromString("93a4b5c6-d7e8-4f90-8121-324354657687");

    /** A role for it reaches nobody. */
    private static final ClusterIdentity BY_CLIENT_ID = new ClusterIdentity(
            Use.CLIENT_ID, "kubeletidentity", UUID.fromString("2c3d4e5f-6071-4829-a3b4-c5d6e7f80910"));

    private static Emulator emulator;

    @BeforeAll
    static void start() {
        emulator = Emulator.start(EmulatorOptions.of(Estate.sample()));
    }

    @AfterAll
    static void stop() {
        emulator.close();
    }

    @Test
    void eachIdentityThatDoesNotPullIsToldWithItsUse() {
        Cluster cluster = read(shop -> {
            shop.putObject("identity")
                    .put("type", "SystemAssigned")
                    .put("principalId", CONTROL_PLANE.toString())
                    .put("tenantId", Estates.TENANT);
            ObjectNode properties = properties(shop);
            ObjectNode addOns = properties.putObject("addonProfiles");
            addOns.putObject("azurepolicy")
                    .put("enabled", true)
                    .putObject("identity")
                    .put("objectId", POLICY.toString());
            addOns.putObject("httpApplicationRouting").put("enabled", false);
            properties
                    .withObject("/identityProfile")
                    .putObject("secretsidentity")
                    .put("objectId", SECRETS.toString());
            properties
                    .putObject("podIdentityProfile")
                    .put("enabled", true)
                    .putArray("userAssignedIdentities")
                    .addObject()
                    .put("name", "billing")
                    .put("namespace", "shop")
                    .putObject("identity")
                    .put("objectId", BILLING.toString());
            properties
                    .putObject("ingressProfile")
                    .putObject("webAppRouting")
                    .put("enabled", true)
                    .putObject("identity")
                    .put("objectId", ROUTING.toString());
        });
        assertThat(cluster.otherIdentities())
                .containsExactly(
                        new ClusterIdentity(Use.CONTROL_PLANE, "SystemAssigned", CONTROL_PLANE),
                        new ClusterIdentity(Use.ADD_ON, "azurepolicy", POLICY),
                        new ClusterIdentity(Use.OTHER, "secretsidentity", SECRETS),
                        new ClusterIdentity(Use.OTHER, "shop/billing", BILLING),
                        new ClusterIdentity(Use.ADD_ON, "webAppRouting", ROUTING),
                        BY_CLIENT_ID);
        assertThat(cluster.tenant()).contains(UUID.fromString(Estates.TENANT));
    }

    @Test
    void identityThatSomebodyBroughtForTheControlPlaneIsToldByItsName() {
        assertThat(read(shop -> brought(shop, CONTROL_PLANE.toString())).otherIdentities())
                .containsExactly(new ClusterIdentity(Use.CONTROL_PLANE, "id-control", CONTROL_PLANE), BY_CLIENT_ID);
    }

    @Test
    void identityThatBothManagesAndPullsIsNoOther() {
        assertThat(read(shop -> brought(shop, Estates.SHOP_KUBELET)).otherIdentities())
                .containsExactly(BY_CLIENT_ID);
    }

    @Test
    void identityWithoutObjectIdIsLeftOut() {
        assertThat(read(shop -> brought(shop, "")).otherIdentities()).containsExactly(BY_CLIENT_ID);
    }

    @Test
    void clientIdOfAServicePrincipalIsToldToo() {
        assertThat(read(shop -> properties(shop)
                                .putObject("servicePrincipalProfile")
                                .put("clientId", POLICY.toString()))
                        .otherIdentities())
                .contains(new ClusterIdentity(Use.CLIENT_ID, "servicePrincipalProfile", POLICY));
    }

    @Test
    void podsSignInOnlyWithWorkloadIdentityAndAnIssuer() {
        assertThat(changed(shop -> {}).workloadIdentity()).isFalse();
        assertThat(changed(shop -> workloadIdentity(shop, true, true)).workloadIdentity())
                .isTrue();
        assertThat(changed(shop -> workloadIdentity(shop, true, false)).workloadIdentity())
                .isFalse();
        assertThat(changed(shop -> workloadIdentity(shop, false, true)).workloadIdentity())
                .isFalse();
    }

    @Test
    void nodesOfEachPoolAreCounted() {
        Cluster cluster = changed(shop -> {
            ArrayNode pools = shop.putArray("agentPoolProfiles");
            pools.addObject().put("name", "some").put("count", 3);
            pools.addObject().put("name", "none").put("count", 0);
            pools.addObject().put("name", "grows").put("count", 0).put("enableAutoScaling", true);
            pools.addObject()
                    .put("name", "off")
                    .put("count", 3)
                    .putObject("powerState")
                    .put("code", "Stopped");
            pools.addObject().put("name", "untold");
        });
        assertThat(cluster.nodePools())
                .extracting(NodePool::name, NodePool::nodes)
                .containsExactly(
                        tuple("some", Nodes.SOME),
                        tuple("none", Nodes.NONE),
                        tuple("grows", Nodes.SOME),
                        tuple("off", Nodes.STOPPED),
                        tuple("untold", Nodes.UNKNOWN));
    }

    @Test
    void nodesMayComeByThemselves() {
        assertThat(changed(shop -> shop.putObject("nodeProvisioningProfile").put("mode", "Manual"))
                        .makesNodes())
                .isFalse();
        assertThat(changed(shop -> shop.putObject("nodeProvisioningProfile").put("mode", "Auto"))
                        .makesNodes())
                .isTrue();
        assertThat(changed(shop -> shop.putObject("addonProfiles")
                                .putObject("aciConnectorLinux")
                                .put("enabled", true))
                        .makesNodes())
                .isTrue();
    }

    private static ObjectNode properties(ObjectNode cluster) {
        return cluster.withObject("/properties");
    }

    private static void brought(ObjectNode cluster, String principal) {
        cluster.putObject("identity")
                .put("type", "UserAssigned")
                .putObject("userAssignedIdentities")
                .putObject(
                        "/subscriptions/" + Estates.PRODUCTION
                                + "/resourceGroups/platform/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-control")
                .put("principalId", principal);
    }

    private static void workloadIdentity(ObjectNode properties, boolean enabled, boolean issuer) {
        properties.putObject("securityProfile").putObject("workloadIdentity").put("enabled", enabled);
        properties.putObject("oidcIssuerProfile").put("enabled", issuer);
    }

    /** After a change of nothing but its properties. */
    private static Cluster changed(Consumer<ObjectNode> change) {
        ObjectNode properties = JsonNodeFactory.instance.objectNode();
        change.accept(properties);
        emulator.changeResource(Estates.cluster("aks-shop"), properties);
        Cluster cluster = read(emulator);
        emulator.reset();
        return cluster;
    }

    private static Cluster read(Consumer<ObjectNode> change) {
        try (Emulator changed = Emulator.start(
                EmulatorOptions.of(Estates.changed(estate -> change.accept(Estates.resource(estate, "aks-shop")))))) {
            return read(changed);
        }
    }

    /** As it is read by itself, and in the list. */
    private static Cluster read(Emulator azureAt) {
        Azure azure = AzureAt.emulator(azureAt);
        ArmClusters clusters = new ArmClusters(azure, new ManagedClusters(azure));
        ArmId id = ArmId.parse(Estates.cluster("aks-shop"));
        Cluster cluster = found(clusters.find(id));
        assertThat(found(clusters.in(id.subscription()))).contains(cluster);
        return cluster;
    }
}
