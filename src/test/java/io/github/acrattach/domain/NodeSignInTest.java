package io.github.acrattach.domain;

import static io.github.acrattach.domain.Samples.CLUSTER;
import static io.github.acrattach.domain.Samples.REGISTRY;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.acrattach.domain.Problem.Kind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NodeSignInTest {

    @ParameterizedTest
    @ValueSource(strings = {"1.28.15", "1.28", "1.27.102", "1.9.0"})
    void nodesOfAnOldVersionCannotSignInWithoutTokensForArm(String version) {
        Problem problem = only(version);
        assertThat(problem.kind()).isEqualTo(Kind.ARM_TOKENS_REFUSED);
        assertThat(problem.cause()).contains("pool0 (" + version + ")");
        assertThat(problem.fix())
                .as("two registries of a subscription can have the name")
                .startsWith("az acr config authentication-as-arm update --registry \"acrshop\" --resource-group \""
                        + REGISTRY.resourceGroup() + "\" --subscription \"" + Samples.SUBSCRIPTION
                        + "\" --status enabled   (")
                .contains("az aks upgrade --kubernetes-version \"<1.33 or newer>\"" + AzCommand.which(CLUSTER));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.29.15", "1.30.12", "1.31.9", "1.32.4", "", "v2", "1.28.3; x"})
    void whatANodeDoesInTheVersionsBetweenCannotBeKnown(String version) {
        Problem problem = only(version);
        assertThat(problem.kind()).isEqualTo(Kind.ARM_TOKENS_DOUBTFUL);
        assertThat(problem.cause()).contains("pool0").doesNotContain(";");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.33.0", "1.34", "1.100.1"})
    void nodesOfANewVersionSignInAsTheRegistryWants(String version) {
        assertThat(notes(false, kubelet(), version)).isEmpty();
    }

    @Test
    void onlyTheNodePoolsThatAreConcernedAreNamed() {
        assertThat(notes(false, kubelet(), "1.33.5", "1.27.3", "1.31.9"))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.kind()).isEqualTo(Kind.ARM_TOKENS_REFUSED);
                    assertThat(problem.cause()).contains("pool1 (1.27.3)").doesNotContain("pool0", "pool2");
                });
        assertThat(notes(false, kubelet(), "1.33.5", "1.31.9"))
                .singleElement()
                .satisfies(problem ->
                        assertThat(problem.cause()).contains("pool1 (1.31.9)").doesNotContain("pool0"));
    }

    @Test
    void clusterThatShowsNoNodePoolsIsInDoubt() {
        assertThat(notes(false, kubelet())).extracting(Problem::kind).containsExactly(Kind.ARM_TOKENS_DOUBTFUL);
    }

    @Test
    void registryThatTakesThemAndServicePrincipalsAreNotConcerned() {
        assertThat(notes(true, kubelet(), "1.27.3")).isEmpty();
        assertThat(notes(false, new PullIdentity.ServicePrincipal(new UUID(1, 1)), "1.27.3"))
                .isEmpty();
    }

    private static Problem only(String version) {
        List<Problem> notes = notes(false, kubelet(), version);
        assertThat(notes).hasSize(1);
        return notes.get(0);
    }

    private static PullIdentity kubelet() {
        return new PullIdentity.Kubelet(Samples.KUBELET);
    }

    private static List<Problem> notes(boolean takesArmTokens, PullIdentity identity, String... versions) {
        Registry registry = Samples.registry(
                REGISTRY,
                Map.of(),
                ProvisioningState.SUCCEEDED,
                "acrshop.azurecr.io",
                Optional.empty(),
                false,
                takesArmTokens,
                Optional.of(List.of()));
        List<NodePool> pools = Stream.of(versions)
                .map(version -> new NodePool("pool", version))
                .toList();
        List<NodePool> numbered = Stream.iterate(0, number -> number < pools.size(), number -> number + 1)
                .map(number -> new NodePool("pool" + number, pools.get(number).version()))
                .toList();
        Cluster cluster = Samples.cluster(
                CLUSTER,
                Map.of(),
                ProvisioningState.SUCCEEDED,
                identity,
                Samples.API_SERVER,
                PowerState.RUNNING,
                numbered);
        return NodeSignIn.notes(Samples.facts(cluster, registry, List.of()));
    }
}
