package io.github.acrattach.domain;

import static io.github.acrattach.domain.Samples.CLUSTER;
import static io.github.acrattach.domain.Samples.REGISTRY;
import static io.github.acrattach.domain.Samples.SUBSCRIPTION;
import static io.github.acrattach.domain.Samples.cluster;
import static io.github.acrattach.domain.Samples.registry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PairingPolicyTest {

    private static final String OTHER = "8a9b0c1d-2e3f-4051-a263-b7c8d9e0f112";
    private static final Selector EVERY = Selector.of(List.of(), List.of(), List.of("*"), List.of());

    @Test
    void nothingIsPairedByDefault() {
        PairingPolicy none = new PairingPolicy(List.of());
        assertThat(none.ruleFor(cluster(), registry())).isEmpty();
        assertThat(none.maySelectCluster(CLUSTER)).isFalse();
        assertThat(none.maySelectRegistry(REGISTRY)).isFalse();
    }

    @Test
    void namesAndGroupsArePatternsWithoutCase() {
        assertPairs(Selector.of(List.of(), List.of("PLAT*"), List.of("aks-sh?p"), List.of()), true);
        assertPairs(Selector.of(List.of(), List.of("plat"), List.of("aks-*"), List.of()), false);
        assertPairs(Selector.of(List.of(), List.of(), List.of("a_s-shop"), List.of()), false);
    }

    @Test
    void everyCriterionHasToHold() {
        assertPairs(Selector.of(List.of(SUBSCRIPTION.toString()), List.of(), List.of("aks-*"), List.of()), true);
        assertPairs(Selector.of(List.of(OTHER), List.of(), List.of("aks-*"), List.of()), false);
    }

    @Test
    void tagNamesAreComparedWithoutCaseAndValuesWithIt() {
        assertPairs(Selector.of(List.of(), List.of(), List.of(), List.of("TEAM=sh*")), true);
        assertPairs(Selector.of(List.of(), List.of(), List.of(), List.of("team=Shop")), false);
        assertPairs(Selector.of(List.of(), List.of(), List.of(), List.of("absent=*")), false);
    }

    @Test
    void oneValueOfEachTagHasToMatch() {
        assertPairs(Selector.of(List.of(), List.of(), List.of(), List.of("team=data", "Team=shop")), true);
        assertPairs(Selector.of(List.of(), List.of(), List.of(), List.of("team=shop", "tier=gold")), false);
    }

    @Test
    void joinedTagsAreEqualOnBothSides() {
        assertThat(joined("shop", "shop")).isTrue();
        assertThat(joined("shop", "Shop")).isFalse();
        assertThat(joined("", "")).isFalse();
        assertThat(joined(null, null)).isFalse();
    }

    @Test
    void firstRuleCounts() {
        PairingRule first =
                new PairingRule("a", EVERY, EVERY, List.of(), PairingRule.Method.SECRET, PullSecretTerms.DEFAULT);
        PairingRule second =
                new PairingRule("b", EVERY, EVERY, List.of(), PairingRule.Method.ROLE, PullSecretTerms.DEFAULT);
        assertThat(new PairingPolicy(List.of(first, second)).ruleFor(cluster(), registry()))
                .contains(first);
    }

    @Test
    void otherSideIsLookedForWhereTheRuleSaysOrElseInTheSameSubscription() {
        Selector there = Selector.of(List.of(OTHER), List.of(), List.of(), List.of());
        PairingPolicy policy = new PairingPolicy(List.of(
                new PairingRule("a", EVERY, EVERY, List.of(), PairingRule.Method.ROLE, PullSecretTerms.DEFAULT),
                new PairingRule("b", EVERY, there, List.of(), PairingRule.Method.ROLE, PullSecretTerms.DEFAULT)));
        assertThat(policy.registrySubscriptions(CLUSTER))
                .containsExactlyInAnyOrder(SUBSCRIPTION, java.util.UUID.fromString(OTHER));
        assertThat(policy.clusterSubscriptions(REGISTRY)).containsExactly(SUBSCRIPTION);
    }

    /** By whatever path the two come together: listed by an event, by a reconciliation, or named by hand. */
    @Test
    void subscriptionThatASideLeavesOutIsThatOfTheOtherSide() {
        ArmId elsewhere = ArmId.parse(REGISTRY.toString().replace(SUBSCRIPTION.toString(), OTHER));
        Registry registry = registry();
        Registry there = Samples.registry(
                elsewhere, registry.tags(), registry.state(), registry.loginServer(), registry.roleAssignmentMode());
        Selector named = Selector.of(List.of(OTHER), List.of(), List.of("*"), List.of());
        Selector both = Selector.of(List.of(OTHER, SUBSCRIPTION.toString()), List.of(), List.of("*"), List.of());
        assertThat(pairs(EVERY, EVERY, there)).isFalse();
        assertThat(pairs(EVERY, named, there)).isFalse();
        assertThat(pairs(both, EVERY, there)).isFalse();
        assertThat(pairs(both, named, there)).isTrue();
        assertThat(pairs(both, EVERY, registry)).isTrue();
    }

    private static boolean pairs(Selector clusters, Selector registries, Registry registry) {
        PairingPolicy policy = new PairingPolicy(List.of(new PairingRule(
                "a", clusters, registries, List.of(), PairingRule.Method.SECRET, PullSecretTerms.DEFAULT)));
        boolean pairs = policy.ruleFor(cluster(), registry).isPresent();
        assertThat(policy.mayPair(new Pairing(CLUSTER, registry.id()))).isEqualTo(pairs);
        assertThat(policy.mayPairBySecret(cluster(), registry.id())).isEqualTo(pairs);
        return pairs;
    }

    @Test
    void settingsThatCannotBeMeantAreRefused() {
        assertThatThrownBy(() -> Selector.of(List.of(), List.of(), List.of(), List.of()))
                .hasMessageContaining("names=*");
        assertThatThrownBy(() -> Selector.of(List.of("prod"), List.of(), List.of(), List.of()))
                .hasMessageContaining("'prod', which is not a GUID");
        assertThatThrownBy(() -> Selector.of(List.of(), List.of(), List.of(), List.of("team")))
                .hasMessageContaining("name=value");
    }

    @Test
    void everyRuleIsToldInWords() {
        PairingRule byRole = new PairingRule(
                "shop",
                Selector.of(
                        List.of(),
                        List.of("platform"),
                        List.of("aks-shop", "aks-web-*"),
                        List.of("team=shop", "tier=a*")),
                Selector.of(List.of(OTHER), List.of(), List.of("*"), List.of()),
                List.of("team"),
                PairingRule.Method.ROLE,
                PullSecretTerms.DEFAULT);
        PullSecretTerms terms = new PullSecretTerms(
                CredentialKind.ACR_TOKEN,
                List.of("team/*"),
                NamespaceSelector.of(List.of("shop-*"), List.of("*-test"), List.of("pull=yes")),
                ServiceAccountPatterns.of(List.of("default")),
                Duration.ofHours(12),
                0.5);
        PairingRule bySecret = new PairingRule("web", EVERY, EVERY, List.of(), PairingRule.Method.SECRET, terms);
        PairingRule byEither = new PairingRule(
                "any", EVERY, EVERY, List.of(), PairingRule.Method.AUTO, terms.of(CredentialKind.SERVICE_PRINCIPAL));
        assertThat(new PairingPolicy(List.of(byRole, bySecret, byEither)).inWords())
                .containsExactly(
                        "Rule shop: clusters named aks-shop or aks-web-*, in the resource group platform, with the tag"
                                + " team=shop and with the tag tier=a*, in the subscription of the registry, pull from"
                                + " registries named *, in the subscription " + OTHER
                                + ", where both have the same value of the tag team, by a role.",
                        "Rule web: clusters named *, in the subscription of the registry, pull from registries named *, in"
                                + " the subscription of the cluster, by an ACR token for the repositories team/* as pull"
                                + " secret in the namespaces shop-*, but not *-test, with the label pull=yes, to which the"
                                + " service accounts default refer, its password valid for 12h and renewed after 50 % of"
                                + " that.",
                        "Rule any: clusters named *, in the subscription of the registry, pull from registries named *, in"
                                + " the subscription of the cluster, by a role, or where that is refused by a service"
                                + " principal for the whole registry as pull secret in the namespaces shop-*, but not"
                                + " *-test, with the label pull=yes, to which the service accounts default refer, its"
                                + " password valid for 12h and renewed after 50 % of that.");
        assertThat(new PairingPolicy(List.of()).inWords())
                .containsExactly("No pairing rule is set: events attach nothing.");
    }

    private static void assertPairs(Selector clusters, boolean expected) {
        PairingRule rule =
                new PairingRule("a", clusters, EVERY, List.of(), PairingRule.Method.ROLE, PullSecretTerms.DEFAULT);
        assertThat(new PairingPolicy(List.of(rule))
                        .ruleFor(cluster(), registry())
                        .isPresent())
                .isEqualTo(expected);
    }

    private static boolean joined(String clusterTag, String registryTag) {
        PairingRule rule =
                new PairingRule("a", EVERY, EVERY, List.of("Team"), PairingRule.Method.ROLE, PullSecretTerms.DEFAULT);
        Cluster cluster = Samples.cluster(
                CLUSTER, tag(clusterTag), ProvisioningState.SUCCEEDED, cluster().identity(), Samples.API_SERVER);
        Registry registry = Samples.registry(
                REGISTRY, tag(registryTag), ProvisioningState.SUCCEEDED, "a.azurecr.io", Optional.empty());
        return new PairingPolicy(List.of(rule)).ruleFor(cluster, registry).isPresent();
    }

    private static Map<String, String> tag(String value) {
        return value == null ? Map.of() : Map.of("team", value);
    }
}
