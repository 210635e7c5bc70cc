package io.github.acrattach.adapter.kubernetes.delivery;

import static io.github.acrattach.adapter.azure.Answered.found;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.adapter.kubernetes.access.ApiRequest;
import io.github.acrattach.adapter.kubernetes.manifest.DockerConfig;
import io.github.acrattach.adapter.kubernetes.manifest.ObservedServiceAccount;
import io.github.acrattach.adapter.kubernetes.manifest.PullSecretManifest;
import io.github.acrattach.concurrent.Deadline;
import io.github.acrattach.domain.ArmId;
import io.github.acrattach.domain.ClusterNamespace;
import io.github.acrattach.domain.Held;
import io.github.acrattach.domain.NamespaceOutcome;
import io.github.acrattach.domain.NamespaceOutcome.State;
import io.github.acrattach.domain.Problem.Kind;
import io.github.acrattach.domain.PullSecret;
import io.github.acrattach.domain.PullSecretOwner;
import io.github.acrattach.domain.ReferenceTerms;
import io.github.acrattach.domain.References;
import io.github.acrattach.domain.Samples;
import io.github.acrattach.domain.Secret;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What has to hold by whichever way leads into the cluster. */
abstract class PullSecretsChecks extends RouteChecks {

    @Test
    void secretIsWhatKubectlMakesAndSaysWhoseItIs() {
        String namespace = cluster().namespace("made");
        assertThat(store(namespace)).isEqualTo(NamespaceOutcome.of(namespace, State.READY));
        ObjectNode made = cluster().get(namespace, ApiRequest.SECRETS, ClusterUnderTest.NAME);
        assertThat(JsonFields.text(made, "type")).contains("kubernetes.io/dockerconfigjson");
        assertThat(JsonFields.texts(made, "metadata", "labels"))
                .containsEntry("app.kubernetes.io/managed-by", "acr-attach");
        assertThat(JsonFields.texts(made, "metadata", "annotations"))
                .containsEntry("acr-attach/registry", Samples.REGISTRY.toString())
                .containsEntry("acr-attach/expires", "2026-04-01T00:00:00Z")
                .containsEntry("acr-attach/inputs", SECRET.inputs());
        ObjectNode config = JsonFields.object(new String(
                Base64.getDecoder()
                        .decode(JsonFields.text(made, "data", ".dockerconfigjson")
                                .orElseThrow()),
                StandardCharsets.UTF_8));
        assertThat(JsonFields.text(config, "auths", "acrshop.azurecr.io", "password"))
                .contains(ClusterUnderTest.VALUE);
        assertThat(look(namespace)).satisfies(seen -> {
            assertThat(seen.labels()).containsEntry("team", "shop");
            assertThat(seen.terminating()).isFalse();
            assertThat(seen.references().orElseThrow().referring()).containsExactly("default");
            assertThat(seen.held()).isInstanceOfSatisfying(Held.Ours.class, ours -> {
                assertThat(ours.inputs()).isEqualTo(SECRET.inputs());
                assertThat(ours.password()).isEqualTo("password1@1");
            });
        });
    }

    @Test
    void secretForOneLoginServerIsWrittenForAllThatThereAre() {
        String namespace = cluster().namespace("regions");
        store(namespace);
        PullSecret more = new PullSecret(
                SECRET.credential(),
                SECRET.password(),
                SECRET.value(),
                List.of("acrshop.azurecr.io", "acrshop.westeurope.geo.azurecr.io"),
                SECRET.name(),
                Set.of());
        assertThat(store(more, namespace).state()).isEqualTo(State.READY);
        assertThat(ours(namespace).loginServers()).isEqualTo(more.loginServers());
        assertThat(ours(namespace).inputs()).isEqualTo(more.inputs());
        ObjectNode there = cluster().get(namespace, ApiRequest.SECRETS, ClusterUnderTest.NAME);
        store(more, namespace);
        assertThat(cluster().get(namespace, ApiRequest.SECRETS, ClusterUnderTest.NAME))
                .isEqualTo(there);
        store(namespace);
        assertThat(ours(namespace).loginServers()).containsExactly("acrshop.azurecr.io");
        assertThat(JsonFields.texts(
                        cluster().get(namespace, ApiRequest.SECRETS, ClusterUnderTest.NAME), "metadata", "annotations"))
                .doesNotContainKey("acr-attach/regions");
    }

