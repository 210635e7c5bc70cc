package io.github.acrattach.domain.access;

import static io.github.acrattach.domain.access.Finding.State.FAILS;
import static io.github.acrattach.domain.access.Finding.State.OK;
import static io.github.acrattach.domain.access.Finding.State.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.acrattach.domain.ArmId;
import io.github.acrattach.domain.Cluster;
import io.github.acrattach.domain.Lookup;
import io.github.acrattach.domain.Pairing;
import io.github.acrattach.domain.Problem;
import io.github.acrattach.domain.ProvisioningState;
import io.github.acrattach.domain.Registry;
import io.github.acrattach.domain.Samples;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whether both are there. */
class ResourceChecksTest {

    private static final Pairing PAIRING = new Pairing(Samples.CLUSTER, Samples.REGISTRY);
    private static final ArmId ELSEWHERE = ArmId.parse("/subscriptions/" + Samples.SUBSCRIPTION
            + "/resourceGroups/elsewhere/providers/Microsoft.ContainerRegistry/registries/acrshop");
    private static final Lookup<Cluster> CLUSTER = AlteredCluster.sample().found();
    private static final Lookup<Registry> REGISTRY = new Lookup.Found<>(Samples.registry());

    @Test
    void bothAreThere() {
        assertThat(check(CLUSTER, REGISTRY))
                .containsExactly(Finding.ok(Check.RESOURCES, "cluster succeeded, registry succeeded"));
    }

    @Test
    void missingOnesAreBothNamedWithTheCommandThatFindsThem() {
        List<Finding> findings = check(new Lookup.Absent<>(), new Lookup.Absent<>());
        assertThat(findings)
                .extracting(each -> each.code().orElseThrow())
                .containsExactly(Code.CLUSTER_NOT_FOUND, Code.REGISTRY_NOT_FOUND);
        assertThat(findings).allMatch(each -> each.state() == FAILS);
        assertThat(findings.get(1).cause().orElseThrow()).contains(Samples.REGISTRY.toString());
        assertThat(findings.get(1).fix().orElseThrow())
                .startsWith("az resource list --subscription \"" + Samples.SUBSCRIPTION
                        + "\" --resource-type \"Microsoft.ContainerRegistry/registries\" --name \"acrshop\"");
    }

    @Test
    void refusalIsToldInItsOwnWords() {
        Problem problem = Samples.problem(Problem.Kind.MISSING_RIGHT);
        List<Finding> findings = check(new Lookup.Denied<>(problem), new Lookup.Denied<>(problem));
        assertThat(findings)
                .extracting(each -> each.code().orElseThrow())
                .containsExactly(Code.CLUSTER_NOT_READABLE, Code.REGISTRY_NOT_READABLE);
        assertThat(findings)
                .allMatch(each -> each.state() == UNKNOWN
                        && each.cause().equals(Optional.of(problem.cause()))
                        && each.fix().equals(Optional.of(problem.fix())));
    }

    @Test
    void whatIsOnItsWayOutIsAsGoodAsGone() {
        assertThat(check(
                        AlteredCluster.sample()
                                .state(ProvisioningState.DELETING)
                                .found(),
                        registry(ProvisioningState.DELETING, "acrshop.azurecr.io", false)))
                .extracting(each -> each.code().orElseThrow())
                .containsExactly(Code.CLUSTER_DELETING, Code.REGISTRY_DELETING);
    }

    @Test
    void registryThatWasMovedIsNamedWhereItIs() {
        Finding finding = ResourceChecks.of(PAIRING, CLUSTER, new Lookup.Absent<>(), List.of(ELSEWHERE))
                .get(0);
        assertThat(finding.code()).contains(Code.REGISTRY_MOVED);
        assertThat(finding.cause().orElseThrow()).contains(Samples.REGISTRY.toString(), ELSEWHERE.toString());
        assertThat(finding.fix().orElseThrow())
                .startsWith("GET /api/access?cluster=" + Samples.CLUSTER + "&registry=" + ELSEWHERE);
    }

    /** The search for namesakes is not to be believed over what is there. */
    @Test
    void registryThatIsThereWasNotMoved() {
        assertThat(ResourceChecks.of(PAIRING, CLUSTER, REGISTRY, List.of(ELSEWHERE)))
                .allMatch(each -> each.state() == OK);
    }

    @ParameterizedTest
    @EnumSource(names = {"CREATING", "IN_PROGRESS"})
    void registryWithoutLoginServerIsStillMade(ProvisioningState state) {
        Finding finding = check(CLUSTER, registry(state, "", false)).get(0);
        assertThat(finding.code()).contains(Code.REGISTRY_NOT_READY);
        assertThat(finding.cause().orElseThrow()).contains("still making it");
    }

    @Test
    void registryThatIsMadeButHasItsNameIsNotReady() {
        assertThat(check(CLUSTER, registry(ProvisioningState.CREATING, "acrshop.azurecr.io", false))
                        .get(0)
                        .code())
                .contains(Code.REGISTRY_NOT_READY);
    }

    @Test
    void registryThatCouldNotBeMadeIsMadeAgain() {
        Finding finding =
                check(CLUSTER, registry(ProvisioningState.FAILED, "", false)).get(0);
        assertThat(finding.code()).contains(Code.REGISTRY_NOT_READY);
        assertThat(finding.fix().orElseThrow()).startsWith("az acr update ");
    }

    @ParameterizedTest
    @EnumSource(names = {"SUCCEEDED", "IN_PROGRESS", "FAILED"})
    void registryThatIsChangedOrFailedStillServes(ProvisioningState state) {
        assertThat(check(CLUSTER, registry(state, "acrshop.azurecr.io", false)))
                .allMatch(each -> each.state() == OK && each.code().isEmpty());
    }

    /** It keeps passwords from being made, and no node from pulling. */
    @Test
    void foreignLoginServerIsANote() {
        Finding finding =
                check(CLUSTER, registry(ProvisioningState.SUCCEEDED, "", true)).get(0);
        assertThat(finding.code()).contains(Code.LOGIN_SERVER_NOT_OWN);
        assertThat(finding.state()).isEqualTo(OK);
        assertThat(finding.fix()).isPresent();
    }

    private static List<Finding> check(Lookup<Cluster> cluster, Lookup<Registry> registry) {
        return ResourceChecks.of(PAIRING, cluster, registry, List.of());
    }

    private static Lookup<Registry> registry(ProvisioningState state, String loginServer, boolean isForeign) {
        return new Lookup.Found<>(Samples.registry(
                Samples.REGISTRY,
                Map.of(),
                state,
                loginServer,
                Optional.empty(),
                isForeign,
                true,
                Optional.of(List.of())));
    }
}
