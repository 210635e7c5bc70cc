package io.github.acrattach.adapter.kubernetes.delivery;

import static io.github.acrattach.adapter.azure.Answered.found;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.acrattach.Estates;
import io.github.acrattach.RealCluster;
import io.github.acrattach.domain.Cluster;
import io.github.acrattach.domain.Lookup;
import io.github.acrattach.domain.NamespaceOutcome;
import io.github.acrattach.domain.NamespaceOutcome.State;
import io.github.acrattach.domain.Problem;
import io.github.acrattach.domain.PullSecret;
import io.github.acrattach.domain.ReferenceTerms;
import io.github.acrattach.domain.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** What is printed where rights are missing: run word for word it is enough, and no more than what is documented. */
@Order(2)
class KubernetesRightsTest {

    private static final ReferenceTerms WANTED = RouteChecks.accounts("default", "*");

    private static final Path DOCUMENTED = Path.of("docs", "kubernetes-role.yaml");
    private static final Pattern PRINTED = Pattern.compile("where it asks Kubernetes RBAC: (.*)");

    private static ClusterUnderTest cluster;

    @BeforeAll
    static void startWithoutRights() {
        assumeTrue(RealCluster.assets().isPresent(), "needs a real API server: set KUBEBUILDER_ASSETS");
        cluster = ClusterUnderTest.start(
                estate -> Estates.without(estate, "Azure Kubernetes Service RBAC Cluster Admin"));
    }

    @AfterAll
    static void stop() {
        if (cluster != null) {
            cluster.close();
        }
    }

    /** Each test begins without rights. */
    @AfterEach
    void takeRightsAway() {
        cluster.runByHand(
                "kubectl get clusterrolebindings,clusterroles -o name | grep /acr-attach | xargs kubectl delete");
    }

    @Test
    void whatIsPrintedIsEnoughThroughTheApiServer() throws IOException {
        mends(cluster.cluster(), "acr-attach");
    }

    @Test
    void whatIsPrintedIsEnoughThroughTheCommandPod() throws IOException {
        Cluster way = cluster.privateCluster();
        mends(way, "acr-attach-run-command");

        cluster.runByHand("kubectl delete clusterrole acr-attach-run-command-accounts; kubectl create clusterrole"
                + " acr-attach-run-command-accounts --verb=list,get --resource=serviceaccounts");
        NamespaceOutcome refused = store(way, cluster.namespace("less"), "password1@1");
        assertThat(refused.state()).isEqualTo(State.REFUSED);
        assertThat(refused.problem().orElseThrow().cause()).contains("may not patch serviceaccounts");
    }

    @Test
    void roleOfAnEarlierVersionIsToldWithTheCommandThatChangesIt() {
        Cluster way = cluster.cluster();
        cluster.real.orElseThrow().bind(Estates.PROGRAM, "cluster-admin");
        String namespace = cluster.namespace("earlier");
        assertThat(store(way, namespace, "password1@1").state()).isEqualTo(State.READY);
        cluster.real.orElseThrow().unbind(Estates.PROGRAM, "cluster-admin");
        cluster.runByHand("kubectl create clusterrole acr-attach-namespaces --verb=list --resource=namespaces;"
                + " kubectl create clusterrole acr-attach-secrets --verb=create --resource=secrets;"
                + " kubectl create clusterrole acr-attach-of-acrshop --verb=get,update,delete --resource=secrets"
                + " --resource-name=acr-attach-acrshop;"
                + " kubectl create clusterrole acr-attach-accounts --verb=list,get,update --resource=serviceaccounts;"
                + " for what in namespaces secrets of-acrshop accounts; do kubectl create clusterrolebinding"
                + " acr-attach-$what --clusterrole=acr-attach-$what --user=somebody-else --user=" + Estates.PROGRAM
                + "; done");
        assertThat(store(way, namespace, "password1@1").state())
                .as("what stands")
                .isEqualTo(State.READY);
        NamespaceOutcome refused = store(way, namespace, "password2@2");
        assertThat(refused.state()).isEqualTo(State.REFUSED);
        Problem problem = refused.problem().orElseThrow();
        assertThat(problem.cause()).contains("may not patch secrets");
        Matcher printed = PRINTED.matcher(problem.fix());
        assertThat(printed.find()).isTrue();
        cluster.runByHand(printed.group(1));
        assertThat(store(way, namespace, "password2@2").state()).isEqualTo(State.READY);
        assertThat(cluster.real.orElseThrow().kubectl("get", "clusterrolebinding", "acr-attach-accounts", "-o", "json"))
                .contains("somebody-else", Estates.PROGRAM);
        assertThat(found(cluster.secrets().clear(way, Samples.OWNER, List.of())))
                .containsExactly(NamespaceOutcome.of(namespace, State.REMOVED));
    }