    @Test
    void whatIsThereAlreadyIsNotWrittenAgain() {
        String namespace = cluster().namespace("same");
        store(namespace);
        String secret = version(namespace, ApiRequest.SECRETS, ClusterUnderTest.NAME);
        String account = version(namespace, ApiRequest.SERVICE_ACCOUNTS, "default");
        assertThat(store(namespace).state()).isEqualTo(State.READY);
        assertThat(version(namespace, ApiRequest.SECRETS, ClusterUnderTest.NAME))
                .isEqualTo(secret);
        assertThat(version(namespace, ApiRequest.SERVICE_ACCOUNTS, "default")).isEqualTo(account);
    }

    @Test
    void newPasswordReplacesTheOldOneAndKeepsWhatOthersPutThere() {
        String namespace = cluster().namespace("renewed");
        store(namespace);
        ObjectNode there = cluster().get(namespace, ApiRequest.SECRETS, ClusterUnderTest.NAME);
        ObjectNode metadata = there.withObjectProperty("metadata");
        metadata.withObjectProperty("labels").put("backup", "yes");
        hold(metadata);
        there.withObjectProperty("data").put("ca.crt", "dGhlaXJz");
        cluster().replace(namespace, ApiRequest.SECRETS, there);
        assertThat(store(NEWER, namespace).state()).isEqualTo(State.READY);
        ObjectNode renewed = cluster().get(namespace, ApiRequest.SECRETS, ClusterUnderTest.NAME);
        assertThat(JsonFields.text(renewed, "metadata", "uid")).isEqualTo(JsonFields.text(there, "metadata", "uid"));
        assertThat(JsonFields.texts(renewed, "metadata", "labels")).containsEntry("backup", "yes");
        assertThat(renewed.withObjectProperty("metadata").get("finalizers")).isEqualTo(metadata.get("finalizers"));
        assertThat(JsonFields.text(renewed, "data", "ca.crt")).contains("dGhlaXJz");
        release(namespace);
        assertThat(value(namespace)).isEqualTo("newer");
    }

    @Test
    void secretThatSomebodyEditedIsPutRight() {
        String namespace = cluster().namespace("edited");
        store(namespace);
        ObjectNode there = cluster().get(namespace, ApiRequest.SECRETS, ClusterUnderTest.NAME);
        there.withObjectProperty("metadata").withObjectProperty("annotations").put("acr-attach/expires", "never");
        cluster().replace(namespace, ApiRequest.SECRETS, there);
        assertThat(store(namespace).state()).isEqualTo(State.READY);
        ObjectNode right = cluster().get(namespace, ApiRequest.SECRETS, ClusterUnderTest.NAME);
        assertThat(JsonFields.texts(right, "metadata", "annotations"))
                .containsEntry("acr-attach/expires", "2026-04-01T00:00:00Z");

        right.withObjectProperty("data")
                .put(
                        PullSecretManifest.DATA,
                        new DockerConfig(List.of("evil.example"), "token", new Secret("theirs")).encoded());
        cluster().replace(namespace, ApiRequest.SECRETS, right);
        assertThat(store(NEWER, namespace).state()).isEqualTo(State.READY);
        assertThat(config(namespace).says(DockerConfig.of(NEWER))).isTrue();
    }

