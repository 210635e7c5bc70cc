package io.github.acrattach.adapter.kubernetes.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.AdmissionWebhook;
import io.github.acrattach.adapter.kubernetes.access.ApiRequest;
import io.github.acrattach.adapter.kubernetes.manifest.DockerConfig;
import io.github.acrattach.adapter.kubernetes.manifest.PullSecretManifest;
import io.github.acrattach.concurrent.Deadline;
import io.github.acrattach.concurrent.SideBySide;
import io.github.acrattach.domain.Held;
import io.github.acrattach.domain.NamespaceOutcome;
import io.github.acrattach.domain.NamespaceOutcome.State;
import io.github.acrattach.domain.Problem;
import io.github.acrattach.domain.Problem.Kind;
import io.github.acrattach.domain.Samples;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** What has to hold by whichever way where the cluster refuses, somebody interferes, or there is much of it. */
abstract class ObstacleChecks extends RouteChecks {

    @Test
    void webhookRefusesInItsNamespaceAlone() {
        assumeTrue(cluster().real.isPresent(), "the emulator's API server asks no webhooks");
        Set<String> refused = new TreeSet<>();
        Map<String, Function<ObjectNode, Optional<ObjectNode>>> judges = new HashMap<>();
        for (String status : List.of(
                "{}",
                "{'code':403,'reason':'Forbidden'}",
                "{'code':404,'reason':'NotFound'}",
                "{'code':409,'reason':'AlreadyExists'}",
                "{'code':503}")) {
            String namespace = cluster().judgedNamespace("refused");
            refused.add(namespace);
            judges.put(
                    namespace,
                    object -> Optional.of(AdmissionWebhook.refused(
                            JsonFields.object(status).put("message", "not this: " + object + HOSTILE))));
        }
        String broken = cluster().judgedNamespace("broken");
        judges.put(broken, object -> Optional.empty());
        String free = cluster().namespace("free");
        Set<String> all = new TreeSet<>(refused);
        all.addAll(Set.of(broken, free));

        judges.forEach((namespace, judge) -> cluster().webhook().judge(namespace, ApiRequest.SECRETS, judge));
        List<NamespaceOutcome> created = store(SECRET, DEFAULT, all);
        cluster().webhook().rest();
        assertThat(store(SECRET, DEFAULT, all)).allMatch(end -> end.state() == State.READY);
        judges.forEach((namespace, judge) -> cluster().webhook().judge(namespace, ApiRequest.SECRETS, judge));
        List<NamespaceOutcome> changed = store(NEWER, DEFAULT, all);
        cluster().webhook().rest();

        for (List<NamespaceOutcome> ends : List.of(created, changed)) {
            assertThat(states(ends)).containsEntry(free, State.READY).containsEntry(broken, State.PENDING);
            assertThat(ends)
                    .filteredOn(end -> refused.contains(end.namespace()))
                    .allSatisfy(end -> {
                        assertThat(end.state()).isEqualTo(State.REFUSED);
                        assertThat(end.problem().orElseThrow().kind()).isEqualTo(Kind.NOT_ADMITTED);
                        assertThat(end.problem().orElseThrow().cause())
                                .contains(AdmissionWebhook.NAME, "secrets in the namespace " + end.namespace());
                    });
            assertThat(ends.toString())
                    .doesNotContain(
                            "planted", "not this", DockerConfig.of(SECRET).encoded())
                    .doesNotContain(DockerConfig.of(NEWER).encoded());
        }
        refused.forEach(namespace -> assertThat(value(namespace)).isEqualTo(ClusterUnderTest.VALUE));
        assertThat(value(free)).isEqualTo("newer");
        assertNothingPlanted(Set.of(free));
    }

    @Test
    void webhookThatRefusesAServiceAccountLeavesTheSecretAndTheOthers() {
        assumeTrue(cluster().real.isPresent(), "the emulator's API server asks no webhooks");
        String refused = cluster().judgedNamespace("account");
        String free = cluster().namespace("free");
        cluster()
                .webhook()
                .judge(
                        refused,
                        ApiRequest.SERVICE_ACCOUNTS,
                        object -> Optional.of(AdmissionWebhook.refused(
                                JsonFields.object("{'code':403}").put("message", HOSTILE))));
        Map<String, NamespaceOutcome> ends = store(SECRET, DEFAULT, Set.of(refused, free)).stream()
                .collect(Collectors.toMap(NamespaceOutcome::namespace, end -> end));
        cluster().webhook().rest();
        assertThat(ends.get(free).state()).isEqualTo(State.READY);
        assertThat(ends.get(refused).state()).isEqualTo(State.REFUSED);
        assertThat(ends.get(refused).problem().orElseThrow().cause())
                .contains(AdmissionWebhook.NAME, "patch serviceaccounts in the namespace " + refused)
                .doesNotContain("planted");
        assertThat(value(refused)).isEqualTo(ClusterUnderTest.VALUE);
        assertThat(look(Set.of(refused, free)))
                .extracting(each -> each.references().orElseThrow().referring().size())
                .containsExactlyInAnyOrder(0, 1);
    }