    private void mends(Cluster way, String documented) throws IOException {
        Problem problem =
                ((Lookup.Denied<?>) cluster.secrets().in(way, Samples.OWNER, WANTED.accounts(), Set.of())).problem();
        Matcher printed = PRINTED.matcher(problem.fix());
        assertThat(printed.find()).isTrue();
        cluster.runByHand(printed.group(1));

        String namespace = cluster.namespace("mended");
        assertThat(store(way, namespace, "password1@1")).isEqualTo(NamespaceOutcome.of(namespace, State.READY));
        assertThat(store(way, namespace, "password2@2")).isEqualTo(NamespaceOutcome.of(namespace, State.READY));
        assertThat(found(cluster.secrets().clear(way, Samples.OWNER, List.of())))
                .containsExactly(NamespaceOutcome.of(namespace, State.REMOVED));
        assertThat(rights(documented + '-')).isEqualTo(documented(documented)).isNotEmpty();
    }

    private NamespaceOutcome store(Cluster way, String namespace, String password) {
        PullSecret secret = ClusterUnderTest.secret(password, "value");
        return found(cluster.secrets().store(way, secret, Set.of(namespace), Set.of(), WANTED))
                .get(0);
    }

    /** Each right of the roles that begin so and are bound to this program. */
    private Set<String> rights(String prefix) {
        Set<String> bound = new TreeSet<>();
        for (JsonNode binding : all("clusterrolebindings")) {
            if (binding.toString().contains(Estates.PROGRAM)) {
                bound.add(JsonFields.text(binding, "roleRef", "name").orElseThrow());
            }
        }
        assertThat(bound).allMatch(name -> name.startsWith(prefix));
        Set<String> rights = new TreeSet<>();
        all("clusterroles").stream()
                .filter(role ->
                        bound.contains(JsonFields.text(role, "metadata", "name").orElseThrow()))
                .forEach(role -> rights.addAll(of(role)));
        return rights;
    }

    private Set<String> documented(String name) throws IOException {
        cluster.real.orElseThrow().apply(Files.readString(DOCUMENTED));
        return of(JsonFields.object(cluster.real.orElseThrow().kubectl("get", "clusterrole", name, "-o", "json")));
    }

    private List<JsonNode> all(String resource) {
        return JsonFields.objects(
                JsonFields.object(cluster.real.orElseThrow().kubectl("get", resource, "-o", "json")), "items");
    }

    private static Set<String> of(JsonNode role) {
        Set<String> rights = new TreeSet<>();
        for (JsonNode rule : JsonFields.objects(role, "rules")) {
            List<String> names = new ArrayList<>(texts(rule, "resourceNames"));
            if (names.isEmpty()) {
                names.add("any");
            }
            for (String resource : texts(rule, "resources")) {
                for (String name : names) {
                    texts(rule, "verbs").forEach(verb -> rights.add(verb + ' ' + resource + ' ' + name));
                }
            }
        }
        return rights;
    }

    private static List<String> texts(JsonNode rule, String name) {
        return JsonFields.objects(rule, name).stream().map(JsonNode::asText).toList();
    }
}
