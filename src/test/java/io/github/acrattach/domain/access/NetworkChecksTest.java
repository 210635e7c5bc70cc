package io.github.acrattach.domain.access;

import static io.github.acrattach.domain.access.Network.ADDRESS;
import static io.github.acrattach.domain.access.Network.PREFIX;
import static io.github.acrattach.domain.access.Network.SECOND;
import static io.github.acrattach.domain.access.Network.leaving;
import static io.github.acrattach.domain.access.Network.leavingBy;
import static io.github.acrattach.domain.access.Network.ranges;
import static io.github.acrattach.domain.access.Network.walled;
import static io.github.acrattach.domain.access.Network.withAccess;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.acrattach.domain.AddressRange;
import io.github.acrattach.domain.ArmId;
import io.github.acrattach.domain.AzCommand;
import io.github.acrattach.domain.Cluster;
import io.github.acrattach.domain.Facts;
import io.github.acrattach.domain.Lookup;
import io.github.acrattach.domain.Pairing;
import io.github.acrattach.domain.PairingRule;
import io.github.acrattach.domain.Problem;
import io.github.acrattach.domain.Registry;
import io.github.acrattach.domain.RegistryNetwork;
import io.github.acrattach.domain.Samples;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whether the registry's network rules let the nodes in. */
class NetworkChecksTest {

    private static final String LET_IN =
            "az acr network-rule add" + AzCommand.which(Samples.REGISTRY) + " --ip-address \"";
    private static final String TRY =
            "az aks check-acr" + AzCommand.which(Samples.CLUSTER) + " --acr \"acrshop.azurecr.io\"";

    @Test
    void registryThatNobodyChangedLetsEverybodyIn() {
        Finding finding = look(leavingBy(ADDRESS), Samples.registry());
        assertThat(finding.state()).isEqualTo(Finding.State.OK);
        assertThat(finding.code()).isEmpty();
        assertThat(finding.seen()).isEqualTo("publicNetworkAccess Enabled");
    }

    /** Whoever attaches is told, whatever else was granted; what would have to be read for it is left to access. */
    @Test
    void closedNetworkIsNotedWithAGrant() {
        assertThat(notes(withAccess("Disabled", false, 0))).singleElement().satisfies(note -> assertThat(note.kind())
                .isEqualTo(Problem.Kind.NETWORK_CLOSED));
        assertThat(notes(walled(0, "20.1.2.3"))).isEmpty();
        assertThat(notes(Samples.registry())).isEmpty();
    }

    private static List<Problem> notes(Registry registry) {
        return NetworkChecks.notes(Facts.of(
                new Pairing(Samples.CLUSTER, Samples.REGISTRY),
                PairingRule.Method.ROLE,
                new Lookup.Found<>(leavingBy(ADDRESS)),
                new Lookup.Found<>(registry),
                new Lookup.Found<>(Samples.KUBELET),
                new Lookup.Found<>(List.of())));
    }

    @Test
    void publicAccessThatIsOffWithoutAnEndpointFailsWithBothWaysOut() {
        Finding finding = fails(Code.PUBLIC_ACCESS_OFF, look(leavingBy(ADDRESS), withAccess("Disabled", false, 0)));
        assertThat(finding.seen()).isEqualTo("publicNetworkAccess Disabled, 0 approved private endpoints");
        assertThat(finding.fix().orElseThrow())
                .startsWith(
                        "az acr update" + AzCommand.which(Samples.REGISTRY) + " --public-network-enabled true   (or")
                .contains(
                        "az network private-endpoint create",
                        "--private-connection-resource-id \"" + Samples.REGISTRY + "\" --group-id registry",
                        "az network private-dns zone create",
                        "\"privatelink.azurecr.io\"",
                        "az network private-dns link vnet create",
                        "az network private-endpoint dns-zone-group create");
    }

    @Test
    void privateEndpointGoesIntoTheNetworkThatTheUserBrought() {
        String network = "/subscriptions/" + Samples.SUBSCRIPTION
                + "/resourceGroups/hub/providers/Microsoft.Network/virtualNetworks/spoke";
        Cluster cluster = Network.within(ArmId.parse(network + "/subnets/nodes"));
        assertThat(fails(Code.PUBLIC_ACCESS_OFF, look(cluster, withAccess("Disabled", false, 0)))
                        .fix()
                        .orElseThrow())
                .contains(
                        "az network private-endpoint create --subscription \"" + Samples.SUBSCRIPTION
                                + "\" --resource-group \"hub\"",
                        " --subnet \"" + network + "/subnets/nodes\"",
                        " --virtual-network \"" + network + "\" --registration-enabled false");
    }