    @Test
    void policyRefusesInItsNamespaceAlone() {
        assumeTrue(
                cluster()
                        .real
                        .filter(real -> real.kubectl("api-resources", "-o", "name")
                                .contains("validatingadmissionpolicies.admissionregistration.k8s.io"))
                        .isPresent(),
                "NOT TESTED: this API server has no ValidatingAdmissionPolicy, which came with Kubernetes 1.30; what one"
                        + " says is in RecordedRefusalTest");
        String refused = cluster().judgedNamespace("policy");
        String free = cluster().namespace("free");
        cluster().real.orElseThrow().apply("""
                apiVersion: admissionregistration.k8s.io/v1
                kind: ValidatingAdmissionPolicy
                metadata: {name: no-secrets.example.com}
                spec:
                  matchConstraints:
                    resourceRules: [{apiGroups: [""], apiVersions: [v1], operations: [CREATE, UPDATE], resources: [secrets]}]
                  validations: [{expression: "object.type == 'Opaque'", messageExpression: "string(object.data['.dockerconfigjson'])"}]
                ---
                apiVersion: admissionregistration.k8s.io/v1
                kind: ValidatingAdmissionPolicyBinding
                metadata: {name: no-secrets-binding}
                spec:
                  policyName: no-secrets.example.com
                  validationActions: [Deny]
                  matchResources: {namespaceSelector: {matchLabels: {%s: "yes"}}}
                """.formatted(AdmissionWebhook.JUDGED));
        try {
            // It takes a moment until it is asked.
            Map<String, State> ends = states(store(SECRET, DEFAULT, Set.of(refused, free)));
            for (int i = 0; i < 50 && ends.get(refused) == State.READY; i++) {
                cluster().delete(refused, ApiRequest.SECRETS, ClusterUnderTest.NAME);
                Deadline.pause(Duration.ofMillis(200));
                ends = states(store(SECRET, DEFAULT, Set.of(refused, free)));
            }
            assertThat(ends).containsEntry(refused, State.REFUSED).containsEntry(free, State.READY);
            assertThat(store(refused).problem().orElseThrow().cause())
                    .contains("policy 'no-secrets.example.com' with binding 'no-secrets-binding'")
                    .doesNotContain(DockerConfig.of(SECRET).encoded());
        } finally {
            cluster()
                    .runByHand("kubectl delete validatingadmissionpolicy no-secrets.example.com;"
                            + " kubectl delete validatingadmissionpolicybinding no-secrets-binding");
        }
    }

