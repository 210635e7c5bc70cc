package io.github.acrattach.adapter.kubernetes;

import static io.github.acrattach.adapter.azure.Answered.found;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.acrattach.Estates;
import io.github.acrattach.domain.Cluster;
import io.github.acrattach.domain.ClusterNamespace;
import io.github.acrattach.domain.Held;
import io.github.acrattach.domain.NamespaceOutcome;
import io.github.acrattach.domain.NamespaceOutcome.State;
import io.github.acrattach.domain.Problem;
import io.github.acrattach.domain.Problem.Kind;
import io.github.acrattach.domain.PullSecret;
import io.github.acrattach.domain.Samples;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What has to hold by whichever way leads into the cluster. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class PullSecretsChecks {

    static final Set<String> DEFAULT = Set.of("default");
    static final PullSecret SECRET = ClusterUnderTest.secret("password1@1", ClusterUnderTest.VALUE);

    private ClusterUnderTest cluster;

    @BeforeAll
    void start() {
        cluster = ClusterUnderTest.start(estate -> {});
        cluster.real.ifPresent(real -> real.bind(Estates.PROGRAM, "cluster-admin"));
    }

    @AfterAll
    void stop() {
        cluster.close();
    }

    /** The cluster, with a door for the test itself. */
    ClusterUnderTest cluster() {
        return cluster;
    }

    /** The cluster as the use cases know it: how it is known decides on the way. */
    abstract Cluster way();

    KubernetesPullSecrets secrets() {
        return cluster().secrets();
    }

    @Test
    void secretIsWhatKubectlMakesAndSaysWhoseItIs() {
        String namespace = cluster().namespace("made");
        assertThat(store(namespace)).isEqualTo(NamespaceOutcome.of(namespace, State.HOLDS));
        JsonObject made = cluster().get(namespace, Ask.SECRETS, ClusterUnderTest.NAME);
        assertThat(Fields.text(made, "type")).contains("kubernetes.io/dockerconfigjson");
        assertThat(Fields.texts(made, "metadata", "labels"))
                .containsEntry("app.kubernetes.io/managed-by", "acr-attach");
        assertThat(Fields.texts(made, "metadata", "annotations"))
                .containsEntry("acr-attach/registry", Samples.REGISTRY.toString())
                .containsEntry("acr-attach/cluster", Samples.CLUSTER.toString())
                .containsEntry("acr-attach/credential-kind", "ACR_TOKEN")
                .containsEntry("acr-attach/expires", "2026-04-01T00:00:00Z")
                .containsEntry("acr-attach/inputs", SECRET.inputs());
        JsonObject config = JsonParser.parseString(Base64Text.read(
                                Fields.text(made, "data", ".dockerconfigjson").orElseThrow())
                        .orElseThrow())
                .getAsJsonObject();
        assertThat(Fields.text(config, "auths", "acrshop.azurecr.io", "password"))
                .contains(ClusterUnderTest.VALUE);
        assertThat(look(namespace)).satisfies(seen -> {
            assertThat(seen.labels()).containsEntry("team", "shop");
            assertThat(seen.terminating()).isFalse();
            assertThat(seen.referring()).containsExactly("default");
            assertThat(seen.held()).isInstanceOfSatisfying(Held.Ours.class, ours -> {
                assertThat(ours.inputs()).isEqualTo(SECRET.inputs());
                assertThat(ours.password()).isEqualTo("password1@1");
                assertThat(ours.expires()).isEqualTo(Instant.parse("2026-04-01T00:00:00Z"));
            });
        });
    }

    @Test
    void whatIsThereAlreadyIsNotWrittenAgain() {
        String namespace = cluster().namespace("same");
        store(namespace);
        String secret = version(namespace, Ask.SECRETS, ClusterUnderTest.NAME);
        String account = version(namespace, Ask.ACCOUNTS, "default");
        assertThat(store(namespace).state()).isEqualTo(State.HOLDS);
        assertThat(version(namespace, Ask.SECRETS, ClusterUnderTest.NAME)).isEqualTo(secret);
        assertThat(version(namespace, Ask.ACCOUNTS, "default")).isEqualTo(account);
    }

    @Test
    void newPasswordReplacesTheOldOneAndKeepsWhatOthersPutThere() {
        String namespace = cluster().namespace("renewed");
        store(namespace);
        JsonObject there = cluster().get(namespace, Ask.SECRETS, ClusterUnderTest.NAME);
        JsonObject metadata = Fields.within(there, "metadata");
        Fields.within(metadata, "labels").addProperty("backup", "yes");
        hold(metadata);
        Fields.within(there, "data").addProperty("ca.crt", "dGhlaXJz");
        cluster().replace(namespace, Ask.SECRETS, there);
        assertThat(store(ClusterUnderTest.secret("password2@2", "newer"), namespace)
                        .state())
                .isEqualTo(State.HOLDS);
        JsonObject renewed = cluster().get(namespace, Ask.SECRETS, ClusterUnderTest.NAME);
        assertThat(Fields.text(renewed, "metadata", "uid")).isEqualTo(Fields.text(there, "metadata", "uid"));
        assertThat(Fields.texts(renewed, "metadata", "labels")).containsEntry("backup", "yes");
        assertThat(renewed.getAsJsonObject("metadata").get("finalizers")).isEqualTo(metadata.get("finalizers"));
        assertThat(Fields.text(renewed, "data", "ca.crt")).contains("dGhlaXJz");
        release(namespace);
        assertThat(value(namespace)).isEqualTo("newer");
    }

    @Test
    void immutableSecretIsMadeAnew() {
        String namespace = cluster().namespace("immutable");
        String uid = Fields.text(cluster().get(namespace, Ask.ACCOUNTS, "default"), "metadata", "uid")
                .orElseThrow();
        store(namespace);
        JsonObject there = cluster().get(namespace, Ask.SECRETS, ClusterUnderTest.NAME);
        there.addProperty("immutable", true);
        JsonObject metadata = Fields.within(there, "metadata");
        Fields.within(metadata, "annotations").addProperty("note", "kept");
        metadata.add(
                "ownerReferences",
                JsonParser.parseString(
                        "[{\"apiVersion\":\"v1\",\"kind\":\"ServiceAccount\",\"name\":\"default\",\"uid\":\""
                                + uid
                                + "\",\"controller\":true},{\"apiVersion\":\"v1\",\"kind\":\"ServiceAccount\",\"name\":"
                                + "\"other\",\"uid\":\"other\"}]"));
        Fields.within(there, "data").addProperty("ca.crt", "dGhlaXJz");
        Fields.within(there, "data").addProperty("empty", "");
        cluster().replace(namespace, Ask.SECRETS, there);
        assertThat(store(ClusterUnderTest.secret("password2@2", "newer"), namespace)
                        .state())
                .isEqualTo(State.HOLDS);
        assertThat(value(namespace)).isEqualTo("newer");
        JsonObject anew = cluster().get(namespace, Ask.SECRETS, ClusterUnderTest.NAME);
        assertThat(Fields.annotation(anew, "note")).contains("kept");
        assertThat(Fields.text(anew, "data", "ca.crt")).contains("dGhlaXJz");
        assertThat(Fields.text(anew, "data", "empty")).contains("");
        assertThat(anew.getAsJsonObject("metadata").get("ownerReferences")).isEqualTo(metadata.get("ownerReferences"));
        assertThat(anew.has("immutable")).isFalse();
    }

    @Test
    void immutableSecretWithFinalizersIsLeftAsItIs() {
        assumeTrue(cluster().real.isPresent(), "the emulator's API server knows no finalizers of secrets");
        String namespace = cluster().namespace("held");
        store(namespace);
        JsonObject there = cluster().get(namespace, Ask.SECRETS, ClusterUnderTest.NAME);
        there.addProperty("immutable", true);
        hold(Fields.within(there, "metadata"));
        JsonObject before = cluster().replace(namespace, Ask.SECRETS, there);
        NamespaceOutcome outcome = store(ClusterUnderTest.secret("password2@2", "newer"), namespace);
        assertThat(outcome.state()).isEqualTo(State.REFUSED);
        assertThat(outcome.problem().orElseThrow().cause()).contains("immutable", "finalizers");
        assertThat(cluster().get(namespace, Ask.SECRETS, ClusterUnderTest.NAME)).isEqualTo(before);
        cluster().runByHand(outcome.problem().orElseThrow().fix().split("   ")[0]);
        assertThat(store(ClusterUnderTest.secret("password2@2", "newer"), namespace)
                        .state())
                .isEqualTo(State.HOLDS);
    }

    @Test
    void secretThatFinalizersKeepIsNotToldAsRemoved() {
        assumeTrue(cluster().real.isPresent(), "the emulator's API server knows no finalizers of secrets");
        String namespace = cluster().namespace("kept");
        store(namespace);
        JsonObject there = cluster().get(namespace, Ask.SECRETS, ClusterUnderTest.NAME);
        hold(Fields.within(there, "metadata"));
        cluster().replace(namespace, Ask.SECRETS, there);
        for (int i = 0; i < 2; i++) {
            assertThat(clear())
                    .filteredOn(each -> each.namespace().equals(namespace))
                    .singleElement()
                    .satisfies(outcome -> {
                        assertThat(outcome.state()).isEqualTo(State.PENDING);
                        assertThat(outcome.problem().orElseThrow().cause()).contains("finalizers");
                    });
        }
        assertThat(cluster().get(namespace, Ask.ACCOUNTS, "default").has("imagePullSecrets"))
                .isFalse();
        String fix = NamespaceOutcome.firstProblem(clear(), State.PENDING)
                .orElseThrow()
                .fix();
        cluster().runByHand(fix.substring(fix.indexOf("kubectl")));
        assertThat(cluster().find(namespace, Ask.SECRETS, ClusterUnderTest.NAME))
                .isEmpty();
    }

    private void release(String namespace) {
        JsonObject there = cluster().get(namespace, Ask.SECRETS, ClusterUnderTest.NAME);
        there.getAsJsonObject("metadata").remove("finalizers");
        cluster().replace(namespace, Ask.SECRETS, there);
    }

    private static void hold(JsonObject metadata) {
        metadata.add("finalizers", JsonParser.parseString("[\"example.com/holds\"]"));
    }

    @Test
    void secretsOfOthersAreLeftAsTheyAre() {
        foreign(
                "{\"type\":\"Opaque\",\"stringData\":{\"a\":\"b\"},\"metadata\":{\"name\":\"" + ClusterUnderTest.NAME
                        + "\"}}",
                "type");
        String data = "\"type\":\"kubernetes.io/dockerconfigjson\",\"stringData\":{\".dockerconfigjson\":\"{}\"},"
                + "\"metadata\":{\"name\":\"" + ClusterUnderTest.NAME + "\"";
        foreign("{" + data + "}}", "label");
        foreign("{" + data + ",\"labels\":{\"app.kubernetes.io/managed-by\":\"Helm\"}}}", "Helm");
        foreign(
                "{" + data + ",\"labels\":{\"app.kubernetes.io/managed-by\":\"acr-attach\"},\"annotations\":"
                        + "{\"acr-attach/registry\":\"/subscriptions/other\"}}}",
                "another registry");
    }

    void foreign(String json, String whose) {
        String namespace = cluster().namespace("foreign");
        JsonObject before = cluster().create(namespace, Ask.SECRETS, json);
        assertThat(look(namespace).held()).isInstanceOfSatisfying(Held.Foreign.class, held -> assertThat(held.whose())
                .contains(whose));
        assertThat(store(namespace)).satisfies(outcome -> {
            assertThat(outcome.state()).isEqualTo(State.LEFT_ALONE);
            assertThat(outcome.problem().orElseThrow().kind()).isEqualTo(Kind.FOREIGN_SECRET);
            assertThat(outcome.problem().orElseThrow().cause()).contains(whose);
        });
        clear();
        assertThat(cluster().get(namespace, Ask.SECRETS, ClusterUnderTest.NAME)).isEqualTo(before);
        assertThat(look(namespace).referring()).isEmpty();
    }

    @Test
    void referenceIsAddedAtTheEndAndNothingElseChanges() {
        String namespace = cluster().namespace("account");
        cluster()
                .create(
                        namespace,
                        Ask.ACCOUNTS,
                        "{\"metadata\":{\"name\":\"builder\",\"annotations\":{\"other\":\"1\"}},\"imagePullSecrets\":[{\"name\":"
                                + "\"z\"},{\"name\":\"a\"}],\"secrets\":[{\"name\":\"t\"}],\"automountServiceAccountToken\":false}");
        assertThat(store(SECRET, Set.of("builder"), namespace).state()).isEqualTo(State.HOLDS);
        JsonObject account = cluster().get(namespace, Ask.ACCOUNTS, "builder");
        assertThat(names(account)).containsExactly("z", "a", ClusterUnderTest.NAME);
        assertThat(account.get("automountServiceAccountToken").getAsBoolean()).isFalse();
        assertThat(Fields.objects(account, "secrets")).isNotEmpty();
        assertThat(Fields.texts(account, "metadata", "annotations"))
                .containsEntry("other", "1")
                .containsEntry("acr-attach/added", ClusterUnderTest.NAME);
        clear();
        JsonObject cleared = cluster().get(namespace, Ask.ACCOUNTS, "builder");
        assertThat(names(cleared)).containsExactly("z", "a");
        assertThat(Fields.texts(cleared, "metadata", "annotations")).containsOnlyKeys("other");
    }

    @Test
    void referenceThatSomebodyElseAddedStays() {
        String namespace = cluster().namespace("theirs");
        cluster()
                .create(
                        namespace,
                        Ask.ACCOUNTS,
                        "{\"metadata\":{\"name\":\"builder\"},\"imagePullSecrets\":[{\"name\":\""
                                + ClusterUnderTest.NAME + "\"}]}");
        store(SECRET, Set.of("builder"), namespace);
        assertThat(Fields.annotation(cluster().get(namespace, Ask.ACCOUNTS, "builder"), PullReference.ADDED))
                .isEmpty();
        assertThat(clear()).contains(NamespaceOutcome.of(namespace, State.CLEARED));
        assertThat(names(cluster().get(namespace, Ask.ACCOUNTS, "builder"))).containsExactly(ClusterUnderTest.NAME);
    }

    @Test
    void clearingRemovesOneRegistryAloneAndTwiceIsNoTrouble() {
        String namespace = cluster().namespace("cleared");
        PullSecret other = ClusterUnderTest.secret(
                io.github.acrattach.domain.ArmId.parse(
                        Samples.REGISTRY.toString().replace("acrshop", "acrother")),
                "password1@1",
                "other");
        store(namespace);
        store(other, namespace);
        assertThat(clear()).contains(NamespaceOutcome.of(namespace, State.CLEARED));
        assertThat(cluster().find(namespace, Ask.SECRETS, ClusterUnderTest.NAME))
                .isEmpty();
        assertThat(cluster().find(namespace, Ask.SECRETS, "acr-attach-acrother"))
                .isPresent();
        assertThat(names(cluster().get(namespace, Ask.ACCOUNTS, "default"))).containsExactly("acr-attach-acrother");
        assertThat(clear()).isEmpty();
        assertThat(found(ClusterUnderTest.await(secrets()
                        .clear(way(), other.credential().key().pairing().registry()))))
                .contains(NamespaceOutcome.of(namespace, State.CLEARED));
        assertThat(cluster().get(namespace, Ask.ACCOUNTS, "default").has("imagePullSecrets"))
                .isFalse();
    }

    @Test
    void serviceAccountThatDoesNotComeIsTold() {
        String namespace = cluster().namespace("never");
        cluster().create(namespace, Ask.ACCOUNTS, "{\"metadata\":{\"name\":\"runner\"}}");
        assertThat(store(SECRET, Set.of("builder", "default", "No/Such", "runner"), namespace))
                .satisfies(outcome -> {
                    assertThat(outcome.state()).isEqualTo(State.REFUSED);
                    Problem problem = outcome.problem().orElseThrow();
                    assertThat(problem.kind()).isEqualTo(Kind.SERVICE_ACCOUNT_MISSING);
                    assertThat(problem.cause()).contains("No/Such, builder").doesNotContain("runner");
                    assertThat(problem.fix()).contains("kubectl -n " + namespace + " create serviceaccount builder");
                });
        for (String there : List.of("default", "runner")) {
            assertThat(names(cluster().get(namespace, Ask.ACCOUNTS, there))).containsExactly(ClusterUnderTest.NAME);
        }
    }

    @Test
    void oneBadNamespaceDoesNotStopTheOthers() {
        String full = cluster().namespace("full");
        String going = cluster().lastingNamespace("going");
        String good = cluster().namespace("good");
        cluster()
                .create(
                        full,
                        "resourcequotas",
                        "{\"apiVersion\":\"v1\",\"kind\":\"ResourceQuota\",\"metadata\":{\"name\":\"q\"},\"spec\":{\"hard\":{\"secrets\":\"0\"}}}");
        cluster().deleteNamespace(going);
        Pause.of(Duration.ofSeconds(2));
        List<NamespaceOutcome> ends = found(ClusterUnderTest.await(
                secrets().store(way(), SECRET, new TreeSet<>(Set.of(full, going, good, "nowhere")), Set.of())));
        assertThat(ends).extracting(NamespaceOutcome::namespace).containsExactly(full, going, good, "nowhere");
        assertThat(ends)
                .extracting(NamespaceOutcome::state)
                .containsExactly(State.REFUSED, State.TERMINATING, State.HOLDS, State.TERMINATING);
        assertThat(ends.get(0).problem().orElseThrow().kind()).isEqualTo(Kind.QUOTA_EXCEEDED);
        assertThat(ends.get(0).problem().orElseThrow().fix()).contains("kubectl -n " + full);
        assertThat(look(going).terminating()).isTrue();
    }

    NamespaceOutcome store(String namespace) {
        return store(SECRET, namespace);
    }

    NamespaceOutcome store(PullSecret secret, String namespace) {
        return store(secret, DEFAULT, namespace);
    }

    NamespaceOutcome store(PullSecret secret, Set<String> accounts, String namespace) {
        return found(ClusterUnderTest.await(secrets().store(way(), secret, Set.of(namespace), accounts)))
                .get(0);
    }

    List<NamespaceOutcome> clear() {
        return found(ClusterUnderTest.await(secrets().clear(way(), Samples.REGISTRY)));
    }

    ClusterNamespace look(String namespace) {
        return found(ClusterUnderTest.await(secrets().in(way(), Samples.REGISTRY, DEFAULT))).stream()
                .filter(each -> each.name().equals(namespace))
                .findFirst()
                .orElseThrow();
    }

    Held.Ours ours(String namespace) {
        return (Held.Ours) look(namespace).held();
    }

    List<String> names(JsonObject account) {
        return account.get("imagePullSecrets") instanceof JsonArray
                ? Fields.objects(account, "imagePullSecrets").stream()
                        .map(each -> each.get("name").getAsString())
                        .toList()
                : List.of();
    }

    String version(String namespace, String resource, String name) {
        return Fields.text(cluster().get(namespace, resource, name), "metadata", "resourceVersion")
                .orElseThrow();
    }

    /** What stands in the namespace, seen by its administrator. */
    String value(String namespace) {
        return DockerConfig.read(Fields.text(
                                cluster().get(namespace, Ask.SECRETS, ClusterUnderTest.NAME),
                                "data",
                                SecretManifest.DATA)
                        .orElseThrow())
                .orElseThrow()
                .password()
                .reveal();
    }
}
