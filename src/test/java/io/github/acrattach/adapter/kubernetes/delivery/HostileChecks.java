package io.github.acrattach.adapter.kubernetes.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.adapter.kubernetes.access.ApiRequest;
import io.github.acrattach.domain.Held;
import io.github.acrattach.domain.NamespaceOutcome;
import io.github.acrattach.domain.NamespaceOutcome.State;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What strangers write into a cluster changes nothing of what is done, and is not printed, by whichever way. */
abstract class HostileChecks extends ObstacleChecks {

    /** No longer than names can be. */
    private static final List<String> HOSTILE_NAMES = List.of(HOSTILE.substring(0, 250), HOSTILE.substring(250));

    private static final String BINDING = "\"}],\"x\":[{\"a\":\"\n---\napiVersion: rbac.authorization.k8s.io/v1\nkind:"
            + " ClusterRoleBinding\nmetadata: {name: planted}\nroleRef: {apiGroup: rbac.authorization.k8s.io, kind:"
            + " ClusterRole, name: cluster-admin}\nsubjects: [{apiGroup: rbac.authorization.k8s.io, kind: User, name:"
            + " tenant}]\n---\n{\"apiVersion\":\"rbac.authorization.k8s.io/v1\",\"kind\":\"ClusterRoleBinding\","
            + "\"metadata\":{\"name\":\"planted\"},\"roleRef\":{\"apiGroup\":\"rbac.authorization.k8s.io\",\"kind\":"
            + "\"ClusterRole\",\"name\":\"cluster-admin\"},\"subjects\":[{\"apiGroup\":\"rbac.authorization.k8s.io\","
            + "\"kind\":\"User\",\"name\":\"tenant\"}]}\n";