    @Test
    void whatIsChangedInBetweenIsDecidedAgain() {
        String noted = cluster().judgedNamespace("noted");
        String frozen = cluster().judgedNamespace("frozen");
        String removed = cluster().judgedNamespace("removed");
        String claimed = cluster().judgedNamespace("claimed");
        String made = cluster().judgedNamespace("made");
        String referring = cluster().judgedNamespace("referring");
        store(SECRET, DEFAULT, Set.of(noted, frozen, removed));
        String foreign = "{'type':'Opaque','metadata':{'name':'" + ClusterUnderTest.NAME + "'}}";

        cluster()
                .inBetween(
                        noted,
                        ApiRequest.SECRETS,
                        () -> change(noted, secret -> secret.withObjectProperty("metadata")
                                .withObjectProperty("annotations")
                                .put("note", "mine")));
        cluster().inBetween(frozen, ApiRequest.SECRETS, () -> change(frozen, secret -> secret.put("immutable", true)));
        cluster().inBetween(removed, ApiRequest.SECRETS, () -> cluster()
                .delete(removed, ApiRequest.SECRETS, ClusterUnderTest.NAME));
        cluster().inBetween(claimed, ApiRequest.SECRETS, () -> cluster().create(claimed, ApiRequest.SECRETS, foreign));
        cluster().inBetween(made, ApiRequest.SECRETS, () -> cluster()
                .create(
                        made,
                        ApiRequest.SECRETS,
                        PullSecretManifest.create(SECRET, Samples.VERSION).toString()));
        cluster().inBetween(referring, ApiRequest.SERVICE_ACCOUNTS, () -> {
            ObjectNode account = cluster().get(referring, ApiRequest.SERVICE_ACCOUNTS, "default");
            account.set("imagePullSecrets", JsonFields.any("[{'name':'theirs'}]"));
            cluster().replace(referring, ApiRequest.SERVICE_ACCOUNTS, account);
        });
        List<NamespaceOutcome> ends = store(NEWER, DEFAULT, Set.of(noted, frozen, removed, claimed, made, referring));

        assertThat(states(ends))
                .isEqualTo(Map.of(
                        noted,
                        State.READY,
                        frozen,
                        State.REFUSED,
                        removed,
                        State.PENDING,
                        claimed,
                        State.SKIPPED,
                        made,
                        State.READY,
                        referring,
                        State.READY));
        assertThat(value(noted)).isEqualTo("newer");
        assertThat(JsonFields.text(
                        cluster().get(noted, ApiRequest.SECRETS, ClusterUnderTest.NAME),
                        "metadata",
                        "annotations",
                        "note"))
                .contains("mine");
        assertThat(value(frozen)).isEqualTo(ClusterUnderTest.VALUE);
        assertThat(cluster().find(removed, ApiRequest.SECRETS, ClusterUnderTest.NAME))
                .isEmpty();
        assertThat(JsonFields.text(cluster().get(claimed, ApiRequest.SECRETS, ClusterUnderTest.NAME), "type"))
                .contains("Opaque");
        assertThat(value(made)).isEqualTo("newer");
        assertThat(names(cluster().get(referring, ApiRequest.SERVICE_ACCOUNTS, "default")))
                .containsExactly("theirs", ClusterUnderTest.NAME);
    }

    private void change(String namespace, Consumer<ObjectNode> change) {
        ObjectNode secret = cluster().get(namespace, ApiRequest.SECRETS, ClusterUnderTest.NAME);
        change.accept(secret);
        cluster().replace(namespace, ApiRequest.SECRETS, secret);
    }

    @Test
    void manyServiceAccountsReferAndThoseThatAreMissingAreNamed() {
        String namespace = cluster().namespace("accounts");
        int many = byCommand() ? 15 : 40;
        Set<String> there = IntStream.range(0, many)
                .mapToObj(number -> "runner-" + number)
                .collect(Collectors.toCollection(TreeSet::new));
        SideBySide.each(there, name -> cluster()
                .create(namespace, ApiRequest.SERVICE_ACCOUNTS, "{'metadata':{'name':'" + name + "'}}"));

        NamespaceOutcome end =
                store(SECRET, accounts("runner-0", "runner-1", "runner-*", "builder", "missing"), namespace);

        assertThat(end.state()).isEqualTo(State.REFUSED);
        Problem problem = end.problem().orElseThrow();
        assertThat(problem.kind()).isEqualTo(Kind.SERVICE_ACCOUNT_MISSING);
        assertThat(problem.cause()).contains("no service account builder, missing,");
        assertThat(problem.fix()).contains("kubectl -n " + namespace + " create serviceaccount builder");
        assertThat(SideBySide.each(there, name -> names(cluster().get(namespace, ApiRequest.SERVICE_ACCOUNTS, name))))
                .hasSize(many)
                .allMatch(List.of(ClusterUnderTest.NAME)::equals);
    }

    /** Takes 10 s. */
    @Test
    @Order(LAST)
    void fiveHundredNamespacesAreServedInOneGo() {
        int many = cluster().real.isPresent() ? 500 : 100;
        Set<String> names = cluster().namespaces("many", many);
        Set<String> standing =
                names.stream().skip(byCommand() ? 25 : many).collect(Collectors.toCollection(TreeSet::new));
        if (!standing.isEmpty()) {
            assertThat(secrets()
                            .store(cluster().cluster(), SECRET, standing, Set.of(), DEFAULT)
                            .found())
                    .isPresent();
        }
        List<NamespaceOutcome> ends = store(SECRET, DEFAULT, names);
        assertThat(ends).extracting(NamespaceOutcome::namespace).containsExactlyElementsOf(names);
        assertThat(ends).allMatch(end -> end.state() == State.READY);
        assertThat(look(names)).hasSize(many).allSatisfy(each -> {
            assertThat(each.held()).isInstanceOf(Held.Ours.class);
            assertThat(each.references().orElseThrow().referring()).containsExactly("default");
        });
    }
}
