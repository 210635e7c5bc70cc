package io.github.acrattach.adapter.kubernetes.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.adapter.kubernetes.access.ApiRequest;
import io.github.acrattach.adapter.kubernetes.access.Kubeconfig;
import io.github.acrattach.adapter.kubernetes.access.KubernetesDiagnosis;
import io.github.acrattach.adapter.kubernetes.access.KubernetesFailure;
import io.github.acrattach.adapter.kubernetes.access.KubernetesRights;
import io.github.acrattach.adapter.kubernetes.manifest.ObservedSecret;
import io.github.acrattach.adapter.kubernetes.manifest.ObservedServiceAccount;
import io.github.acrattach.adapter.kubernetes.manifest.PullSecretManifest;
import io.github.acrattach.domain.NamespaceOutcome;
import io.github.acrattach.domain.NamespaceOutcome.State;
import io.github.acrattach.domain.ReferenceTerms;
import io.github.acrattach.domain.Samples;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is done when the world changes between the look and the request. */
class DeliveryTest {

    private static final StorePullSecret WISH = new StorePullSecret(
            ClusterUnderTest.secret("password2@2", "newer"),
            Samples.VERSION,
            Set.of("shop"),
            Set.of(),
            ReferenceTerms.UNCHANGED,
            0);
    private static final KubernetesDiagnosis DIAGNOSIS = new KubernetesDiagnosis(
            Samples.cluster(),
            Kubeconfig.Identity.ENTRA,
            new KubernetesRights(KubernetesRights.Way.API_SERVER, Samples.OWNER),
            Optional::empty);

    private final List<String> requests = new ArrayList<>();
    private Optional<ObservedServiceAccount> account = Optional.empty();

    @Test
    void afterAConflictItIsObservedAndDecidedAgain() throws KubernetesFailure {
        assertThat(deliver(List.of(there("3"), there("4")), 409, 200)).isEqualTo(State.READY);
        assertThat(requests).hasSize(2).allMatch(request -> request.startsWith("patch secrets shop"));
    }

    @Test
    void whatSomebodyElseMadeMeanwhileIsNotMadeTwice() throws KubernetesFailure {
        assertThat(deliver(List.of(Optional.empty(), made()), 409)).isEqualTo(State.READY);
        assertThat(requests).hasSize(1);
    }

    /** Of the quota, not of the secret: "the object has been modified". */
    @Test
    void conflictOfAQuotaIsTriedAgain() throws KubernetesFailure {
        assertThat(deliver(List.of(Optional.empty(), Optional.empty()), 409, 200))
                .isEqualTo(State.READY);
        assertThat(requests).hasSize(2).allMatch(request -> request.startsWith("create secrets shop"));
    }

    @Test
    void whatWasTakenAwayMeanwhileIsNotMadeAnew() throws KubernetesFailure {
        assertThat(deliver(List.of(there("3"), Optional.empty()), 404)).isEqualTo(State.PENDING);
        assertThat(requests).hasSize(1);
    }

    @Test
    void whatStoodWhenItWasDecidedIsNotMadeAnew() throws KubernetesFailure {
        StorePullSecret renewal = new StorePullSecret(
                WISH.secret(), Samples.VERSION, Set.of("shop"), Set.of("shop"), ReferenceTerms.UNCHANGED, 0);
        assertThat(deliver(renewal, List.of(Optional.empty()))).isEqualTo(State.PENDING);
        assertThat(requests).isEmpty();
    }

    @Test
    void whatIsTakenAwayAfterAConflictIsNotMadeAnew() throws KubernetesFailure {
        assertThat(deliver(List.of(there("3"), Optional.empty()), 409)).isEqualTo(State.PENDING);
        assertThat(requests).hasSize(1);
    }

    @Test
    void namespaceThatWentMeanwhileIsToldAsGone() throws KubernetesFailure {
        assertThat(deliver(List.of(Optional.empty()), 404)).isEqualTo(State.TERMINATING);
    }

