package io.github.acrattach.adapter.kubernetes.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.adapter.kubernetes.access.ApiRequest;
import io.github.acrattach.adapter.kubernetes.access.Kubeconfig;
import io.github.acrattach.adapter.kubernetes.access.KubernetesDiagnosis;
import io.github.acrattach.adapter.kubernetes.access.KubernetesFailure;
import io.github.acrattach.adapter.kubernetes.access.KubernetesRights;
import io.github.acrattach.adapter.kubernetes.manifest.ObservedSecret;
import io.github.acrattach.adapter.kubernetes.manifest.ObservedServiceAccount;
import io.github.acrattach.adapter.kubernetes.manifest.PullSecretManifest;
import io.github.acrattach.domain.ArmId;
import io.github.acrattach.domain.CredentialKey;
import io.github.acrattach.domain.CredentialKind;
import io.github.acrattach.domain.Held;
import io.github.acrattach.domain.NamespaceOutcome;
import io.github.acrattach.domain.NamespaceOutcome.State;
import io.github.acrattach.domain.Pairing;
import io.github.acrattach.domain.Password;
import io.github.acrattach.domain.Problem;
import io.github.acrattach.domain.Problem.Kind;
import io.github.acrattach.domain.PullCredential;
import io.github.acrattach.domain.PullSecret;
import io.github.acrattach.domain.PullSecretOwner;
import io.github.acrattach.domain.ReferenceTerms;
import io.github.acrattach.domain.Samples;
import io.github.acrattach.domain.Secret;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What follows from what was observed of a namespace, without any cluster. */
class DecisionTest {

    private static final String NAME = "acr-attach-acrshop";
    private static final KubernetesDiagnosis DIAGNOSIS = new KubernetesDiagnosis(
            Samples.cluster(),
            Kubeconfig.Identity.ENTRA,
            new KubernetesRights(KubernetesRights.Way.API_SERVER, Samples.OWNER),
            Optional::empty);
    private static final NamespaceProblems PROBLEMS = new NamespaceProblems(DIAGNOSIS);
    private static final PullSecret SECRET = secret("password1@1");
    private static final PullSecret NEWER = secret("password2@2");

    /** As the registry's id was before it was moved. */
    private static final ArmId ELSEWHERE =
            ArmId.parse(Samples.REGISTRY.toString().replace("/platform/", "/elsewhere/"));

    private static final PullSecret FORMER = secret("password1@0", ELSEWHERE);

    @Test
    void nothingThereIsCreated() {
        NamespaceDecision decision = store(SECRET, ReferenceTerms.UNCHANGED, namespace(Optional.empty()));
        assertThat(decision.steps()).containsExactly(List.of(create()));
        assertThat(state(decision)).isEqualTo(State.READY);
    }

    @Test
    void referencesFollowTheSecret() {
        NamespaceDecision decision = store(SECRET, RouteChecks.DEFAULT, namespace(Optional.empty(), account("other")));
        assertThat(decision.steps()).hasSize(2);
        ApiRequest reference = decision.steps().get(1).get(0);
        assertThat(reference.words()).isEqualTo("patch serviceaccounts shop default");
        assertThat(reference.body().orElseThrow())
                .isEqualTo(JsonFields.any("{'metadata':{'uid':'a','resourceVersion':'7','annotations':"
                        + "{'acr-attach/added':'" + NAME + "'}},'imagePullSecrets':[{'name':'other'},{'name':'" + NAME
                        + "'}]}"));
    }

    @Test
    void whatIsAsMadeIsNotWrittenAgain() {
        for (ObservedSecret there : List.of(made(SECRET), withoutValue(made(SECRET)))) {
            NamespaceDecision decision =
                    store(SECRET, RouteChecks.DEFAULT, namespace(Optional.of(there), account("other", NAME)));
            assertThat(decision.steps()).isEmpty();
            assertThat(state(decision)).isEqualTo(State.READY);
        }
    }