    @Test
    void whatStrangersWriteStaysAsItIsAndChangesNothingElse() {
        String namespace = cluster().namespace("hostile");
        String typed = cluster().namespace("typed");
        store(namespace);
        ObjectNode there = cluster().get(namespace, ApiRequest.SECRETS, ClusterUnderTest.NAME);
        ObjectNode metadata = there.withObjectProperty("metadata");
        metadata.withObjectProperty("labels").put("never-told.example.com/a", "never-told_b.c");
        ObjectNode annotations = metadata.withObjectProperty("annotations");
        annotations.put("note", "never-told" + HOSTILE);
        annotations.put("acr-attach/inputs.never-told", HOSTILE);
        annotations.put("acr-attach/inputs", HOSTILE);
        ObjectNode owner = JsonFields.object("{'apiVersion':'never-told/v1'}");
        Stream.of("kind", "uid", "name").forEach(field -> owner.put(field, "never-told" + HOSTILE));
        ArrayNode owners = JsonNodeFactory.instance.arrayNode().add(owner);
        metadata.set("ownerReferences", owners);
        there.withObjectProperty("data")
                .put("-never-told_.", base64(HOSTILE))
                .put("others", base64("never-told" + HOSTILE));
        cluster().replace(namespace, ApiRequest.SECRETS, there);
        ObjectNode account = JsonFields.object("{'metadata':{'name':'builder.never-found'}}");
        account.withObjectProperty("metadata")
                .withObjectProperty("annotations")
                .put("acr-attach/added", HOSTILE)
                .put("note", "never-told" + HOSTILE);
        ArrayNode pullSecrets = account.putArray("imagePullSecrets");
        HOSTILE_NAMES.forEach(name -> pullSecrets.addObject().put("name", name));
        account.putArray("secrets").addObject().put("name", "never-told" + HOSTILE);
        cluster().create(namespace, ApiRequest.SERVICE_ACCOUNTS, account.toString());
        ObjectNode foreign = JsonFields.object("{'metadata':{'name':'" + ClusterUnderTest.NAME + "'}}");
        cluster().create(typed, ApiRequest.SECRETS, foreign.put("type", HOSTILE).toString());
        String before = everything();

        List<NamespaceOutcome> ends = store(NEWER, accounts("builder.never-found"), Set.of(namespace, typed));
        assertThat(states(ends)).isEqualTo(Map.of(namespace, State.READY, typed, State.SKIPPED));
        assertThat(look(Set.of(namespace, typed)))
                .extracting(each -> each.held().getClass().getSimpleName())
                .containsExactlyInAnyOrder(Held.Ours.class.getSimpleName(), Held.Foreign.class.getSimpleName());

        ObjectNode renewed = cluster().get(namespace, ApiRequest.SECRETS, ClusterUnderTest.NAME);
        assertThat(value(namespace)).isEqualTo("newer");
        assertThat(JsonFields.texts(renewed, "metadata", "annotations"))
                .containsEntry("note", "never-told" + HOSTILE)
                .containsEntry("acr-attach/inputs.never-told", HOSTILE)
                .containsEntry("acr-attach/inputs", NEWER.inputs());
        assertThat(JsonFields.texts(renewed, "metadata", "labels"))
                .containsEntry("never-told.example.com/a", "never-told_b.c");
        assertThat(renewed.withObjectProperty("metadata").get("ownerReferences"))
                .isEqualTo(owners);
        for (String key : List.of("-never-told_.", "others")) {
            assertThat(renewed.withObjectProperty("data").get(key))
                    .isEqualTo(there.withObjectProperty("data").get(key));
        }
        assertThat(names(cluster().get(namespace, ApiRequest.SERVICE_ACCOUNTS, "builder.never-found")))
                .containsExactly(HOSTILE_NAMES.get(0), HOSTILE_NAMES.get(1), ClusterUnderTest.NAME);
        assertThat(everything()).isEqualTo(before);
        assertNothingPlanted(Set.of(namespace, typed));
        assertTellsNothing(ends.toString());
        assertThat(ends.toString()).doesNotContain("planted");
        assertThat(printed()).allSatisfy(HostileChecks::assertTellsNothing);
        assertThat(clear()).contains(NamespaceOutcome.of(namespace, State.REMOVED));
        assertThat(names(cluster().get(namespace, ApiRequest.SERVICE_ACCOUNTS, "builder.never-found")))
                .isEqualTo(HOSTILE_NAMES);
    }

    @Test
    void tenantWhoMakesTheSecretAnewHasNothingElseMade() {
        String namespace = cluster().namespace("tenant");
        store(namespace);
        ObjectNode ours = cluster().get(namespace, ApiRequest.SECRETS, ClusterUnderTest.NAME);
        ObjectNode theirs = JsonFields.object("{'apiVersion':'v1','kind':'Secret','immutable':true}");
        theirs.set("type", ours.get("type"));
        theirs.set("data", ours.get("data"));
        ObjectNode metadata = theirs.putObject("metadata").put("name", ClusterUnderTest.NAME);
        metadata.set("labels", ours.withObjectProperty("metadata").get("labels"));
        metadata.set("annotations", ours.withObjectProperty("metadata").get("annotations"));
        metadata.withObjectProperty("annotations").put("acr-attach/inputs", BINDING);
        metadata.putArray("ownerReferences")
                .addObject()
                .put("apiVersion", "v1")
                .put("kind", "Pod")
                .put("uid", BINDING)
                .put("name", BINDING);
        makeAnewAsTenant(namespace, theirs);
        ObjectNode made = cluster().get(namespace, ApiRequest.SECRETS, ClusterUnderTest.NAME);
        String before = everything();

        NamespaceOutcome renewed = store(NEWER, namespace);

        assertThat(renewed.state()).isEqualTo(State.REFUSED);
        assertThat(renewed.problem().orElseThrow().cause())
                .contains("immutable")
                .doesNotContain("planted");
        assertThat(cluster().get(namespace, ApiRequest.SECRETS, ClusterUnderTest.NAME))
                .isEqualTo(made);
        assertThat(clear()).contains(NamespaceOutcome.of(namespace, State.REMOVED));
        assertThat(everything()).isEqualTo(before).doesNotContain("planted");
    }