    @Test
    void immutableSecretIsLeftAloneAndToldWithTheEndOfItsPulls() {
        String namespace = cluster().namespace("immutable");
        store(namespace);
        ObjectNode there = cluster().get(namespace, ApiRequest.SECRETS, ClusterUnderTest.NAME);
        there.put("immutable", true);
        ObjectNode before = cluster().replace(namespace, ApiRequest.SECRETS, there);
        assertThat(store(namespace).state()).as("as it was made").isEqualTo(State.READY);
        NamespaceOutcome outcome = store(NEWER, namespace);
        assertThat(outcome.state()).isEqualTo(State.REFUSED);
        assertThat(outcome.problem().orElseThrow().cause()).contains("immutable", "2026-04-01T00:00:00Z");
        assertThat(cluster().get(namespace, ApiRequest.SECRETS, ClusterUnderTest.NAME))
                .isEqualTo(before);
        String fix = outcome.problem().orElseThrow().fix();
        assertThat(fix).contains("kubectl replace --force").doesNotContain("delete");
        if (cluster().real.isPresent()) {
            cluster().runByHand(fix.split("   ")[0]);
            assertThat(config(namespace).says(DockerConfig.of(SECRET)))
                    .as("pulls go on")
                    .isTrue();
            assertThat(store(NEWER, namespace).state()).isEqualTo(State.READY);
        }
    }

    @Test
    void immutableSecretWithFinalizersGoesByWhatIsPrinted() {
        assumeTrue(cluster().real.isPresent(), "the emulator's API server knows no finalizers of secrets");
        String namespace = cluster().namespace("held");
        store(namespace);
        ObjectNode there = cluster().get(namespace, ApiRequest.SECRETS, ClusterUnderTest.NAME);
        there.put("immutable", true);
        hold(there.withObjectProperty("metadata"));
        ObjectNode before = cluster().replace(namespace, ApiRequest.SECRETS, there);
        NamespaceOutcome outcome = store(NEWER, namespace);
        assertThat(outcome.state()).isEqualTo(State.REFUSED);
        assertThat(outcome.problem().orElseThrow().cause()).contains("immutable");
        assertThat(cluster().get(namespace, ApiRequest.SECRETS, ClusterUnderTest.NAME))
                .isEqualTo(before);
        cluster().runByHand(outcome.problem().orElseThrow().fix().split("   ")[0]);
        assertThat(store(NEWER, namespace).state()).isEqualTo(State.READY);
    }

    @Test
    void secretThatFinalizersKeepIsNotToldAsRemoved() {
        assumeTrue(cluster().real.isPresent(), "the emulator's API server knows no finalizers of secrets");
        String namespace = cluster().namespace("kept");
        store(namespace);
        ObjectNode there = cluster().get(namespace, ApiRequest.SECRETS, ClusterUnderTest.NAME);
        hold(there.withObjectProperty("metadata"));
        cluster().replace(namespace, ApiRequest.SECRETS, there);
        for (int i = 0; i < 2; i++) {
            assertThat(clear())
                    .filteredOn(each -> each.namespace().equals(namespace))
                    .singleElement()
                    .satisfies(outcome -> {
                        assertThat(outcome.state()).isEqualTo(State.PENDING);
                        assertThat(outcome.problem().orElseThrow().cause()).contains("finalizers");
                    });
        }
        assertThat(cluster()
                        .get(namespace, ApiRequest.SERVICE_ACCOUNTS, "default")
                        .has("imagePullSecrets"))
                .isFalse();
        String fix = NamespaceOutcome.firstProblem(clear(), State.PENDING)
                .orElseThrow()
                .fix();
        cluster().runByHand(fix.substring(fix.indexOf("kubectl")));
        assertThat(cluster().find(namespace, ApiRequest.SECRETS, ClusterUnderTest.NAME))
                .isEmpty();
    }

    private void release(String namespace) {
        ObjectNode there = cluster().get(namespace, ApiRequest.SECRETS, ClusterUnderTest.NAME);
        there.withObjectProperty("metadata").remove("finalizers");
        cluster().replace(namespace, ApiRequest.SECRETS, there);
    }

    private static void hold(ObjectNode metadata) {
        metadata.set("finalizers", JsonFields.any("[\"example.com/holds\"]"));
    }