    @Test
    void whatAnotherVersionOfThisProgramMadeIsNotWrittenAgain() {
        ObjectNode later = shown(SECRET);
        JsonNode annotations = later.at("/metadata/annotations");
        assertThat(annotations.path("acr-attach/version").asText()).isEqualTo(Samples.VERSION.text());
        ((ObjectNode) annotations).put("acr-attach/version", "9.0.0");
        ObjectNode earlier = shown(SECRET);
        ((ObjectNode) earlier.at("/metadata/annotations")).remove("acr-attach/version");
        for (ObjectNode made : List.of(later, earlier)) {
            ObservedSecret there = ObservedSecret.of(made);
            for (ObservedSecret seen : List.of(there, withoutValue(there))) {
                assertThat(store(SECRET, ReferenceTerms.UNCHANGED, namespace(Optional.of(seen)))
                                .steps())
                        .isEmpty();
                assertThat(only(takeBack(namespace(Optional.of(seen)))).words())
                        .isEqualTo("delete secrets shop " + NAME);
            }
            ApiRequest patch = only(store(NEWER, ReferenceTerms.UNCHANGED, namespace(Optional.of(there))));
            assertThat(patch.body()
                            .orElseThrow()
                            .at("/metadata/annotations/acr-attach~1version")
                            .asText())
                    .as("with a write that has to be")
                    .isEqualTo(Samples.VERSION.text());
        }
    }

    @Test
    void olderPasswordIsPatchedInTheVersionThatWasObserved() {
        for (ObservedSecret there : List.of(made(SECRET), withoutValue(made(SECRET)))) {
            ApiRequest patch = only(store(NEWER, ReferenceTerms.UNCHANGED, namespace(Optional.of(there))));
            assertThat(patch.words()).isEqualTo("patch secrets shop " + NAME);
            ObjectNode metadata = patch.body().orElseThrow().withObjectProperty("metadata");
            assertThat(metadata.get("uid").asText()).isEqualTo("s");
            assertThat(metadata.get("resourceVersion").asText()).isEqualTo("3");
            assertThat(patch.body().orElseThrow().fieldNames())
                    .toIterable()
                    .containsExactlyInAnyOrder("metadata", "data");
        }
    }

    @Test
    void editedValueIsPutRight() {
        assertThat(only(store(SECRET, ReferenceTerms.UNCHANGED, namespace(Optional.of(changed(json -> {
                            json.withObjectProperty("data").put(PullSecretManifest.DATA, "e30=");
                            return json;
                        })))))
                        .verb())
                .isEqualTo(ApiRequest.Verb.PATCH);
    }

    @Test
    void foreignSecretIsLeftAlone() {
        Map<String, UnaryOperator<ObjectNode>> foreign = new HashMap<>();
        foreign.put("type", json -> with(json, "type", "Opaque"));
        foreign.put("label", json -> {
            json.withObjectProperty("metadata").remove("labels");
            return json;
        });
        foreign.put("no registry", json -> {
            json.withObjectProperty("metadata")
                    .withObjectProperty("annotations")
                    .remove("acr-attach/registry");
            return json;
        });
        foreign.forEach((why, change) -> {
            NamespaceDecision decision =
                    store(SECRET, RouteChecks.DEFAULT, namespace(Optional.of(changed(change)), account()));
            assertThat(decision.steps()).as(why).isEmpty();
            assertThat(state(decision)).as(why).isEqualTo(State.SKIPPED);
            assertThat(problem(decision).cause()).contains(why);
        });
    }

    @Test
    void immutableSecretIsLeftAloneUnlessItIsAsMade() {
        ObservedSecret immutable = changed(json -> {
            json.put("immutable", true);
            return json;
        });
        assertThat(state(store(SECRET, ReferenceTerms.UNCHANGED, namespace(Optional.of(immutable)))))
                .isEqualTo(State.READY);
        NamespaceDecision decision = store(NEWER, RouteChecks.DEFAULT, namespace(Optional.of(immutable), account()));
        assertThat(decision.steps()).isEmpty();
        assertThat(state(decision)).isEqualTo(State.REFUSED);
        assertThat(problem(decision).cause()).contains("immutable", "2026-04-01T00:00:00Z");
    }

