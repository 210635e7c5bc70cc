package io.github.acrattach.usecase;

import static io.github.acrattach.domain.Samples.CLUSTER;
import static io.github.acrattach.domain.Samples.REGISTRY;
import static io.github.acrattach.domain.Samples.SUBSCRIPTION;
import static io.github.acrattach.usecase.Expected.ELSEWHERE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.acrattach.domain.ArmId;
import io.github.acrattach.domain.Change;
import io.github.acrattach.domain.Cluster;
import io.github.acrattach.domain.Exclusions;
import io.github.acrattach.domain.Naming;
import io.github.acrattach.domain.Pairing;
import io.github.acrattach.domain.PairingRule;
import io.github.acrattach.domain.PairingRule.Method;
import io.github.acrattach.domain.ProvisioningState;
import io.github.acrattach.domain.PullGrant;
import io.github.acrattach.domain.PullRole;
import io.github.acrattach.domain.PullSecretTerms;
import io.github.acrattach.domain.Registry;
import io.github.acrattach.domain.RoleAssignment;
import io.github.acrattach.domain.Samples;
import io.github.acrattach.domain.Selector;
import io.github.acrattach.domain.access.Check.Way;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A rule pairs the same two by whichever path they come, and no others. */
class EveryPathTest {

    private static final List<String> HERE = List.of(SUBSCRIPTION.toString());
    private static final List<String> ANYWHERE = List.of(SUBSCRIPTION.toString(), ELSEWHERE.toString());
    private static final List<String> ANY = List.of();

    /** How the two come to be paired; whether a pull secret, which the rule wants, is made for them or would be. */
    private enum Path {
        CLUSTER_EVENT((program, pair) -> {
            program.handleChange.ofOneDelivery().apply(new Change.ClusterWritten(pair.cluster()));
            return false;
        }),
        REGISTRY_EVENT((program, pair) -> {
            program.handleChange.ofOneDelivery().apply(new Change.RegistryWritten(pair.registry()));
            return false;
        }),
        RECONCILE((program, pair) -> {
            program.reconcileAll.reconcile(true);
            return false;
        }),
        TIMER((program, pair) -> {
            program.rotatePullSecrets.rotate();
            return false;
        }),
        ATTACH_WITHOUT_METHOD((program, pair) -> {
            program.ensurePullAccess.ensure(pair, Optional.empty());
            return false;
        }),
        ACCESS((program, pair) -> program.verifyPullAccess
                        .verify(pair, Optional.empty())
                        .verdict()
                        .way()
                == Way.SECRET);

        private final BiFunction<Program, Pairing, Boolean> taken;

        Path(BiFunction<Program, Pairing, Boolean> taken) {
            this.taken = taken;
        }
    }

    /** A rule, a cluster and a registry, and whether the rule pairs them. */
    private record Row(String what, PairingRule rule, Cluster cluster, Registry registry, boolean isPaired) {

        @Override
        public String toString() {
            return what;
        }
    }