    @Test
    void listThatIsTooLongIsLeftAloneAndKeepsTheOthersFromNothing() {
        String wide = cluster().namespace("wide");
        String deep = cluster().namespace("deep");
        String free = cluster().namespace("free");
        ObjectNode longest = cluster().get(wide, ApiRequest.SERVICE_ACCOUNTS, "default");
        longest.putArray("imagePullSecrets").addObject().put("name", "\"".repeat(1_450_000));
        longest = cluster().replace(wide, ApiRequest.SERVICE_ACCOUNTS, longest);
        ObjectNode most = cluster().get(deep, ApiRequest.SERVICE_ACCOUNTS, "default");
        ArrayNode references = most.putArray("imagePullSecrets");
        IntStream.range(0, 201).forEach(number -> references.addObject().put("name", "their-" + number));
        cluster().replace(deep, ApiRequest.SERVICE_ACCOUNTS, most);
        Set<String> all = Set.of(wide, deep, free);

        List<NamespaceOutcome> ends = store(SECRET, DEFAULT, all);

        assertThat(states(ends)).isEqualTo(Map.of(wide, State.REFUSED, deep, State.REFUSED, free, State.READY));
        assertThat(ends).filteredOn(end -> end.state() == State.REFUSED).allSatisfy(end -> assertThat(
                        end.problem().orElseThrow().cause())
                .contains("service account default", end.namespace())
                .doesNotContain("their-"));
        assertThat(value(wide)).isEqualTo(ClusterUnderTest.VALUE);
        assertThat(names(cluster().get(wide, ApiRequest.SERVICE_ACCOUNTS, "default")))
                .isEqualTo(names(longest));
        assertThat(names(cluster().get(deep, ApiRequest.SERVICE_ACCOUNTS, "default")))
                .hasSize(201)
                .doesNotContain(ClusterUnderTest.NAME);
        assertThat(clear())
                .contains(
                        NamespaceOutcome.of(wide, State.REMOVED),
                        NamespaceOutcome.of(deep, State.REMOVED),
                        NamespaceOutcome.of(free, State.REMOVED));
    }

    private void makeAnewAsTenant(String namespace, ObjectNode secret) {
        if (cluster().real.isEmpty()) {
            cluster().delete(namespace, ApiRequest.SECRETS, ClusterUnderTest.NAME);
            cluster().create(namespace, ApiRequest.SECRETS, secret.toString());
            return;
        }
        cluster()
                .runByHand("kubectl -n " + namespace + " create role writer --verb=create,delete --resource=secrets\n"
                        + "kubectl -n " + namespace + " create rolebinding writer --role=writer --user=tenant\n"
                        + "kubectl --as=tenant -n " + namespace + " delete secret " + ClusterUnderTest.NAME + '\n'
                        + "kubectl --as=tenant -n " + namespace + " create -f - <<'END OF FILE'\n" + secret
                        + "\nEND OF FILE\n");
    }

    /** Of what was written in a place that matters to this program it may print an encoded word, of the rest nothing. */
    private static void assertTellsNothing(String text) {
        assertThat(text)
                .doesNotContain(
                        "never-told",
                        base64("never-told").substring(0, 12),
                        base64(HOSTILE).substring(0, 20))
                .doesNotContain(
                        "kubectl create", "kind: ServiceAccount", "{{range", "\nN planted", "\nF 0 Forbidden\nT 1");
    }

    /** What a stranger could want to have made, by name; nothing of it is this program's to make. */
    private String everything() {
        return cluster()
                .real
                .map(real -> real.kubectl(
                        "get",
                        "clusterrolebindings,clusterroles,rolebindings,roles,serviceaccounts,configmaps,pods",
                        "--all-namespaces",
                        "-o",
                        "name"))
                .orElse("");
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