    @Test
    void missingServiceAccountKeepsNoOtherFromItsReference() {
        NamespaceDecision decision = store(
                SECRET,
                RouteChecks.accounts("default", "builder"),
                namespace(Optional.of(made(SECRET)), account("other")));
        assertThat(only(decision).words()).isEqualTo("patch serviceaccounts shop default");
        assertThat(state(decision)).isEqualTo(State.REFUSED);
        assertThat(problem(decision).kind()).isEqualTo(Kind.SERVICE_ACCOUNT_MISSING);
        assertThat(problem(decision).cause()).contains("builder").doesNotContain("default");
    }

    @Test
    void patternTakesWhatMatchesAndMissesNothing() {
        ObservedServiceAccount web = new ObservedServiceAccount("web-1", "b", "8", List.of(), List.of());
        ReferenceTerms wanted = RouteChecks.accounts("web-*");
        NamespaceDecision decision = store(SECRET, wanted, namespace(Optional.of(made(SECRET)), account("other"), web));
        assertThat(only(decision).words()).isEqualTo("patch serviceaccounts shop web-1");
        assertThat(state(decision)).isEqualTo(State.READY);
        NamespaceDecision none = store(SECRET, wanted, namespace(Optional.of(made(SECRET)), account("other")));
        assertThat(none.steps()).isEmpty();
        assertThat(state(none)).isEqualTo(State.READY);
    }

    @Test
    void serviceAccountsByTheThousandAreChangedInSeveralRuns() {
        ObservedServiceAccount[] many = IntStream.range(0, 201)
                .mapToObj(number -> new ObservedServiceAccount("web-" + number, "b", "8", List.of(), List.of()))
                .toArray(ObservedServiceAccount[]::new);
        NamespaceDecision first = store(SECRET, RouteChecks.accounts("*"), namespace(Optional.of(made(SECRET)), many));
        assertThat(first.steps()).singleElement().asInstanceOf(LIST).hasSize(200);
        assertThat(state(first)).isEqualTo(State.PENDING);
        assertThat(problem(first).cause()).contains("201 service accounts");
        NamespaceDecision next = store(
                SECRET, RouteChecks.accounts("*"), namespace(Optional.of(made(SECRET)), Arrays.copyOf(many, 200)));
        assertThat(state(next)).isEqualTo(State.READY);
    }

    /** As when a webhook refuses those with which a run began. */
    @Test
    void anotherRunBeginsWithOtherServiceAccounts() {
        ObservedNamespace observed = namespace(
                Optional.of(made(SECRET)),
                IntStream.range(0, 300)
                        .mapToObj(number -> new ObservedServiceAccount("web-" + number, "b", "8", List.of(), List.of()))
                        .toArray(ObservedServiceAccount[]::new));
        assertThat(changed(observed, 1)).containsExactlyElementsOf(changed(observed, 1));
        Set<String> changed = new HashSet<>();
        for (int seed = 0; seed < 20; seed++) {
            changed.addAll(changed(observed, seed));
        }
        assertThat(changed).hasSize(300);
    }

    private static List<String> changed(ObservedNamespace observed, long seed) {
        return new StorePullSecret(SECRET, Samples.VERSION, Set.of("shop"), Set.of(), RouteChecks.accounts("*"), seed)
                .decide(observed, PROBLEMS).steps().get(0).stream()
                        .map(ApiRequest::words)
                        .toList();
    }

    @Test
    void referenceThatIsNotWantedAnyMoreGoesIfThisProgramAddedIt() {
        ObservedServiceAccount ours =
                new ObservedServiceAccount("old", "b", "8", List.of("other", NAME), List.of(NAME));
        ObservedNamespace observed = namespace(Optional.of(made(SECRET)), account(NAME), ours);
        ApiRequest patch = only(store(SECRET, RouteChecks.accounts("web-*"), observed));
        assertThat(patch.words()).isEqualTo("patch serviceaccounts shop old");
        assertThat(patch.body().orElseThrow())
                .isEqualTo(JsonFields.any("{'metadata':{'uid':'b','resourceVersion':'8','annotations':"
                        + "{'acr-attach/added':null}},'imagePullSecrets':[{'name':'other'}]}"));
        assertThat(store(SECRET, ReferenceTerms.UNCHANGED, observed).steps()).isEmpty();
    }