    @Test
    void secretsOfOthersAreLeftAsTheyAre() {
        String data =
                "'type':'kubernetes.io/dockerconfigjson','stringData':{'.dockerconfigjson':'{}'},'metadata':{'name':'"
                        + ClusterUnderTest.NAME + "'";
        Map<String, ObjectNode> before = new TreeMap<>();
        Map<String, String> why = new HashMap<>();
        Map.of(
                        "{'type':'Opaque','stringData':{'a':'b'},'metadata':{'name':'" + ClusterUnderTest.NAME + "'}}",
                        "type",
                        "{" + data + "}}",
                        "label",
                        "{" + data + ",'labels':{'app.kubernetes.io/managed-by':'Helm'}}}",
                        "Helm",
                        "{" + data + ",'labels':{'app.kubernetes.io/managed-by':'acr-attach'},'annotations':"
                                + "{'acr-attach/registry':'/subscriptions/other'}}}",
                        "another registry")
                .forEach((json, whose) -> {
                    String namespace = cluster().namespace("foreign");
                    before.put(namespace, cluster().create(namespace, ApiRequest.SECRETS, json));
                    why.put(namespace, whose);
                });

        List<ClusterNamespace> seen = look(before.keySet());
        List<NamespaceOutcome> ends = store(SECRET, DEFAULT, before.keySet());
        List<NamespaceOutcome> cleared = clear();

        assertThat(seen).hasSize(before.size()).allSatisfy(each -> assertThat(each.held())
                .isInstanceOfSatisfying(
                        Held.Foreign.class, held -> assertThat(held.whose()).contains(why.get(each.name()))));
        assertThat(ends).hasSize(before.size()).allSatisfy(end -> {
            assertThat(end.state()).isEqualTo(State.SKIPPED);
            assertThat(end.problem().orElseThrow().kind()).isEqualTo(Kind.FOREIGN_SECRET);
            assertThat(end.problem().orElseThrow().cause()).contains(why.get(end.namespace()));
        });
        assertThat(cleared).extracting(NamespaceOutcome::namespace).doesNotContainAnyElementsOf(before.keySet());
        before.forEach(
                (namespace, secret) -> assertThat(cluster().get(namespace, ApiRequest.SECRETS, ClusterUnderTest.NAME))
                        .isEqualTo(secret));
        assertThat(look(before.keySet()))
                .allMatch(each -> each.references().orElseThrow().referring().isEmpty());
    }

    @Test
    void referenceIsAddedAtTheEndAndNothingElseChanges() {
        String namespace = cluster().namespace("account");
        cluster()
                .create(
                        namespace,
                        ApiRequest.SERVICE_ACCOUNTS,
                        "{\"metadata\":{\"name\":\"builder\",\"annotations\":{\"other\":\"1\"}},\"imagePullSecrets\":[{\"name\":"
                                + "\"z\"},{\"name\":\"a\"}],\"secrets\":[{\"name\":\"t\"}],\"automountServiceAccountToken\":false}");
        assertThat(store(SECRET, accounts("builder"), namespace).state()).isEqualTo(State.READY);
        ObjectNode account = cluster().get(namespace, ApiRequest.SERVICE_ACCOUNTS, "builder");
        assertThat(names(account)).containsExactly("z", "a", ClusterUnderTest.NAME);
        assertThat(account.get("automountServiceAccountToken").asBoolean()).isFalse();
        assertThat(JsonFields.objects(account, "secrets")).isNotEmpty();
        assertThat(JsonFields.texts(account, "metadata", "annotations"))
                .containsEntry("other", "1")
                .containsEntry("acr-attach/added", ClusterUnderTest.NAME);
        clear();
        ObjectNode cleared = cluster().get(namespace, ApiRequest.SERVICE_ACCOUNTS, "builder");
        assertThat(names(cleared)).containsExactly("z", "a");
        assertThat(JsonFields.texts(cleared, "metadata", "annotations")).containsOnlyKeys("other");
    }

    @Test
    void referenceThatSomebodyElseAddedStays() {
        String namespace = cluster().namespace("theirs");
        cluster()
                .create(
                        namespace,
                        ApiRequest.SERVICE_ACCOUNTS,
                        "{\"metadata\":{\"name\":\"builder\"},\"imagePullSecrets\":[{\"name\":\""
                                + ClusterUnderTest.NAME + "\"}]}");
        store(SECRET, accounts("builder"), namespace);
        assertThat(JsonFields.text(
                        cluster().get(namespace, ApiRequest.SERVICE_ACCOUNTS, "builder"),
                        "metadata",
                        "annotations",
                        ObservedServiceAccount.ADDED))
                .isEmpty();
        assertThat(clear()).contains(NamespaceOutcome.of(namespace, State.REMOVED));
        assertThat(names(cluster().get(namespace, ApiRequest.SERVICE_ACCOUNTS, "builder")))
                .containsExactly(ClusterUnderTest.NAME);
    }