    /** The portal sets both at once. */
    @Test
    void firewallBehindPublicAccessThatIsOffIsOpenedWithIt() {
        Finding finding =
                fails(Code.PUBLIC_ACCESS_OFF, look(leavingBy(ADDRESS, PREFIX), withAccess("disabled", true, 0)));
        assertThat(finding.cause().orElseThrow()).contains("denies by default as well");
        assertThat(finding.fix().orElseThrow())
                .contains(
                        " --public-network-enabled true && " + LET_IN + "$(az resource show --ids \"" + ADDRESS
                                + "\" --api-version 2024-05-01 --query properties.ipAddress --output tsv)\" && ",
                        "$(az resource show --ids \"" + PREFIX
                                + "\" --api-version 2024-05-01 --query properties.ipPrefix --output tsv)\"");
    }

    @Test
    void endpointThatNobodyApprovedYetIsNoWayIn() {
        Finding finding =
                fails(Code.PUBLIC_ACCESS_OFF, look(leavingBy(ADDRESS), withAccess("Disabled", false, 0, "pe-shop.1")));
        assertThat(finding.seen()).contains("0 approved private endpoints, 1 pending");
        assertThat(finding.cause().orElseThrow()).contains("no private endpoint is approved");
        assertThat(finding.fix().orElseThrow())
                .as("whoever asks for one may be a stranger")
                .startsWith("az acr update")
                .contains(
                        "where it is one of the cluster's network: az acr private-endpoint-connection approve",
                        "--registry-name \"acrshop\" --name \"pe-shop.1\"");
    }

    @Test
    void networkThatAPrivateEndpointMayReachIsNotSeenFromHere() {
        Finding finding =
                unknown(Code.PRIVATE_ENDPOINT_NOT_SEEN, look(leavingBy(ADDRESS), withAccess("Disabled", true, 2)));
        assertThat(finding.seen()).contains("2 approved private endpoints");
        assertThat(finding.fix().orElseThrow()).startsWith(TRY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"SecuredByPerimeter", "securedbyperimeter", "Sometimes"})
    void accessThatSomethingElseDecidesIsUnknown(String access) {
        Finding finding = unknown(Code.PUBLIC_ACCESS_UNCLEAR, look(leavingBy(ADDRESS), withAccess(access, true, 1)));
        assertThat(finding.cause().orElseThrow())
                .contains(access.equals("Sometimes") ? "Azure calls it Sometimes" : "network security perimeter");
        assertThat(finding.fix().orElseThrow()).startsWith(TRY);
    }

    @Test
    void firewallWithoutAnyRuleKeepsEverybodyOutForCertain() {
        Finding finding = fails(Code.FIREWALL_KEEPS_CLUSTER_OUT, look(leavingBy(ADDRESS), walled(0)));
        assertThat(finding.seen())
                .isEqualTo("publicNetworkAccess Enabled, default action Deny, 0 IP rules, 0 approved private endpoints,"
                        + " trusted services pass, which nodes of AKS are not");
        assertThat(finding.fix().orElseThrow()).startsWith(LET_IN + "$(az resource show --ids \"" + ADDRESS);
        assertThat(fails(
                                Code.FIREWALL_KEEPS_CLUSTER_OUT,
                                look(leaving(Optional.of("userDefinedRouting"), false), walled(0)))
                        .fix()
                        .orElseThrow())
                .isEqualTo(LET_IN + "<public address by which aks-shop leaves>\"");
    }

    @Test
    void firewallThatLetsInNoneOfTheAddressesFailsAndNamesThem() {
        Finding finding = fails(
                Code.FIREWALL_KEEPS_CLUSTER_OUT,
                look(leavingBy(ADDRESS, SECOND), walled(0, "40.1.2.3"), "20.1.2.3", "20.1.2.4"));
        assertThat(finding.cause().orElseThrow()).contains("20.1.2.3, 20.1.2.4");
        assertThat(finding.fix()).contains(LET_IN + "20.1.2.3\" && " + LET_IN + "20.1.2.4\"");
    }

    @Test
    void firewallThatLetsInSomeOfTheAddressesFailsNowAndThen() {
        Finding finding = fails(
                Code.FIREWALL_KEEPS_SOME_ADDRESSES_OUT,
                look(leavingBy(ADDRESS, SECOND), walled(0, "20.1.2.3"), "20.1.2.3", "20.1.2.4"));
        assertThat(finding.cause().orElseThrow()).contains("now and then", "do not cover 20.1.2.4.");
        assertThat(finding.fix()).contains(LET_IN + "20.1.2.4\"");
    }