    @Test
    void hiddenServiceAccountsKeepOnlyTheirReferencesBack() {
        ObservedNamespace hidden = new ObservedNamespace(
                "shop",
                Map.of(),
                false,
                Optional.empty(),
                List.of(),
                Map.of(ApiRequest.SERVICE_ACCOUNTS, forbidden(ApiRequest.list(ApiRequest.SERVICE_ACCOUNTS))));
        NamespaceDecision wanted = store(SECRET, RouteChecks.accounts("*"), hidden);
        assertThat(wanted.steps()).containsExactly(List.of(create()));
        assertThat(problem(wanted).kind()).isEqualTo(Kind.MISSING_KUBERNETES_RIGHT);
        assertThat(state(store(SECRET, RouteChecks.accounts(), hidden))).isEqualTo(State.READY);
    }

    @Test
    void listThatIsTooLongIsNotWritten() {
        ObservedServiceAccount tooLong =
                new ObservedServiceAccount("default", "a", "7", List.of(), List.of(NAME), true);
        NamespaceDecision stored = store(SECRET, RouteChecks.DEFAULT, namespace(Optional.empty(), tooLong));
        assertThat(stored.steps()).containsExactly(List.of(create()));
        NamespaceDecision takenBack = takeBack(namespace(Optional.of(made(SECRET)), tooLong));
        assertThat(only(takenBack).words()).isEqualTo("delete secrets shop " + NAME);
        for (NamespaceDecision decision : List.of(stored, takenBack)) {
            assertThat(state(decision)).isEqualTo(State.REFUSED);
            assertThat(problem(decision).cause()).contains("service account default");
        }
    }

    @Test
    void namespaceOnItsWayOutGetsNothing() {
        ObservedNamespace going = new ObservedNamespace("shop", Map.of(), true, Optional.empty(), List.of(), Map.of());
        assertThat(store(SECRET, ReferenceTerms.UNCHANGED, going).steps()).isEmpty();
        assertThat(state(store(SECRET, ReferenceTerms.UNCHANGED, going))).isEqualTo(State.TERMINATING);
    }

    @Test
    void whatMayNotBeSeenIsNotTakenForNothing() {
        KubernetesFailure forbidden = forbidden(ApiRequest.get(ApiRequest.SECRETS, "shop", NAME));
        ObservedNamespace hidden = new ObservedNamespace(
                "shop", Map.of(), false, Optional.empty(), List.of(), Map.of(ApiRequest.SECRETS, forbidden));
        assertThat(store(SECRET, ReferenceTerms.UNCHANGED, hidden).steps()).isEmpty();
        assertThat(problem(store(SECRET, ReferenceTerms.UNCHANGED, hidden)).kind())
                .isEqualTo(Kind.MISSING_KUBERNETES_RIGHT);
        assertThat(problem(takeBack(hidden)).kind()).isEqualTo(Kind.MISSING_KUBERNETES_RIGHT);
        ObservedNamespace referring = new ObservedNamespace(
                "shop",
                Map.of(),
                false,
                Optional.empty(),
                List.of(new ObservedServiceAccount("default", "a", "7", List.of(NAME), List.of(NAME))),
                hidden.hidden());
        assertThat(takeBack(referring).steps()).isEmpty();
    }

    @Test
    void takingBackReleasesFirstAndRemovesWhatWasObserved() {
        ObservedServiceAccount account =
                new ObservedServiceAccount("default", "a", "7", List.of("other", NAME), List.of(NAME));
        NamespaceDecision decision = takeBack(namespace(Optional.of(made(SECRET)), account));
        assertThat(decision.steps()).hasSize(2);
        assertThat(decision.steps().get(0).get(0).body().orElseThrow())
                .isEqualTo(JsonFields.any("{'metadata':{'uid':'a','resourceVersion':'7','annotations':"
                        + "{'acr-attach/added':null}},'imagePullSecrets':[{'name':'other'}]}"));
        assertThat(decision.steps().get(1).get(0).words()).isEqualTo("delete secrets shop " + NAME);
        assertThat(decision.steps().get(1).get(0).body().orElseThrow().get("preconditions"))
                .isEqualTo(JsonFields.any("{'uid':'s','resourceVersion':'3'}"));
        assertThat(state(decision)).isEqualTo(State.REMOVED);
    }

