package io.github.acrattach.adapter.arm;

import static io.github.acrattach.adapter.azure.Answered.found;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.Estates;
import io.github.acrattach.adapter.azure.Azure;
import io.github.acrattach.adapter.azure.AzureAt;
import io.github.acrattach.adapter.azure.ManagedClusters;
import io.github.acrattach.domain.ArmId;
import io.github.acrattach.domain.Cluster;
import io.github.acrattach.domain.Egress;
import io.github.acrattach.emulator.Emulator;
import io.github.acrattach.emulator.EmulatorOptions;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** By which addresses a cluster leaves, as far as ARM shows it. */
class EgressOfClusterTest {

    private static final ArmId ID = ArmId.parse(Estates.cluster("aks-legacy"));
    private static final String NETWORK = "/subscriptions/" + Estates.PRODUCTION
            + "/resourceGroups/MC_platform_aks-legacy_westeurope/providers/Microsoft.Network/";
    private static final String ADDRESS = NETWORK + "publicIPAddresses/5ba3fda8-4e25-4f30-b8f1-e7d27c87cd02";
    private static final String PREFIX = NETWORK + "publicIPPrefixes/out";

    private static Emulator emulator;

    @BeforeAll
    static void start() {
        emulator = Emulator.start(EmulatorOptions.of(Estates.changed(estate -> {})));
    }

    @AfterAll
    static void stop() {
        emulator.close();
    }

    @BeforeEach
    void reset() {
        emulator.reset();
    }

    @ParameterizedTest
    @CsvSource({"loadBalancer, loadBalancerProfile", "managedNATGateway, natGatewayProfile"})
    void addressesOfTheWayOutThatAksLooksAfterAreRead(String type, String profile) {
        assertThat(egress(type, profile, ADDRESS, PREFIX, ADDRESS.toUpperCase(Locale.ROOT)))
                .isEqualTo(new Egress(
                        Optional.of(type),
                        List.of(ArmId.parse(ADDRESS), ArmId.parse(PREFIX)),
                        Optional.empty(),
                        false));
    }

    @Test
    void clusterThatShowsNoOutboundTypeLeavesByItsLoadBalancer() {
        assertThat(egress(null, "loadBalancerProfile", ADDRESS))
                .isEqualTo(new Egress(Optional.empty(), List.of(ArmId.parse(ADDRESS)), Optional.empty(), false));
    }

    @ParameterizedTest
    @ValueSource(strings = {"userDefinedRouting", "none", "block", "managedNATGateway"})
    void addressesThatAFormerWayOutLeftBehindAreNotTaken(String type) {
        assertThat(egress(type, "loadBalancerProfile", ADDRESS))
                .isEqualTo(new Egress(Optional.of(type), List.of(), Optional.empty(), false));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/subscriptions/x",
                "/subscriptions/" + Estates.PRODUCTION
                        + "/resourceGroups/g/providers/Microsoft.Compute/virtualMachines/vm",
                "/subscriptions/" + Estates.PRODUCTION
                        + "/resourceGroups/g/providers/Microsoft.Network/publicIPAddresses/a?api-version=1"
            })
    void idOfAnythingElseIsNotAskedForAndMakesTheRestAPart(String id) {
        assertThat(egress("loadBalancer", "loadBalancerProfile", id, ADDRESS))
                .isEqualTo(
                        new Egress(Optional.of("loadBalancer"), List.of(ArmId.parse(ADDRESS)), Optional.empty(), true));
    }

    @Test
    void nodesWithAddressesOfTheirOwnMakeTheRestAPart() {
        ObjectNode pools = JsonNodeFactory.instance.objectNode();
        pools.putArray("agentPoolProfiles")
                .addObject()
                .put("name", "edge")
                .put("count", 1)
                .put("enableNodePublicIP", true);
        emulator.changeResource(ID.toString(), pools);
        assertThat(egress("loadBalancer", "loadBalancerProfile", ADDRESS).isPartial())
                .isTrue();
    }

    @Test
    void networkThatTheUserBroughtIsRead() {
        ArmId subnet = ArmId.parse(NETWORK + "virtualNetworks/spoke/subnets/nodes");
        ObjectNode pools = JsonNodeFactory.instance.objectNode();
        ArrayNode profiles = pools.putArray("agentPoolProfiles");
        profiles.addObject().put("name", "odd").put("vnetSubnetID", "odd");
        profiles.addObject().put("name", "nodes").put("vnetSubnetID", subnet.toString());
        emulator.changeResource(ID.toString(), pools);
        assertThat(read().egress().subnet()).contains(subnet);
    }

    @Test
    void clusterThatShowsNothingOfItsNetworkShowsNoWayOut() {
        emulator.changeResource(
                ID.toString(), JsonNodeFactory.instance.objectNode().putNull("networkProfile"));
        assertThat(read().egress()).isEqualTo(Egress.NOT_SHOWN);
    }

    private static Egress egress(String type, String profile, String... ids) {
        ObjectNode properties = JsonNodeFactory.instance.objectNode();
        ObjectNode network = properties.putObject("networkProfile").put("outboundType", type);
        ArrayNode shown = network.putObject(profile).putArray("effectiveOutboundIPs");
        for (String id : ids) {
            shown.addObject().put("id", id);
        }
        emulator.changeResource(ID.toString(), properties);
        return read().egress();
    }

    /** As it is read by itself, and in the list. */
    private static Cluster read() {
        Azure azure = AzureAt.emulator(emulator);
        ArmClusters clusters = new ArmClusters(azure, new ManagedClusters(azure));
        Cluster alone = found(clusters.find(ID));
        assertThat(found(clusters.in(ID.subscription()))).contains(alone);
        return alone;
    }
}