    @Test
    void prefixThatARuleCoversInPartFailsNowAndThen() {
        assertThat(fails(
                                Code.FIREWALL_KEEPS_SOME_ADDRESSES_OUT,
                                look(leavingBy(PREFIX), walled(0, "20.1.2.4/31"), "20.1.2.4/30"))
                        .fix())
                .contains(LET_IN + "20.1.2.4/30\"");
    }

    @Test
    void firewallThatLetsInEveryAddressIsPassed() {
        Finding finding = look(leavingBy(ADDRESS, SECOND), walled(0, "20.1.2.0/24"), "20.1.2.3", "20.1.2.4");
        assertThat(finding.state()).isEqualTo(Finding.State.OK);
        assertThat(finding.seen()).contains("1 IP rule,", "; the rules let in 20.1.2.3, 20.1.2.4");
    }

    @Test
    void firewallThatLetsInTheWholeInternetIsPassedWithoutALook() {
        Registry registry = walled(0, "0.0.0.0/1", "128.0.0.0/1");
        assertThat(look(leavingBy(ADDRESS), registry).state()).isEqualTo(Finding.State.OK);
        assertThat(NetworkChecks.needsAddresses(leavingBy(ADDRESS), registry)).isFalse();
    }

    /** The login server has none of version 6 behind such a firewall, and nodes come by version 4. */
    @Test
    void addressesOfVersion6CountForNothing() {
        assertThat(look(leavingBy(ADDRESS, SECOND), walled(0, "20.1.2.3"), "20.1.2.3", "2603:1020::5")
                        .state())
                .isEqualTo(Finding.State.OK);
        assertThat(unknown(Code.EGRESS_UNKNOWN, look(leavingBy(ADDRESS), walled(0, "20.1.2.3"), "2603:1020::5"))
                        .cause()
                        .orElseThrow())
                .contains("no address of that version");
    }

    @Test
    void ruleThatIsNoRangeIsIgnoredAndTold() {
        Registry registry = Network.in(
                new RegistryNetwork("Enabled", true, ranges("20.1.2.3"), List.of("everybody"), false, 0, List.of()));
        assertThat(look(leavingBy(ADDRESS), registry, "20.1.2.3").seen())
                .contains("1 IP rule, ignored, since they are no ranges: everybody");
        fails(Code.FIREWALL_KEEPS_CLUSTER_OUT, look(leavingBy(ADDRESS), registry, "20.1.2.4"));
    }

    @Test
    void addressesThatMayNotBeReadAreUnknownAndTheRightIsNamed() {
        Problem denied = new Problem(
                Problem.Kind.MISSING_RIGHT,
                "The right Microsoft.Network/publicIPAddresses/read is missing.",
                Optional.of("Microsoft.Network/publicIPAddresses/read"),
                Optional.of(ADDRESS.toString()),
                Optional.empty(),
                "az role assignment create --role Reader");
        Finding finding = unknown(
                Code.EGRESS_NOT_READABLE,
                NetworkChecks.network(
                        leavingBy(ADDRESS), walled(0, "20.1.2.3"), Optional.of(new Lookup.Denied<>(denied))));
        assertThat(finding.cause().orElseThrow()).endsWith(denied.cause());
        assertThat(finding.fix()).contains(denied.fix());
    }

    @ParameterizedTest
    @ValueSource(strings = {"userDefinedRouting", "userAssignedNATGateway", "none", "block"})
    void wayOutOfTheUsersOwnIsUnknown(String type) {
        Cluster cluster = leaving(Optional.of(type), false);
        assertThat(NetworkChecks.needsAddresses(cluster, walled(0, "20.1.2.3"))).isFalse();
        Finding finding = unknown(Code.EGRESS_UNKNOWN, look(cluster, walled(0, "20.1.2.3")));
        assertThat(finding.cause().orElseThrow()).contains("outbound type is " + type);
        assertThat(finding.fix().orElseThrow()).startsWith(TRY);
    }

    @Test
    void addressesOfTheirOwnThatNodesHaveAreUnknown() {
        Cluster cluster = leaving(Optional.of("loadBalancer"), true, ADDRESS);
        assertThat(NetworkChecks.needsAddresses(cluster, walled(0, "20.1.2.3"))).isFalse();
        assertThat(unknown(Code.EGRESS_UNKNOWN, look(cluster, walled(0, "20.1.2.3"), "20.1.2.3"))
                        .cause()
                        .orElseThrow())
                .contains("public ones of their own");
    }

