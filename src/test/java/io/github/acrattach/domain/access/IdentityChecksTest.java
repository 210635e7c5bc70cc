package io.github.acrattach.domain.access;

import static io.github.acrattach.domain.access.Finding.State.FAILS;
import static io.github.acrattach.domain.access.Finding.State.OK;
import static io.github.acrattach.domain.access.Finding.State.SKIPPED;
import static io.github.acrattach.domain.access.Finding.State.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.acrattach.domain.AzCommand;
import io.github.acrattach.domain.Lookup;
import io.github.acrattach.domain.NodePool;
import io.github.acrattach.domain.Pairing;
import io.github.acrattach.domain.Problem;
import io.github.acrattach.domain.ProvisioningState;
import io.github.acrattach.domain.PullIdentity;
import io.github.acrattach.domain.Samples;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who pulls, where that is no service principal. */
class IdentityChecksTest {

    private static final Pairing PAIRING = new Pairing(Samples.CLUSTER, Samples.REGISTRY);
    private static final UUID HERE = UUID.fromString("6d1f0a52-7c3b-4e8d-9a41-2b5c7d9e0f31");
    private static final UUID THERE = UUID.fromString("0a1b2c3d-4e5f-4061-8273-94a5b6c7d8e9");
    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
    private static final PullIdentity NOBODY = PullIdentity.of(Map.of(), Optional.of("msi"));

    @Test
    void kubeletPulls() {
        assertThat(check(AlteredCluster.sample(), PairTenants.UNKNOWN))
                .isEqualTo(Finding.ok(Check.IDENTITY, "kubelet identity " + Samples.KUBELET));
    }

    @Test
    void kubeletOfAnotherTenantIsReachedByNoRole() {
        PairTenants tenants = tenants(AlteredCluster.sample().tenant(THERE), Map.of(Samples.SUBSCRIPTION, HERE));
        Finding finding = check(AlteredCluster.sample(), tenants);
        assertThat(finding.code()).contains(Code.OTHER_TENANT);
        assertThat(finding.state()).isEqualTo(FAILS);
        assertThat(finding.cause().orElseThrow())
                .contains(HERE.toString(), THERE.toString(), "no role reaches an identity of another tenant");
        assertThat(finding.fix().orElseThrow()).contains("\"method\": \"secret\"");
    }

    @Test
    void tenantsThatAreNotBothKnownAreNotCompared() {
        assertThat(check(
                                AlteredCluster.sample(),
                                tenants(AlteredCluster.sample().tenant(THERE), Map.of()))
                        .state())
                .isEqualTo(OK);
        assertThat(check(AlteredCluster.sample(), tenants(AlteredCluster.sample(), Map.of()))
                        .state())
                .isEqualTo(OK);
    }

    /** An identity that somebody brought shows no tenant, and lives in that of the subscription. */
    @Test
    void tenantOfTheSubscriptionIsThatOfTheCluster() {
        PairTenants tenants = tenants(AlteredCluster.sample(), Map.of(Samples.SUBSCRIPTION, HERE));
        assertThat(tenants).isEqualTo(new PairTenants(Optional.of(HERE), Optional.of(HERE), Optional.of(HERE)));
        assertThat(check(AlteredCluster.sample(), tenants).state()).isEqualTo(OK);
    }

    @Test
    void subscriptionsThatMayNotBeListedSayNothing() {
        assertThat(PairTenants.of(
                        PAIRING,
                        AlteredCluster.sample().found(),
                        new Lookup.Denied<>(Samples.problem(Problem.Kind.MISSING_RIGHT)),
                        Optional.empty()))
                .isEqualTo(PairTenants.UNKNOWN);
    }

    @Test
    void nobodyPulls() {
        Finding finding = check(AlteredCluster.sample().identity(NOBODY), PairTenants.UNKNOWN);
        assertThat(finding.code()).contains(Code.NO_PULL_IDENTITY);
        assertThat(finding.state()).isEqualTo(FAILS);
        assertThat(finding.cause().orElseThrow()).startsWith("The cluster names no identity that pulls");
    }