    @Test
    void takingBackLeavesWhatOthersAddedAndForeignSecrets() {
        ObservedSecret foreign = changed(json -> with(json, "type", "Opaque"));
        NamespaceDecision decision = takeBack(namespace(Optional.of(foreign), account("other", NAME)));
        assertThat(decision.steps()).isEmpty();
        assertThat(decision.outcome()).isEmpty();
    }

    /** A name says nothing of which registry of that name it is. */
    @Test
    void takingBackLeavesWhatIsOfAnotherRegistryOfTheSameName() {
        ObservedServiceAccount account = new ObservedServiceAccount("default", "a", "7", List.of(NAME), List.of(NAME));
        NamespaceDecision decision = new TakeBackPullSecret(PullSecretOwner.gone(ELSEWHERE), NAME, List.of())
                .decide(namespace(Optional.of(made(SECRET)), account), PROBLEMS);
        assertThat(decision.steps()).isEmpty();
        assertThat(decision.outcome()).isEmpty();
    }

    @Test
    void whatWasMadeUnderAFormerIdIsTakenOverOnceThatIsProvenToBeGone() {
        for (ObservedSecret there : List.of(made(FORMER), withoutValue(made(FORMER)))) {
            assertThat(there.held(Samples.OWNER)).isInstanceOf(Held.Moved.class);
            PullSecret proven = new PullSecret(
                    SECRET.credential(),
                    SECRET.password(),
                    SECRET.value(),
                    SECRET.loginServers(),
                    NAME,
                    Set.of(ELSEWHERE));
            assertThat(only(store(proven, ReferenceTerms.UNCHANGED, namespace(Optional.of(there))))
                            .verb())
                    .isEqualTo(ApiRequest.Verb.PATCH);
            NamespaceDecision unproven = store(SECRET, RouteChecks.DEFAULT, namespace(Optional.of(there), account()));
            assertThat(unproven.steps()).isEmpty();
            assertThat(problem(unproven).cause()).contains("names another registry: " + ELSEWHERE);
            assertThat(problem(unproven).fix()).doesNotContain("delete");
        }
    }

    @Test
    void whatOpensAnotherHostIsNoRegistryThatWasMoved() {
        PullSecretOwner twin = new PullSecretOwner(Samples.REGISTRY, "acrshop-0123456789abcdef.azurecr.io");
        for (ObservedSecret there : List.of(made(FORMER), withoutValue(made(FORMER)))) {
            assertThat(there.held(twin)).isInstanceOf(Held.Foreign.class);
        }
        ObservedSecret tampered = ObservedSecret.of(with(shown(FORMER), "data", NEWER));
        assertThat(tampered.held(Samples.OWNER))
                .as("whose annotations do not vouch for it")
                .isInstanceOf(Held.Foreign.class);
    }

    @Test
    void takingBackForAnIdThatIsGoneLeavesWhatOpensTheRegistryWhereItIsNow() {
        ObservedServiceAccount account = new ObservedServiceAccount("default", "a", "7", List.of(NAME), List.of(NAME));
        PullSecretOwner gone = PullSecretOwner.gone(ELSEWHERE);
        PullSecretOwner twin = new PullSecretOwner(Samples.REGISTRY, "acrshop-0123456789abcdef.azurecr.io");
        for (ObservedSecret there : List.of(made(FORMER), withoutValue(made(FORMER)))) {
            ObservedNamespace namespace = namespace(Optional.of(there), account);
            NamespaceDecision left =
                    new TakeBackPullSecret(gone, NAME, List.of(Samples.OWNER)).decide(namespace, PROBLEMS);
            assertThat(left.steps()).isEmpty();
            assertThat(state(left)).isEqualTo(State.SKIPPED);
            assertThat(problem(left).scope()).contains(Samples.REGISTRY.toString());
            assertThat(new TakeBackPullSecret(gone, NAME, List.of(twin))
                            .decide(namespace, PROBLEMS)
                            .steps())
                    .as("another registry of that name")
                    .hasSize(2);
        }
    }