    @Test
    void addressThatAzureDoesNotShowIsUnknownUnlessAnotherIsOutside() {
        Cluster cluster = leavingBy(ADDRESS, SECOND);
        assertThat(unknown(Code.EGRESS_UNKNOWN, look(cluster, walled(0, "20.1.2.3"), "20.1.2.3"))
                        .cause()
                        .orElseThrow())
                .contains("only 20.1.2.3 of them");
        unknown(
                Code.EGRESS_UNKNOWN,
                NetworkChecks.network(cluster, walled(0, "20.1.2.3"), Optional.of(new Lookup.Found<>(List.of()))));
        fails(Code.FIREWALL_KEEPS_SOME_ADDRESSES_OUT, look(cluster, walled(0, "20.1.2.3"), "20.1.2.9"));
    }

    @Test
    void addressesThatNobodyLookedAtAreUnknown() {
        unknown(Code.EGRESS_UNKNOWN, look(leavingBy(ADDRESS), walled(0, "20.1.2.3")));
    }

    /** What the firewall keeps out may come by the endpoint, and what it lets in needs none. */
    @Test
    void privateEndpointBesideAFirewallIsNotSeenUnlessTheFirewallLetsIn() {
        unknown(Code.PRIVATE_ENDPOINT_NOT_SEEN, look(leavingBy(ADDRESS), walled(1)));
        unknown(Code.PRIVATE_ENDPOINT_NOT_SEEN, look(leavingBy(ADDRESS), walled(1, "40.1.2.3"), "20.1.2.3"));
        unknown(
                Code.PRIVATE_ENDPOINT_NOT_SEEN,
                look(leavingBy(ADDRESS, SECOND), walled(1, "20.1.2.3"), "20.1.2.3", "20.1.2.4"));
        unknown(
                Code.PRIVATE_ENDPOINT_NOT_SEEN,
                look(leaving(Optional.of("userDefinedRouting"), false), walled(1, "40.1.2.3")));
        assertThat(look(leavingBy(ADDRESS), walled(1, "20.1.2.3"), "20.1.2.3").state())
                .isEqualTo(Finding.State.OK);
    }

    @Test
    void clusterThatClosesItsWaysOutNeedsAnEndpoint() {
        Cluster closed = leaving(Optional.of("block"), false);
        assertThat(unknown(Code.EGRESS_UNKNOWN, look(closed, Samples.registry()))
                        .cause()
                        .orElseThrow())
                .contains("outbound type of aks-shop is block", "no private endpoint");
        unknown(Code.PRIVATE_ENDPOINT_NOT_SEEN, look(closed, withAccess("Enabled", false, 1)));
    }

    @Test
    void addressesAreWantedOnlyWhereTheyDecide() {
        assertThat(NetworkChecks.needsAddresses(leavingBy(ADDRESS), walled(0, "20.1.2.3")))
                .isTrue();
        assertThat(NetworkChecks.needsAddresses(leavingBy(ADDRESS), walled(1, "20.1.2.3")))
                .isTrue();
        assertThat(NetworkChecks.needsAddresses(leavingBy(ADDRESS), walled(0))).isFalse();
        assertThat(NetworkChecks.needsAddresses(leavingBy(), walled(0, "20.1.2.3")))
                .isFalse();
        assertThat(NetworkChecks.needsAddresses(leavingBy(ADDRESS), Samples.registry()))
                .isFalse();
        RegistryNetwork off = new RegistryNetwork("Disabled", true, ranges("20.1.2.3"), List.of(), true, 0, List.of());
        assertThat(NetworkChecks.needsAddresses(leavingBy(ADDRESS), Network.in(off)))
                .isFalse();
    }

    private static Finding look(Cluster cluster, Registry registry, String... addresses) {
        Optional<Lookup<List<AddressRange>>> read =
                addresses.length == 0 ? Optional.empty() : Optional.of(new Lookup.Found<>(ranges(addresses)));
        return NetworkChecks.network(cluster, registry, read);
    }

    private static Finding fails(Code code, Finding finding) {
        return is(Finding.State.FAILS, code, finding);
    }

    private static Finding unknown(Code code, Finding finding) {
        return is(Finding.State.UNKNOWN, code, finding);
    }

    private static Finding is(Finding.State state, Code code, Finding finding) {
        assertThat(finding.check()).isEqualTo(Check.NETWORK);
        assertThat(finding.state()).as(finding.toString()).isEqualTo(state);
        assertThat(finding.code()).contains(code);
        assertThat(finding.cause().orElseThrow()).endsWith(".").doesNotContain("..");
        return finding;
    }
}