    @Test
    void patternFindsServiceAccountsAndThoseThatComeLater() {
        String namespace = cluster().namespace("patterns");
        String bare = cluster().namespace("bare");
        account(namespace, "web-a.b");
        account(namespace, "webby");
        ReferenceTerms wanted = accounts("web-*", "job-?");

        assertThat(store(SECRET, wanted, Set.of(namespace, bare)))
                .as("a pattern that matches none is no problem")
                .allMatch(end -> end.state() == State.READY);
        assertThat(references(namespace, wanted)).isEqualTo(new References(Set.of("web-a.b"), Set.of(), Set.of()));
        assertThat(references(bare, wanted)).isEqualTo(References.NONE);

        account(namespace, "job-1");
        account(namespace, "job-11");
        assertThat(references(namespace, wanted))
                .isEqualTo(new References(Set.of("web-a.b"), Set.of("job-1"), Set.of()));
        assertThat(store(SECRET, wanted, namespace).state()).isEqualTo(State.READY);
        assertThat(references(namespace, wanted))
                .isEqualTo(new References(Set.of("web-a.b", "job-1"), Set.of(), Set.of()));

        assertThat(clear()).contains(NamespaceOutcome.of(namespace, State.REMOVED));
        assertThat(List.of("web-a.b", "job-1", "job-11", "webby", "default"))
                .allMatch(name -> names(cluster().get(namespace, ApiRequest.SERVICE_ACCOUNTS, name))
                        .isEmpty());
    }

    @Test
    void referenceOfAnAccountThatIsNotWantedAnyMoreIsTakenBackUnlessItIsTheirs() {
        String namespace = cluster().namespace("surplus");
        account(namespace, "web-1");
        cluster()
                .create(
                        namespace,
                        ApiRequest.SERVICE_ACCOUNTS,
                        "{'metadata':{'name':'web-2'},'imagePullSecrets':[{'name':'" + ClusterUnderTest.NAME + "'}]}");
        store(SECRET, accounts("*"), namespace);
        assertThat(references(namespace, accounts("job-*")))
                .isEqualTo(new References(Set.of("default", "web-1", "web-2"), Set.of(), Set.of("default", "web-1")));
        store(SECRET, new ReferenceTerms(accounts("job-*").accounts(), false), namespace);
        assertThat(look(namespace).references().orElseThrow().referring()).hasSize(3);
        assertThat(store(SECRET, accounts("job-*"), namespace).state()).isEqualTo(State.READY);
        assertThat(references(namespace, accounts("job-*")))
                .isEqualTo(new References(Set.of("web-2"), Set.of(), Set.of()));
    }

    private void account(String namespace, String name) {
        cluster().create(namespace, ApiRequest.SERVICE_ACCOUNTS, "{'metadata':{'name':'" + name + "'}}");
    }

    private References references(String namespace, ReferenceTerms wanted) {
        return found(secrets().in(way(), Samples.OWNER, wanted.accounts(), Set.of())).stream()
                .filter(each -> each.name().equals(namespace))
                .findFirst()
                .flatMap(ClusterNamespace::references)
                .orElseThrow();
    }

    static final ArmId TWIN = ArmId.parse(Samples.REGISTRY.toString().replace("/platform/", "/elsewhere/"));

    /** Of a registry whose name others can have. */
    static PullSecret labelled() {
        PullSecret made = ClusterUnderTest.secret(TWIN, "password1@1", "twin");
        return new PullSecret(made.credential(), made.password(), made.value(), "acrshop-0123456789abcdef.azurecr.io");
    }

