package io.github.acrattach.domain.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.acrattach.domain.AzCommand;
import io.github.acrattach.domain.Cluster;
import io.github.acrattach.domain.NodePool;
import io.github.acrattach.domain.Registry;
import io.github.acrattach.domain.RegistryNetwork;
import io.github.acrattach.domain.Samples;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whether nodes that have the right can sign in, and who gets in without one. */
class SignInChecksTest {

    private static final Instant NOW = Instant.parse("2026-11-27T12:00:00Z");
    private static final String ABAC = "AbacRepositoryPermissions";

    @Test
    void registryThatTakesTokensForArmLetsEveryNodeSignIn() {
        assertThat(signIn(Samples.cluster(), changed(null, Optional.empty())))
                .containsExactly(Finding.ok(Check.SIGN_IN, "azureADAuthenticationAsArmPolicy enabled"));
    }

    @Test
    void nodesThatAreTooOldForTheRegistryCannotSignIn() {
        assertThat(signIn(with("1.28.9"), refusingArmTokens())).singleElement().satisfies(finding -> {
            assertThat(finding.code()).contains(Code.ARM_TOKENS_REFUSED);
            assertThat(finding.state()).isEqualTo(Finding.State.FAILS);
            assertThat(finding.seen()).isEqualTo("azureADAuthenticationAsArmPolicy disabled");
            assertThat(finding.fix().orElseThrow()).startsWith("az acr config authentication-as-arm update");
        });
    }

    @Test
    void nodesThatMayBeTooOldAreUnknown() {
        assertThat(signIn(with("1.31.9"), refusingArmTokens())).singleElement().satisfies(finding -> {
            assertThat(finding.code()).contains(Code.ARM_TOKENS_DOUBTFUL);
            assertThat(finding.state()).isEqualTo(Finding.State.UNKNOWN);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT-1S", "PT-2H-59M-59S", "PT5M"})
    void registryInAbacModeThatWasJustChangedMayHaveBeenSwitched(String fromNow) {
        assertThat(signIn(Samples.cluster(), changed(ABAC, fromNow(fromNow))))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.code()).contains(Code.REGISTRY_CHANGED_RECENTLY);
                    assertThat(finding.state()).isEqualTo(Finding.State.OK);
                    assertThat(finding.cause().orElseThrow())
                            .contains("may have been switched", "401", "New pods do not mend it");
                    assertThat(finding.fix().orElseThrow())
                            .startsWith("az vmss list --subscription \"" + Samples.SUBSCRIPTION
                                    + "\" --resource-group \"$(az aks show" + AzCommand.which(Samples.CLUSTER)
                                    + " --query nodeResourceGroup --output tsv)\"")
                            .contains("az vmss run-command invoke", "systemctl restart kubelet");
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT-3H", "P-300D", "P3000D"})
    void changeOfLongAgoOrOfAClockThatIsWrongSaysNothing(String fromNow) {
        assertThat(signIn(Samples.cluster(), changed(ABAC, fromNow(fromNow))))
                .extracting(Finding::code)
                .containsExactly(Optional.empty());
    }

    @Test
    void changeOfARegistryInAnotherModeSaysNothing() {
        for (String mode : new String[] {null, "LegacyRegistryPermissions", "Another"}) {
            assertThat(signIn(Samples.cluster(), changed(mode, Optional.of(NOW))))
                    .extracting(Finding::code)
                    .containsExactly(Optional.empty());
        }
    }

    @Test
    void oldNodesAndANewModeAreToldBoth() {
        Registry both = new Registry(
                Samples.REGISTRY,
                Samples.registry().tags(),
                Samples.registry().state(),
                "acrshop.azurecr.io",
                Optional.of(ABAC),
                false,
                false,
                Optional.of(List.of()),
                RegistryNetwork.OPEN,
                false,
                false,
                Optional.of(NOW));
        assertThat(signIn(with("1.28.9"), both))
                .extracting(Finding::code)
                .containsExactly(Optional.of(Code.ARM_TOKENS_REFUSED), Optional.of(Code.REGISTRY_CHANGED_RECENTLY));
    }

    @Test
    void doorsThatAreOpenAreToldWithTheCommandThatShutsThem() {
        assertThat(doors(false, false)).extracting(Finding::code).containsExactly(Optional.empty());
        assertThat(doors(true, true)).allMatch(each -> each.state() == Finding.State.OK);
        assertThat(doors(true, true))
                .extracting(
                        each -> each.code().orElseThrow(), each -> each.fix().orElseThrow())
                .containsExactly(
                        tuple(
                                Code.ANONYMOUS_PULL,
                                "az acr update" + AzCommand.which(Samples.REGISTRY)
                                        + " --anonymous-pull-enabled false"),
                        tuple(
                                Code.ADMIN_USER,
                                "az acr update" + AzCommand.which(Samples.REGISTRY) + " --admin-enabled false"));
        assertThat(doors(false, true)).extracting(Finding::code).containsExactly(Optional.of(Code.ADMIN_USER));
    }

    @Test
    void doorByWhichTheClusterPullsIsShutOnceItHasARightOfItsOwn() {
        Registry open = Network.registry(RegistryNetwork.OPEN, true, false, Optional.empty(), Optional.empty());
        assertThat(OpenDoorChecks.of(open, OpenDoorChecks.OwnRight.givenBy("az role assignment create --role x"))
                        .get(0)
                        .fix())
                .contains("az role assignment create --role x   (and once that holds, shut the door: az acr update"
                        + AzCommand.which(Samples.REGISTRY) + " --anonymous-pull-enabled false)");
        assertThat(OpenDoorChecks.of(open, OpenDoorChecks.OwnRight.UNKNOWN)
                        .get(0)
                        .fix())
                .contains("Give the cluster a right of its own to all that it pulls, where it has none, and once that"
                        + " holds: az acr update" + AzCommand.which(Samples.REGISTRY)
                        + " --anonymous-pull-enabled false");
    }

    @Test
    void eachOfTheChecksIsTold() {
        assertThat(NetworkChecks.of(
                        Samples.cluster(), Samples.registry(), Optional.empty(), OpenDoorChecks.OwnRight.HELD, NOW))
                .extracting(Finding::check)
                .containsExactly(Check.NETWORK, Check.SIGN_IN, Check.OPEN_DOORS);
    }

    private static List<Finding> doors(boolean anonymousPull, boolean adminUser) {
        return OpenDoorChecks.of(
                Network.registry(RegistryNetwork.OPEN, anonymousPull, adminUser, Optional.empty(), Optional.empty()),
                OpenDoorChecks.OwnRight.HELD);
    }

    private static List<Finding> signIn(Cluster cluster, Registry registry) {
        return SignInChecks.of(cluster, registry, NOW);
    }

    private static Optional<Instant> fromNow(String duration) {
        return Optional.of(NOW.plus(Duration.parse(duration)));
    }

    private static Registry changed(String mode, Optional<Instant> changedOn) {
        return Network.registry(RegistryNetwork.OPEN, false, false, Optional.ofNullable(mode), changedOn);
    }

    private static Registry refusingArmTokens() {
        return Samples.registry(
                Samples.REGISTRY,
                Samples.registry().tags(),
                Samples.registry().state(),
                "acrshop.azurecr.io",
                Optional.empty(),
                false,
                false,
                Optional.of(List.of()));
    }

    private static Cluster with(String version) {
        Cluster sample = Samples.cluster();
        return Samples.cluster(
                sample.id(),
                sample.tags(),
                sample.state(),
                sample.identity(),
                sample.apiServer(),
                sample.power(),
                List.of(new NodePool("nodepool1", version)));
    }
}
