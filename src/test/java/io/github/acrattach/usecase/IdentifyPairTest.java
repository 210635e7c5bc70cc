package io.github.acrattach.usecase;

import static io.github.acrattach.domain.Samples.CLUSTER;
import static io.github.acrattach.domain.Samples.REGISTRY;
import static io.github.acrattach.domain.Samples.problem;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.acrattach.domain.ApiServerProfile;
import io.github.acrattach.domain.ArmId;
import io.github.acrattach.domain.Identification;
import io.github.acrattach.domain.Identification.Identified;
import io.github.acrattach.domain.Identification.Unidentified;
import io.github.acrattach.domain.Identification.Untold;
import io.github.acrattach.domain.ImageReference;
import io.github.acrattach.domain.Outcome;
import io.github.acrattach.domain.PairReference;
import io.github.acrattach.domain.Pairing;
import io.github.acrattach.domain.Problem.Kind;
import io.github.acrattach.domain.ProvisioningState;
import io.github.acrattach.domain.Registry;
import io.github.acrattach.domain.ResourceReference;
import io.github.acrattach.domain.Samples;
import io.github.acrattach.domain.access.Check;
import io.github.acrattach.domain.access.Finding;
import io.github.acrattach.usecase.IdentifyPair.NameAlone;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdentifyPairTest {

    private static final UUID OTHER = UUID.fromString("7c1d9e25-8b3a-4f60-a2d4-e5f6a7b8c902");
    private static final Pairing PAIR = new Pairing(CLUSTER, REGISTRY);

    private final SmallCloud cloud = SmallCloud.sample();
    private final SmallSecrets secrets = new SmallSecrets(cloud);

    /** A registry and a cluster of the same names in another subscription. */
    private void withNamesakes() {
        cloud.put(registry(in(OTHER, REGISTRY), "acrshop-c0ffee.azurecr.io"));
        cloud.put(Samples.cluster(
                in(OTHER, CLUSTER),
                Map.of(),
                ProvisioningState.SUCCEEDED,
                Samples.cluster().identity(),
                new ApiServerProfile(Set.of("aks-shop-dns-other.hcp.westeurope.azmk8s.io"), false, true)));
    }

    private static Registry registry(ArmId id, String server) {
        return Samples.registry(id, Map.of(), ProvisioningState.SUCCEEDED, server, Optional.empty());
    }

    private static ArmId in(UUID subscription, ArmId id) {
        return ArmId.parse(id.toString().replace(id.subscription().toString(), subscription.toString()));
    }

    @ParameterizedTest
    @EnumSource(NameAlone.class)
    void idsNeedNoAnswerOfAzure(NameAlone nameAlone) {
        cloud.troubles.fail(Call.LIST_SUBSCRIPTIONS, UUID.class, new IllegalStateException("asked"));
        assertThat(identify(CLUSTER + "/", REGISTRY + "/overview", nameAlone)).isEqualTo(new Identified(PAIR));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "acrshop.azurecr.io",
                "https://ACRSHOP.azurecr.io/",
                "acrshop.westeurope.geo.azurecr.io",
                "acrshop.westeurope.data.azurecr.io"
            })
    void loginServerIsUnderstoodByEveryCall(String server) {
        withNamesakes();
        for (NameAlone nameAlone : NameAlone.values()) {
            assertThat(identify(CLUSTER.toString(), server, nameAlone)).isEqualTo(new Identified(PAIR));
        }
    }

    @Test
    void loginServerWithTheHashOfALabelIsTheOneOfThatRegistry() {
        withNamesakes();
        assertThat(identify(CLUSTER.toString(), "acrshop-c0ffee.eastus.geo.azurecr.io", NameAlone.SUFFICES))
                .isEqualTo(new Identified(new Pairing(CLUSTER, in(OTHER, REGISTRY))));
    }

    @Test
    void apiServerIsUnderstoodByEveryCall() {
        withNamesakes();
        for (NameAlone nameAlone : NameAlone.values()) {
            assertThat(identify(
                            "https://aks-shop-dns-cfea5170.hcp.westeurope.azmk8s.io:443",
                            "acrshop.azurecr.io",
                            nameAlone))
                    .isEqualTo(new Identified(PAIR));
        }
    }

    @Test
    void nameThatOnlyOneHasSufficesToLookAtIt() {
        assertThat(identify("AKS-Shop/", "ACRshop", NameAlone.SUFFICES)).isEqualTo(new Identified(PAIR));
    }

    @Test
    void nameThatOnlyOneHasIsAnsweredWithItsIdWhereSomethingIsToBeChanged() {
        Unidentified cluster = unidentified("aks-shop", REGISTRY.toString(), NameAlone.IS_ANSWERED_WITH_ID);
        assertThat(cluster.ids()).containsExactly(CLUSTER);
        assertThat(cluster.sentence()).contains("has the id " + CLUSTER);
        assertThat(unidentified(CLUSTER.toString(), "acrshop", NameAlone.IS_ANSWERED_WITH_ID)
                        .sentence())
                .contains("has the id " + REGISTRY);
    }

    @ParameterizedTest
    @EnumSource(NameAlone.class)
    void nameThatSeveralHaveIsAnsweredWithAllIds(NameAlone nameAlone) {
        withNamesakes();
        Unidentified answer = unidentified("aks-shop", REGISTRY.toString(), nameAlone);
        assertThat(answer.isNotFound()).isFalse();
        assertThat(answer.ids()).containsExactlyInAnyOrder(CLUSTER, in(OTHER, CLUSTER));
        assertThat(answer.sentence()).contains("More than one cluster has the name aks-shop", CLUSTER.toString());
        assertThat(unidentified(CLUSTER.toString(), "acrshop", nameAlone).ids()).hasSize(2);
    }

    @Test
    void loginServerThatNoneHasIsNotFoundAndSaysWhatWasSearched() {
        Unidentified answer = unidentified(CLUSTER.toString(), "acrgone.azurecr.io", NameAlone.SUFFICES);
        assertThat(answer.isNotFound()).isTrue();
        assertThat(answer.sentence())
                .contains(
                        "No registry that this program can see has the login server acrgone.azurecr.io",
                        "1 subscription.",
                        "az acr list --subscription <subscription> --query \"[?loginServer=='acrgone.azurecr.io'].id\"");
        assertThat(unidentified("aks-gone", REGISTRY.toString(), NameAlone.SUFFICES)
                        .sentence())
                .contains("No cluster", "[?name=='aks-gone'].id");
    }

    @Test
    void loginServerOfAnotherCloudIsAnsweredWithTheRegistryOfThatName() {
        Unidentified answer = unidentified(CLUSTER.toString(), "acrshop.azurecr.us", NameAlone.SUFFICES);
        assertThat(answer.ids()).containsExactly(REGISTRY);
        assertThat(answer.sentence()).contains("one of that name has another");
    }

    @Test
    void subscriptionThatMayNotBeListedHidesNoOther() {
        withNamesakes();
        cloud.troubles.refuse(Call.LIST_REGISTRIES, OTHER, problem(Kind.MISSING_RIGHT));
        assertThat(identify(CLUSTER.toString(), "acrshop.azurecr.io", NameAlone.SUFFICES))
                .isEqualTo(new Identified(PAIR));
        assertThat(unidentified(CLUSTER.toString(), "acrshop-c0ffee.azurecr.io", NameAlone.SUFFICES)
                        .ids())
                .containsExactly(REGISTRY);
        assertThat(unidentified(CLUSTER.toString(), "acrgone.azurecr.io", NameAlone.SUFFICES)
                        .sentence())
                .contains("2 subscriptions. Not everything could be searched: It is so.");
    }

    /** In the one that did not answer there may be another one of that name. */
    @Test
    void nameIsNotGuessedWhereASubscriptionDidNotAnswer() {
        withNamesakes();
        cloud.troubles.unavailable(Call.LIST_REGISTRIES, OTHER, problem(Kind.THROTTLED), Optional.empty());
        assertThat(identify(CLUSTER.toString(), "acrshop", NameAlone.SUFFICES))
                .isInstanceOfSatisfying(
                        Untold.class, untold -> assertThat(untold.outcome()).isInstanceOf(Outcome.Postponed.class));
        assertThat(identify(CLUSTER.toString(), "acrshop.azurecr.io", NameAlone.SUFFICES))
                .isEqualTo(new Identified(PAIR));
    }

    @Test
    void azureThatListsNoSubscriptionIsTheReason() {
        cloud.troubles.refuse(Call.LIST_SUBSCRIPTIONS, UUID.class, problem(Kind.SIGN_IN_FAILED));
        assertThat(identify("aks-shop", REGISTRY.toString(), NameAlone.SUFFICES))
                .isEqualTo(new Untold(new Outcome.Refused(problem(Kind.SIGN_IN_FAILED))));
    }

    @Test
    void imageOfAnotherRegistryIsToldWithTheOneThatItIsOf() {
        cloud.put(registry(ArmId.parse(REGISTRY + "2"), "acrshop2.azurecr.io"));
        Finding finding = image("acrshop2.azurecr.io/web:1");
        assertThat(finding.state()).isEqualTo(Finding.State.FAILS);
        assertThat(finding.cause().orElseThrow()).endsWith(", but one of acrshop2.");
        assertThat(image("acrshop3.azurecr.io/web:1").cause().orElseThrow())
                .endsWith("which is no login server of acrshop.");
    }

    @Test
    void imageOfTheRegistryIsNotSearchedFor() {
        cloud.troubles.fail(Call.LIST_SUBSCRIPTIONS, UUID.class, new IllegalStateException("asked"));
        assertThat(image("acrshop.azurecr.io/web:1").state()).isEqualTo(Finding.State.OK);
        assertThat(image("nginx").state()).isEqualTo(Finding.State.FAILS);
    }

    private Finding image(String image) {
        return new Program(cloud, secrets)
                .verifyPullAccess.verify(PAIR, Optional.of(ImageReference.parse(image))).verdict().findings().stream()
                        .filter(finding -> finding.check() == Check.RESOURCES
                                && finding.seen().contains("image"))
                        .findFirst()
                        .orElseThrow();
    }

    private Unidentified unidentified(String cluster, String registry, NameAlone nameAlone) {
        return (Unidentified) identify(cluster, registry, nameAlone);
    }

    private Identification identify(String cluster, String registry, NameAlone nameAlone) {
        return new Program(cloud, secrets)
                .identifyPair.identify(
                        new PairReference(
                                ResourceReference.parse(cluster, ArmId.CLUSTER),
                                ResourceReference.parse(registry, ArmId.REGISTRY)),
                        nameAlone);
    }
}
