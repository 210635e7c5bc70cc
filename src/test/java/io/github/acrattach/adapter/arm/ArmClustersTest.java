package io.github.acrattach.adapter.arm;

import static io.github.acrattach.adapter.azure.Answered.found;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.Estates;
import io.github.acrattach.adapter.azure.Azure;
import io.github.acrattach.adapter.azure.AzureAt;
import io.github.acrattach.adapter.azure.ManagedClusters;
import io.github.acrattach.domain.ApiServerProfile;
import io.github.acrattach.domain.ArmId;
import io.github.acrattach.domain.Cluster;
import io.github.acrattach.domain.NodePool;
import io.github.acrattach.domain.PowerState;
import io.github.acrattach.domain.ProvisioningState;
import io.github.acrattach.emulator.Emulator;
import io.github.acrattach.emulator.EmulatorOptions;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What ARM tells of a cluster's API server: it decides on who gets a credential, and by which way. */
class ArmClustersTest {

    private static Emulator emulator;

    @BeforeAll
    static void start() {
        emulator = Emulator.start(EmulatorOptions.of(Estates.changed(estate -> {
            ((ObjectNode) Estates.resource(estate, "aks-shop").path("properties")).remove("azurePortalFQDN");
            ObjectNode secluded =
                    (ObjectNode) Estates.resource(estate, "aks-legacy").path("properties");
            secluded.put("fqdn", "legacy.hcp.westeurope.azmk8s.io")
                    .put("privateFQDN", "legacy.privatelink.westeurope.azmk8s.io")
                    .put("azurePortalFQDN", "legacy.portal.hcp.westeurope.azmk8s.io")
                    .putObject("apiServerAccessProfile")
                    .put("enablePrivateCluster", true);
        })));
    }

    @AfterAll
    static void stop() {
        emulator.close();
    }

    @Test
    void publicClusterWithEntra() {
        assertThat(apiServer("aks-shop"))
                .isEqualTo(new ApiServerProfile(Set.of(emulator.uri().getAuthority()), false, true));
    }

    @Test
    void privateClusterWithLocalAccounts() {
        assertThat(apiServer("aks-legacy"))
                .isEqualTo(new ApiServerProfile(
                        Set.of(
                                "legacy.hcp.westeurope.azmk8s.io",
                                "legacy.privatelink.westeurope.azmk8s.io",
                                "legacy.portal.hcp.westeurope.azmk8s.io"),
                        true,
                        false));
    }

    @Test
    void powerAndNodePoolsAreRead() {
        String id = Estates.cluster("aks-legacy");
        assertThat(read("aks-legacy").power()).isEqualTo(PowerState.RUNNING);
        assertThat(read("aks-legacy").nodePools())
                .containsExactly(new NodePool("nodepool1", "1.31.9", NodePool.Nodes.SOME));
        ObjectNode stopped = JsonNodeFactory.instance.objectNode().put("provisioningState", "Failed");
        stopped.putObject("powerState").put("code", "Stopped");
        stopped.putNull("agentPoolProfiles");
        emulator.changeResource(id, stopped);
        assertThat(read("aks-legacy").power()).isEqualTo(PowerState.STOPPED);
        assertThat(read("aks-legacy").state()).isEqualTo(ProvisioningState.FAILED);
        assertThat(read("aks-legacy").nodePools()).isEmpty();
        emulator.changeResource(id, JsonNodeFactory.instance.objectNode().put("provisioningState", "Starting"));
        assertThat(read("aks-legacy").power()).isEqualTo(PowerState.STARTING);
        emulator.reset();
    }

    private static ApiServerProfile apiServer(String name) {
        return read(name).apiServer();
    }

    /** As it is read by itself, and in the list. */
    private static Cluster read(String name) {
        Azure azure = AzureAt.emulator(emulator);
        ArmClusters clusters = new ArmClusters(azure, new ManagedClusters(azure));
        ArmId id = ArmId.parse(Estates.cluster(name));
        Cluster cluster = found(clusters.find(id));
        assertThat(found(clusters.in(id.subscription()))).contains(cluster);
        return cluster;
    }
}