    @Test
    void failedClusterWithoutIdentityIsRepairedFirst() {
        assertThat(check(AlteredCluster.sample().identity(NOBODY).state(ProvisioningState.FAILED), PairTenants.UNKNOWN)
                        .fix()
                        .orElseThrow())
                .startsWith(AzCommand.reconcile(Samples.CLUSTER));
    }

    @Test
    void severalMayPull() {
        PullIdentity several = PullIdentity.of(
                Map.of(
                        "kubeletidentity",
                        Optional.of(Samples.KUBELET.toString()),
                        "kubeletidentity2",
                        Optional.empty()),
                Optional.empty());
        Finding finding = check(AlteredCluster.sample().identity(several), PairTenants.UNKNOWN);
        assertThat(finding.code()).contains(Code.PULL_IDENTITY_UNCLEAR);
        assertThat(finding.state()).isEqualTo(UNKNOWN);
        assertThat(finding.seen()).isEqualTo("kubelet identities " + Samples.KUBELET + ", one without a valid id");
    }

    @Test
    void kubeletWithoutValidIdIsUnclear() {
        PullIdentity broken = PullIdentity.of(Map.of("kubeletidentity", Optional.of("none")), Optional.of("msi"));
        assertThat(check(AlteredCluster.sample().identity(broken), PairTenants.UNKNOWN)
                        .code())
                .contains(Code.PULL_IDENTITY_UNCLEAR);
    }

    @ParameterizedTest
    @EnumSource(names = {"CREATING", "IN_PROGRESS"})
    void identityMayStillCome(ProvisioningState state) {
        Finding finding = check(AlteredCluster.sample().identity(NOBODY).state(state), PairTenants.UNKNOWN);
        assertThat(finding.code()).contains(Code.CLUSTER_NOT_READY);
    }

    @Test
    void clusterThatCannotBeSeenIsNotLookedInto() {
        assertThat(IdentityChecks.of(PAIRING, new Lookup.Absent<>(), new Lookup.Absent<>(), PairTenants.UNKNOWN, NOW)
                        .get(0)
                        .state())
                .isEqualTo(SKIPPED);
        assertThat(IdentityChecks.of(
                                PAIRING,
                                new Lookup.Denied<>(Samples.problem(Problem.Kind.MISSING_RIGHT)),
                                new Lookup.Absent<>(),
                                PairTenants.UNKNOWN,
                                NOW)
                        .get(0)
                        .state())
                .isEqualTo(SKIPPED);
    }

    @Test
    void podsMayPullOnNewNodesWithWorkloadIdentity() {
        Finding finding = IdentityChecks.podsMayPullAsThemselves(AlteredCluster.sample()
                        .withWorkloadIdentity()
                        .pools(new NodePool("old", "1.33.5"), new NodePool("new", "1.34.0"))
                        .cluster())
                .orElseThrow();
        assertThat(finding.code()).contains(Code.PODS_MAY_PULL_AS_THEMSELVES);
        assertThat(finding.state()).isEqualTo(UNKNOWN);
        assertThat(finding.seen()).endsWith(": new");
        assertThat(finding.fix().orElseThrow()).contains("serviceAccountImagePullProfile");
    }

    @Test
    void podsOfOldNodesOrWithoutWorkloadIdentityDoNot() {
        NodePool old = new NodePool("old", "1.33.5");
        NodePool untold = new NodePool("untold", "");
        NodePool young = new NodePool("new", "1.35");
        assertThat(List.of(
                        AlteredCluster.sample().withWorkloadIdentity().pools(old, untold),
                        AlteredCluster.sample().withWorkloadIdentity(),
                        AlteredCluster.sample().pools(young)))
                .allMatch(each ->
                        IdentityChecks.podsMayPullAsThemselves(each.cluster()).isEmpty());
    }

    private static Finding check(AlteredCluster cluster, PairTenants tenants) {
        List<Finding> findings = IdentityChecks.of(PAIRING, cluster.found(), new Lookup.Absent<>(), tenants, NOW);
        assertThat(findings).hasSize(1);
        return findings.get(0);
    }

    private static PairTenants tenants(AlteredCluster cluster, Map<UUID, UUID> bySubscription) {
        return PairTenants.of(PAIRING, cluster.found(), new Lookup.Found<>(bySubscription), Optional.of(HERE));
    }
}