    @Test
    void secretThatFinalizersKeepIsPending() {
        ObservedSecret kept = changed(json -> {
            json.withObjectProperty("metadata").set("finalizers", JsonFields.any("['x/y']"));
            return json;
        });
        assertThat(takeBack(namespace(Optional.of(kept))).steps()).hasSize(1);
        assertThat(state(takeBack(namespace(Optional.of(kept))))).isEqualTo(State.PENDING);
    }

    private static NamespaceDecision store(PullSecret secret, ReferenceTerms references, ObservedNamespace observed) {
        return new StorePullSecret(secret, Samples.VERSION, Set.of("shop"), Set.of(), references, 0)
                .decide(observed, PROBLEMS);
    }

    private static NamespaceDecision takeBack(ObservedNamespace observed) {
        return new TakeBackPullSecret(Samples.OWNER, NAME, List.of()).decide(observed, PROBLEMS);
    }

    private static KubernetesFailure forbidden(ApiRequest request) {
        return DIAGNOSIS.of(
                request,
                403,
                JsonFields.any("{'kind':'Status','status':'Failure','reason':'Forbidden','code':403,'message':"
                        + "'secrets is forbidden: User \"acr-attach\" cannot get resource \"secrets\"'}"),
                Optional.empty());
    }

    private static ApiRequest create() {
        return ApiRequest.create(ApiRequest.SECRETS, "shop", PullSecretManifest.create(SECRET, Samples.VERSION));
    }

    private static ApiRequest only(NamespaceDecision decision) {
        assertThat(decision.steps()).singleElement().satisfies(step -> assertThat(step)
                .hasSize(1));
        return decision.steps().get(0).get(0);
    }

    private static State state(NamespaceDecision decision) {
        return decision.outcome().map(NamespaceOutcome::state).orElseThrow();
    }

    private static Problem problem(NamespaceDecision decision) {
        return decision.outcome().flatMap(NamespaceOutcome::problem).orElseThrow();
    }

    private static ObservedNamespace namespace(Optional<ObservedSecret> secret, ObservedServiceAccount... accounts) {
        return new ObservedNamespace("shop", Map.of(), false, secret, List.of(accounts), Map.of());
    }

    /** The default one, which refers to these, none of them added by this program. */
    private static ObservedServiceAccount account(String... references) {
        return new ObservedServiceAccount("default", "a", "7", List.of(references), List.of());
    }

    private static ObservedSecret made(PullSecret secret) {
        return ObservedSecret.of(shown(secret));
    }

    private static ObservedSecret changed(UnaryOperator<ObjectNode> change) {
        return ObservedSecret.of(change.apply(shown(SECRET)));
    }

    private static ObjectNode shown(PullSecret secret) {
        ObjectNode json = PullSecretManifest.create(secret, Samples.VERSION);
        json.withObjectProperty("metadata").put("uid", "s");
        json.withObjectProperty("metadata").put("resourceVersion", "3");
        return json;
    }

    private static ObjectNode with(ObjectNode json, String name, String value) {
        json.put(name, value);
        return json;
    }

    private static ObservedSecret withoutValue(ObservedSecret seen) {
        return new ObservedSecret(
                seen.uid(),
                seen.resourceVersion(),
                seen.type(),
                seen.manager(),
                seen.annotations(),
                seen.immutable(),
                seen.finalizers(),
                Optional.empty(),
                false);
    }

    private static ObjectNode with(ObjectNode json, String name, PullSecret content) {
        return json.set(name, shown(content).get(name));
    }

    private static PullSecret secret(String password) {
        return secret(password, Samples.REGISTRY);
    }

    private static PullSecret secret(String password, ArmId registry) {
        CredentialKey key = new CredentialKey(new Pairing(Samples.CLUSTER, registry), CredentialKind.ACR_TOKEN);
        Password listed =
                new Password(password, Instant.parse("2026-01-01T00:00:00Z"), Instant.parse("2026-04-01T00:00:00Z"));
        return new PullSecret(
                new PullCredential(key, key.name(), key.name(), Optional.empty(), Optional.empty(), List.of(listed)),
                listed,
                new Secret("value of " + password),
                "acrshop.azurecr.io");
    }
}