    @Test
    void whatSomebodyElseTookAwayMeanwhileIsCleared() throws KubernetesFailure {
        TakeBackPullSecret takeBack = new TakeBackPullSecret(Samples.OWNER, Samples.OWNER.secretName(), List.of());
        for (int status : new int[] {404, 409}) {
            requests.clear();
            assertThat(deliver(takeBack, List.of(there("3"), Optional.empty()), status))
                    .isEqualTo(State.REMOVED);
            assertThat(requests).hasSize(1);
        }
    }

    @Test
    void secretThatWasStoredIsNotStoredAgainForAReference() throws KubernetesFailure {
        StorePullSecret referred =
                new StorePullSecret(WISH.secret(), Samples.VERSION, Set.of("shop"), Set.of(), RouteChecks.DEFAULT, 0);
        account = Optional.of(new ObservedServiceAccount("default", "a", "7", List.of(), List.of()));
        assertThat(deliver(referred, List.of(Optional.empty(), made()), 200, 409, 200))
                .isEqualTo(State.READY);
        assertThat(requests)
                .containsExactly(
                        "create secrets shop -",
                        "patch serviceaccounts shop default",
                        "patch serviceaccounts shop default");
    }

    @Test
    void onlyAConflictIsDecidedAgain() throws KubernetesFailure {
        for (int status : new int[] {429, 503}) {
            requests.clear();
            assertThat(deliver(List.of(there("3")), status)).isEqualTo(State.PENDING);
            assertThat(requests).hasSize(1);
        }
    }

    @Test
    void conflictsThatDoNotEndAreHandedOn() throws KubernetesFailure {
        assertThat(deliver(
                        List.of(there("3"), there("4"), there("5"), there("6"), there("7")), 409, 409, 409, 409, 409))
                .isEqualTo(State.PENDING);
        assertThat(requests).hasSize(5);
    }

    private State deliver(List<Optional<ObservedSecret>> looks, int... statuses) throws KubernetesFailure {
        return deliver(WISH, looks, statuses);
    }

    /** Each look shows the next of these, each request is answered with the next status. */
    private State deliver(Wish wish, List<Optional<ObservedSecret>> looks, int... statuses) throws KubernetesFailure {
        Iterator<Optional<ObservedSecret>> next = looks.iterator();
        Iterator<Integer> answers = Arrays.stream(statuses).iterator();
        Route route = new Route() {
            @Override
            public List<ObservedNamespace> observe(Observation observation) {
                return List.of(new ObservedNamespace(
                        "shop", Map.of(), false, next.next(), account.stream().toList(), Map.of()));
            }

            @Override
            public Set<String> namesBeginningWith(String beginning) {
                return Set.of();
            }

            @Override
            public CarriedOut carryOut(List<NamespaceDecision> decisions, Observation observation) {
                for (ApiRequest request : decisions.stream()
                        .flatMap(decision -> decision.steps().stream())
                        .flatMap(List::stream)
                        .toList()) {
                    requests.add(request.words());
                    int status = answers.next();
                    if (status != 200) {
                        KubernetesFailure failure =
                                DIAGNOSIS.of(request, status, JsonNodeFactory.instance.objectNode(), Optional.empty());
                        return new CarriedOut(Map.of("shop", new Failed(request, failure)), Optional.empty());
                    }
                }
                return new CarriedOut(Map.of(), Optional.empty());
            }

            @Override
            public NamespaceProblems problems() {
                return new NamespaceProblems(DIAGNOSIS);
            }

            @Override
            public Duration serviceAccountWait() {
                return Duration.ZERO;
            }
        };
        return Delivery.deliver(route, wish).stream()
                .map(NamespaceOutcome::state)
                .findFirst()
                .orElseThrow();
    }

    private static Optional<ObservedSecret> there(String version) {
        return Optional.of(observed(
                PullSecretManifest.create(ClusterUnderTest.secret("password1@1", "old"), Samples.VERSION), version));
    }

    private static Optional<ObservedSecret> made() {
        return Optional.of(observed(PullSecretManifest.create(WISH.secret(), Samples.VERSION), "9"));
    }

    private static ObservedSecret observed(ObjectNode json, String version) {
        json.withObjectProperty("metadata").put("uid", "s");
        json.withObjectProperty("metadata").put("resourceVersion", version);
        return ObservedSecret.of(json);
    }
}
