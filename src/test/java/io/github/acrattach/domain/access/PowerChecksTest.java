package io.github.acrattach.domain.access;

import static io.github.acrattach.domain.access.Finding.State.FAILS;
import static io.github.acrattach.domain.access.Finding.State.OK;
import static io.github.acrattach.domain.access.Finding.State.SKIPPED;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.acrattach.domain.AzCommand;
import io.github.acrattach.domain.Lookup;
import io.github.acrattach.domain.NodePool;
import io.github.acrattach.domain.NodePool.Nodes;
import io.github.acrattach.domain.PowerState;
import io.github.acrattach.domain.Problem;
import io.github.acrattach.domain.ProvisioningState;
import io.github.acrattach.domain.Samples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whether a cluster can run pods at all. */
class PowerChecksTest {

    private static final NodePool WORKING = new NodePool("work", "1.33.5", Nodes.SOME);
    private static final NodePool EMPTY = new NodePool("empty", "1.33.5", Nodes.NONE);
    private static final NodePool STOPPED = new NodePool("off", "1.33.5", Nodes.STOPPED);

    @Test
    void runningClusterIsAsItShouldBe() {
        Finding finding = check(AlteredCluster.sample().pools(WORKING));
        assertThat(finding).isEqualTo(Finding.ok(Check.POWER, "running, last operation succeeded"));
    }

    @Test
    void stoppedClusterIsStarted() {
        Finding finding =
                check(AlteredCluster.sample().power(PowerState.STOPPED).state(ProvisioningState.FAILED));
        assertThat(finding.code()).contains(Code.CLUSTER_STOPPED);
        assertThat(finding.state()).isEqualTo(FAILS);
        assertThat(finding.seen()).isEqualTo("stopped, last operation failed or canceled");
        assertThat(finding.cause()).contains("The cluster aks-shop is stopped, so it pulls from no registry at all.");
        assertThat(finding.fix()).contains(AzCommand.start(Samples.CLUSTER));
    }

    @Test
    void clusterOnItsWayDownIsStartedAfterwards() {
        Finding finding = check(AlteredCluster.sample().power(PowerState.STOPPING));
        assertThat(finding.code()).contains(Code.CLUSTER_STOPPED);
        assertThat(finding.fix().orElseThrow()).endsWith("(once it has stopped)");
    }

    @Test
    void clusterOnItsWayUpIsNotReady() {
        Finding starting = check(AlteredCluster.sample().power(PowerState.STARTING));
        assertThat(starting.code()).contains(Code.CLUSTER_NOT_READY);
        assertThat(starting.cause().orElseThrow()).contains("still starting it");
        Finding creating = check(AlteredCluster.sample().state(ProvisioningState.CREATING));
        assertThat(creating.code()).contains(Code.CLUSTER_NOT_READY);
        assertThat(creating.cause().orElseThrow()).contains("still making it");
    }

    @ParameterizedTest
    @EnumSource(names = {"IN_PROGRESS", "FAILED"})
    void operationStopsNoPod(ProvisioningState state) {
        Finding finding = check(AlteredCluster.sample().state(state).pools(WORKING));
        assertThat(finding.state()).isEqualTo(OK);
        assertThat(finding.code()).isEmpty();
        assertThat(finding.seen()).isEqualTo("running, last operation " + state.told());
    }

    @Test
    void powerThatIsNotShownIsNoTrouble() {
        assertThat(check(AlteredCluster.sample().power(PowerState.UNKNOWN)).seen())
                .isEqualTo("power state not shown, last operation succeeded");
    }

    @Test
    void clusterOfStoppedPoolsHasNobodyToPull() {
        Finding finding = check(AlteredCluster.sample().pools(STOPPED, EMPTY));
        assertThat(finding.code()).contains(Code.NO_NODES);
        assertThat(finding.seen()).endsWith("2 of 2 node pools without a node");
        assertThat(finding.fix().orElseThrow())
                .isEqualTo("az aks nodepool start --subscription \"" + Samples.SUBSCRIPTION
                        + "\" --resource-group \"platform\" --cluster-name \"aks-shop\" --nodepool-name \"off\"");
    }

    @Test
    void clusterOfEmptyPoolsGetsANode() {
        assertThat(check(AlteredCluster.sample().pools(EMPTY)).fix().orElseThrow())
                .endsWith("--name \"empty\" --node-count 1");
    }

    @Test
    void onePoolThatRunsIsEnough() {
        Finding finding = check(AlteredCluster.sample().pools(STOPPED, WORKING, EMPTY));
        assertThat(finding.state()).isEqualTo(OK);
        assertThat(finding.seen()).endsWith("2 of 3 node pools without a node");
    }

    @Test
    void poolOfWhichNothingIsShownMayRun() {
        assertThat(check(AlteredCluster.sample().pools(STOPPED, new NodePool("untold", "")))
                        .state())
                .isEqualTo(OK);
    }

    @Test
    void clusterThatMakesNodesNeedsNoPool() {
        assertThat(check(AlteredCluster.sample().pools(EMPTY).makingNodes()).state())
                .isEqualTo(OK);
    }

    @Test
    void clusterThatCannotBeSeenIsNotLookedInto() {
        assertThat(PowerChecks.of(new Lookup.Absent<>()).state()).isEqualTo(SKIPPED);
        assertThat(PowerChecks.of(new Lookup.Denied<>(Samples.problem(Problem.Kind.MISSING_RIGHT)))
                        .state())
                .isEqualTo(SKIPPED);
        assertThat(check(AlteredCluster.sample().state(ProvisioningState.DELETING))
                        .state())
                .isEqualTo(SKIPPED);
    }

    private static Finding check(AlteredCluster cluster) {
        return PowerChecks.of(cluster.found());
    }
}