    private ClusterNamespace look(PullSecretOwner owner, String namespace) {
        return found(secrets().in(way(), owner, DEFAULT.accounts(), Set.of())).stream()
                .filter(each -> each.name().equals(namespace))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void registriesOfOneNameHaveASecretEachAndGoAlone() {
        String namespace = cluster().namespace("twins");
        PullSecretOwner twin = labelled().owner();
        store(namespace);
        assertThat(look(twin, namespace).held()).isInstanceOf(Held.Nothing.class);
        assertThat(store(labelled(), namespace).state()).isEqualTo(State.READY);
        assertThat(look(twin, namespace).secret()).isEqualTo("acr-attach-acrshop-0123456789abcdef");
        assertThat(names(cluster().get(namespace, ApiRequest.SERVICE_ACCOUNTS, "default")))
                .containsExactly(ClusterUnderTest.NAME, twin.secretName());

        assertThat(found(secrets().clear(way(), PullSecretOwner.gone(TWIN), List.of(Samples.OWNER))))
                .as("whose host nobody can tell any more")
                .contains(NamespaceOutcome.of(namespace, State.REMOVED)
                        .of(twin.secretName(), PullSecretOwner.gone(TWIN)));
        assertThat(cluster().find(namespace, ApiRequest.SECRETS, twin.secretName()))
                .isEmpty();
        assertThat(ours(namespace).inputs()).isEqualTo(SECRET.inputs());
        assertThat(names(cluster().get(namespace, ApiRequest.SERVICE_ACCOUNTS, "default")))
                .containsExactly(ClusterUnderTest.NAME);
    }

    @Test
    void secretKeepsTheNameThatAnEarlierVersionGaveIt() {
        String namespace = cluster().namespace("earlier");
        PullSecret made = labelled();
        PullSecretOwner owner = made.owner();
        store(
                new PullSecret(
                        made.credential(),
                        made.password(),
                        made.value(),
                        made.loginServers(),
                        ClusterUnderTest.NAME,
                        Set.of()),
                namespace);
        ClusterNamespace seen = look(owner, namespace);
        assertThat(seen.held()).isInstanceOf(Held.Ours.class);
        assertThat(seen.secret()).isEqualTo(ClusterUnderTest.NAME);
        assertThat(seen.references().orElseThrow().referring()).containsExactly("default");
        assertThat(found(secrets().clear(way(), owner, List.of())))
                .contains(NamespaceOutcome.of(namespace, State.REMOVED).of(ClusterUnderTest.NAME, owner));
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
        assertThat(clear()).contains(NamespaceOutcome.of(namespace, State.REMOVED));
        assertThat(cluster().find(namespace, ApiRequest.SECRETS, ClusterUnderTest.NAME))
                .isEmpty();
        assertThat(cluster().find(namespace, ApiRequest.SECRETS, "acr-attach-acrother"))
                .isPresent();
        assertThat(names(cluster().get(namespace, ApiRequest.SERVICE_ACCOUNTS, "default")))
                .containsExactly("acr-attach-acrother");
        assertThat(clear()).isEmpty();
        assertThat(found(secrets().clear(way(), other.owner(), List.of())))
                .contains(NamespaceOutcome.of(namespace, State.REMOVED));
        assertThat(cluster()
                        .get(namespace, ApiRequest.SERVICE_ACCOUNTS, "default")
                        .has("imagePullSecrets"))
                .isFalse();
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
        Deadline.pause(Duration.ofSeconds(2));
        List<NamespaceOutcome> ends = found(secrets()
                .store(
                        way(),
                        SECRET,
                        new TreeSet<>(Set.of(full, going, good, "nowhere")),
                        Set.of(),
                        ReferenceTerms.UNCHANGED));
        assertThat(ends).extracting(NamespaceOutcome::namespace).containsExactly(full, going, good, "nowhere");
        assertThat(ends)
                .extracting(NamespaceOutcome::state)
                .containsExactly(State.REFUSED, State.TERMINATING, State.READY, State.TERMINATING);
        assertThat(ends.get(0).problem().orElseThrow().kind()).isEqualTo(Kind.QUOTA_EXCEEDED);
        assertThat(ends.get(0).problem().orElseThrow().fix()).contains("kubectl -n " + full);
        assertThat(look(going).terminating()).isTrue();
    }
}