    static Stream<Arguments> matrix() {
        Selector all = selector(ANY, "*");
        Cluster here = cluster(SUBSCRIPTION, Map.of("team", "shop"));
        Cluster elsewhere = cluster(ELSEWHERE, Map.of("team", "shop"));
        Registry registry = Samples.registry();
        return Stream.of(
                        new Row("both in one subscription", rule(all, all), here, registry, true),
                        new Row("no subscription named, two apart", rule(all, all), elsewhere, registry, false),
                        new Row(
                                "the clusters' named, two apart",
                                rule(selector(ANYWHERE, "*"), all),
                                elsewhere,
                                registry,
                                false),
                        new Row(
                                "the registries' named, two apart",
                                rule(all, selector(ANYWHERE, "*")),
                                elsewhere,
                                registry,
                                false),
                        new Row(
                                "both named, two apart",
                                rule(selector(ANYWHERE, "*"), selector(HERE, "*")),
                                elsewhere,
                                registry,
                                true),
                        new Row("the other one named", rule(selector(HERE, "*"), all), elsewhere, registry, false),
                        new Row("another name", rule(selector(ANY, "aks-pay*"), all), here, registry, false),
                        new Row("another case", rule(selector(ANY, "AKS-SHOP"), all), here, registry, true),
                        new Row("another registry", rule(all, selector(ANY, "acrpay")), here, registry, false),
                        new Row("the tag of both", joined("team"), here, registry, true),
                        new Row(
                                "another tag",
                                joined("team"),
                                cluster(SUBSCRIPTION, Map.of("team", "pay")),
                                registry,
                                false),
                        new Row("no tag", joined("team"), cluster(SUBSCRIPTION, Map.of()), registry, false),
                        new Row("a tag of neither", joined("owner"), here, registry, false),
                        new Row("the tag of both, two apart", joined("team"), elsewhere, registry, false),
                        new Row("the cluster left out by name", except("aks-*", "", ""), here, registry, false),
                        new Row("another cluster left out", except("aks-pay", "", ""), here, registry, true),
                        new Row("the cluster left out by tag", except("", "Team=sh*", ""), here, registry, false),
                        new Row("another tag left out", except("", "team=pay", ""), here, registry, true),
                        new Row("the pair left out", except("", "", "AKS-shop/acrshop"), here, registry, false),
                        new Row("another pair left out", except("", "", "aks-shop/acrpay"), here, registry, true),
                        new Row(
                                "the tag that turns off, of the cluster",
                                rule(all, all),
                                cluster(SUBSCRIPTION, Map.of("ACR-attach", "Off")),
                                registry,
                                false),
                        new Row(
                                "the tag that turns off, of the registry",
                                rule(all, all),
                                here,
                                Samples.registry(
                                        registry.id(),
                                        Map.of("acr-attach", "off"),
                                        registry.state(),
                                        registry.loginServer(),
                                        registry.roleAssignmentMode()),
                                false),
                        new Row(
                                "that tag with another value",
                                rule(all, all),
                                cluster(SUBSCRIPTION, Map.of("acr-attach", "on")),
                                registry,
                                true))
                .flatMap(row -> Arrays.stream(Path.values()).map(path -> Arguments.of(row, path)));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("matrix")
    void pairs(Row row, Path path) {
        SmallCloud cloud = new SmallCloud();
        cloud.put(row.cluster());
        cloud.put(row.registry());
        SmallSecrets secrets = new SmallSecrets(cloud);
        secrets.namespace(row.cluster().id(), "shop");
        Pairing pair = Pairing.of(row.cluster(), row.registry());
        boolean would = path.taken.apply(new Program(cloud, secrets, row.rule()), pair);
        assertThat(would || !secrets.made().isEmpty()).isEqualTo(row.isPaired());
        if (!row.isPaired()) {
            assertThat(secrets.held(pair.cluster(), pair.registry())).isEmpty();
            assertThat(cloud.assignments()).isEqualTo(path == Path.ATTACH_WITHOUT_METHOD ? roleOf(pair) : List.of());
        }
    }

    /** Whoever names a pair by hand and no method lets the cluster in by a role, where no rule says how. */
    private static List<RoleAssignment> roleOf(Pairing pair) {
        return List.of(
                SmallCloud.made(new PullGrant(pair.cluster(), pair.registry(), Samples.KUBELET, PullRole.ACR_PULL)));
    }

    private static PairingRule rule(Selector clusters, Selector registries) {
        return new PairingRule("shop", clusters, registries, List.of(), Method.SECRET, PullSecretTerms.DEFAULT);
    }

    /** Every cluster and registry but those of this name, of this tag, and this pair. */
    private static PairingRule except(String name, String tag, String pair) {
        return Program.except(
                rule(selector(ANY, "*"), selector(ANY, "*")),
                Exclusions.of(
                        Exclusions.Side.of(Naming.CLUSTER, given(name), given(tag)),
                        Exclusions.Side.of(Naming.REGISTRY, List.of(), List.of()),
                        given(pair)));
    }

    private static List<String> given(String text) {
        return text.isEmpty() ? List.of() : List.of(text);
    }

    private static PairingRule joined(String tag) {
        Selector all = selector(ANY, "*");
        return new PairingRule("shop", all, all, List.of(tag), Method.SECRET, PullSecretTerms.DEFAULT);
    }

    private static Selector selector(List<String> subscriptions, String names) {
        return Selector.of(subscriptions, List.of(), List.of(names), List.of());
    }

    private static Cluster cluster(UUID subscription, Map<String, String> tags) {
        Cluster sample = Samples.cluster();
        return Samples.cluster(
                ArmId.parse(CLUSTER.toString().replace(REGISTRY.subscription().toString(), subscription.toString())),
                tags,
                ProvisioningState.SUCCEEDED,
                sample.identity(),
                Samples.API_SERVER);
    }
}
