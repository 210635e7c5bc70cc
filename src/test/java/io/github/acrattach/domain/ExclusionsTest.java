package io.github.acrattach.domain;

import static io.github.acrattach.domain.Samples.cluster;
import static io.github.acrattach.domain.Samples.registry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExclusionsTest {

    private static final Selector EVERY = Selector.of(List.of(), List.of(), List.of("*"), List.of());
    private static final Exclusions.Side NOBODY = Exclusions.Side.of(Naming.CLUSTER, List.of(), List.of());
    private static final Exclusions.Side SHOP = Exclusions.Side.of(Naming.REGISTRY, List.of(" *SHOP "), List.of());
    private static final Exclusions.Side TAGGED =
            Exclusions.Side.of(Naming.CLUSTER, List.of(), List.of("stage=dev", "TEAM=shop"));

    @Test
    void settingThatLeavesThemOutIsNamed() {
        assertThat(excluded(Exclusions.NONE)).isEmpty();
        assertThat(excluded(Exclusions.of(SHOP, NOBODY, List.of()))).contains(setting("CLUSTERS_EXCLUDED_NAMES"));
        assertThat(excluded(Exclusions.of(NOBODY, SHOP, List.of()))).contains(setting("REGISTRIES_EXCLUDED_NAMES"));
        assertThat(excluded(Exclusions.of(TAGGED, NOBODY, List.of()))).contains(setting("CLUSTERS_EXCLUDED_TAGS"));
        assertThat(excluded(Exclusions.of(NOBODY, TAGGED, List.of()))).contains(setting("REGISTRIES_EXCLUDED_TAGS"));
        assertThat(excluded(Exclusions.of(NOBODY, NOBODY, List.of("x/yard1", "aks-*/acr*"))))
                .contains(setting("EXCLUDED_PAIRS"));
        assertThat(excluded(Exclusions.of(NOBODY, NOBODY, List.of("aks-shop/acrsh", "aks/acrshop"))))
                .isEmpty();
    }

    @Test
    void tagThatTurnsOffComesBeforeAnySetting() {
        Cluster off = tagged(" OFF ");
        PairingPolicy policy = policy(rule("all", Exclusions.of(SHOP, NOBODY, List.of())));
        assertThat(policy.exclusion(off, registry())).contains(new Exclusion("The tag acr-attach=OFF of aks-shop"));
        assertThat(policy.ruleFor(off, registry())).isEmpty();
        assertThat(policy.rulesFor(off, registry()).rules()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"off", "false", "no", "none", "disabled", "Never", " 0 "})
    void whateverPeopleWriteForOffIsMeant(String value) {
        assertThat(policy(rule("all", Exclusions.NONE)).exclusion(tagged(value), registry()))
                .contains(new Exclusion("The tag acr-attach=" + value.strip() + " of aks-shop"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"on", "true", "platform", ""})
    void tagWithAnotherValueIsNoDecisionAgainst(String value) {
        assertThat(policy(rule("all", Exclusions.NONE)).exclusion(tagged(value), registry()))
                .isEmpty();
    }

    @Test
    void nobodyHasDecidedAgainstWhatNoRuleSelects() {
        Selector others = Selector.of(List.of(), List.of(), List.of("other"), List.of());
        PairingRule rule = new PairingRule(
                "all",
                others,
                EVERY,
                List.of(),
                PairingRule.Method.ROLE,
                PullSecretTerms.DEFAULT,
                Exclusions.of(SHOP, NOBODY, List.of()));
        assertThat(policy(rule).exclusion(cluster(), registry())).isEmpty();
    }

    @Test
    void nextRuleTakesOverUnlessItLeavesThemOutToo() {
        PairingRule first = rule("first", Exclusions.of(SHOP, NOBODY, List.of()));
        PairingRule second = rule("second", Exclusions.NONE);
        assertThat(policy(first, second).ruleFor(cluster(), registry())).contains(second);
        assertThat(policy(first, second).exclusion(cluster(), registry())).isEmpty();
        assertThat(policy(first, rule("second", Exclusions.of(NOBODY, TAGGED, List.of())))
                        .exclusion(cluster(), registry()))
                .contains(new Exclusion("The setting ACR_ATTACH_RULES_FIRST_CLUSTERS_EXCLUDED_NAMES"));
    }

    @Test
    void settingThatIsAdvisedKeepsWhatItHolds() {
        PairingRule rule = rule("team", Exclusions.of(NOBODY, NOBODY, List.of("aks-a/acrbb", " x* / y* ")));
        assertThat(new StandingRules(List.of(rule, rule("last", Exclusions.NONE)))
                        .note(Pairing.of(cluster(), registry()))
                        .orElseThrow()
                        .fix())
                .contains("set ACR_ATTACH_RULES_TEAM_EXCLUDED_PAIRS=aks-a/acrbb,x*/y*,aks-shop/acrshop"
                        + " and ACR_ATTACH_RULES_LAST_EXCLUDED_PAIRS=aks-shop/acrshop.");
    }

    @Test
    void reasonCountsThePairsThatItIsAbout() {
        Pairing pair = Pairing.of(cluster(), registry());
        assertThat(new Exclusion("The setting X").reason(List.of(pair)))
                .startsWith("The setting X keeps aks-shop and acrshop apart.");
        assertThat(new Exclusion("The setting X").reason(List.of(pair, pair, pair)))
                .startsWith("The setting X keeps aks-shop and acrshop, and 2 more such pairs, apart.");
    }

    @Test
    void logOfTheStartSaysWhatIsLeftOut() {
        Exclusions all = Exclusions.of(TAGGED, SHOP, List.of("aks-a/acrshop", "c/*"));
        assertThat(policy(rule("team", all), rule("rest", Exclusions.NONE)).inWords())
                .satisfiesExactly(
                        team -> assertThat(team)
                                .contains(" (but not clusters stage=dev or TEAM=shop, registries *SHOP,"
                                        + " pairs aks-a/acrshop or c/*), by a role."),
                        rest -> assertThat(rest).doesNotContain("but not"));
    }

    @Test
    void whatIsNoPairIsRefused() {
        for (String pair : List.of("aks-shop", "aks-shop/", "/acrshop", "a/b/c", "")) {
            assertThatThrownBy(() -> Exclusions.of(NOBODY, NOBODY, List.of(pair)))
                    .hasMessageContaining("has '" + pair + "'; a pair is written cluster/registry");
        }
        assertThatThrownBy(() -> Exclusions.of(NOBODY, NOBODY, List.of("aks-shop/acr-shop")))
                .hasMessageContaining("has 'acr-shop', which no registry can be called");
        assertThatThrownBy(() -> Exclusions.Side.of(Naming.REGISTRY, List.of("acrshop.azurecr.io"), List.of()))
                .hasMessageContaining("which no registry can be called");
        assertThatThrownBy(() -> Exclusions.Side.of(Naming.CLUSTER, List.of(), List.of("stage")))
                .hasMessageContaining("has the tag 'stage'");
    }

    private static Cluster tagged(String value) {
        return Samples.cluster(
                cluster().id(),
                Map.of("Acr-Attach", value),
                cluster().state(),
                cluster().identity(),
                cluster().apiServer());
    }

    private static Optional<Exclusion> excluded(Exclusions exclusions) {
        PairingPolicy policy = policy(rule("team", exclusions));
        Optional<Exclusion> excluded = policy.exclusion(cluster(), registry());
        assertThat(policy.ruleFor(cluster(), registry()).isEmpty()).isEqualTo(excluded.isPresent());
        return excluded;
    }

    private static Exclusion setting(String last) {
        return new Exclusion("The setting ACR_ATTACH_RULES_TEAM_" + last);
    }

    private static PairingPolicy policy(PairingRule... rules) {
        return new PairingPolicy(List.of(rules));
    }

    private static PairingRule rule(String name, Exclusions exclusions) {
        return new PairingRule(
                name, EVERY, EVERY, List.of(), PairingRule.Method.ROLE, PullSecretTerms.DEFAULT, exclusions);
    }
}
