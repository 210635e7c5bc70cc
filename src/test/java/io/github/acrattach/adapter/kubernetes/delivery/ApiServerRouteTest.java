package io.github.acrattach.adapter.kubernetes.delivery;

import static io.github.acrattach.adapter.azure.Answered.found;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.adapter.kubernetes.access.ApiRequest;
import io.github.acrattach.adapter.kubernetes.manifest.DockerConfig;
import io.github.acrattach.concurrent.Deadline;
import io.github.acrattach.concurrent.SideBySide;
import io.github.acrattach.domain.Cluster;
import io.github.acrattach.domain.NamespaceOutcome;
import io.github.acrattach.domain.NamespaceOutcome.State;
import io.github.acrattach.domain.PullSecret;
import io.github.acrattach.domain.PullSecretOwner;
import io.github.acrattach.domain.Samples;
import io.github.acrattach.domain.Secret;
import io.github.acrattach.emulator.HeldBack;
import io.github.acrattach.emulator.frontdoor.Fault;
import io.github.acrattach.emulator.http.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

@Order(1)
class ApiServerRouteTest extends PullSecretsChecks {

    @Override
    Cluster way() {
        return cluster().cluster();
    }

    @Test
    void valueThatWasTamperedWithIsNotBelieved() {
        String namespace = cluster().namespace("tampered");
        store(namespace);
        ObjectNode there = cluster().get(namespace, ApiRequest.SECRETS, ClusterUnderTest.NAME);
        there.withObjectProperty("data")
                .put(
                        ".dockerconfigjson",
                        new DockerConfig(List.of("evil.example"), "token", new Secret("x")).encoded());
        cluster().replace(namespace, ApiRequest.SECRETS, there);
        assertThat(ours(namespace).value()).isEmpty();
        store(namespace);
        assertThat(ours(namespace).value().map(Secret::reveal)).contains(ClusterUnderTest.VALUE);
    }

    /** The documented role of a cluster lists no secrets. */
    @Test
    void nameOfASecretWhoseRegistryIsGoneIsToldByTheReferencesToIt() {
        assumeTrue(cluster().real.isEmpty(), "A fault is planted.");
        String namespace = cluster().namespace("hostless");
        String twin = labelled().owner().secretName();
        store(labelled(), namespace);
        cluster()
                .azure
                .faults()
                .add(Fault.reply(
                        "/api/v1/secrets$",
                        Answer.text(
                                403,
                                Answer.JSON,
                                "{\"kind\":\"Status\",\"status\":\"Failure\",\"reason\":\"Forbidden\",\"code\":403,\"message\":"
                                        + "\"secrets is forbidden: User \\\"x\\\" cannot list resource \\\"secrets\\\" in API"
                                        + " group \\\"\\\" at the cluster scope\"}")));
        try {
            found(secrets().clear(way(), PullSecretOwner.gone(TWIN), List.of(Samples.OWNER)));
        } finally {
            cluster().azure.faults().clear();
        }
        assertThat(cluster().find(namespace, ApiRequest.SECRETS, twin)).isEmpty();
        assertThat(names(cluster().get(namespace, ApiRequest.SERVICE_ACCOUNTS, "default")))
                .doesNotContain(twin);
    }

    @Test
    void manyWritersAtOnceLoseNothing() {
        String namespace = cluster().namespace("contest");
        List<PullSecret> all = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            all.add(ClusterUnderTest.secret(ClusterUnderTest.registry("acr" + i), "password1@1", "v" + i));
        }
        KubernetesPullSecrets secrets = secrets();
        List<NamespaceOutcome> ends = SideBySide.each(
                        all,
                        (PullSecret secret) ->
                                found(secrets.store(way(), secret, Set.of(namespace), Set.of(), DEFAULT)))
                .stream()
                .flatMap(List::stream)
                .toList();
        assertThat(ends).hasSize(3).allMatch(end -> end.state() == State.READY);
        assertThat(names(cluster().get(namespace, ApiRequest.SERVICE_ACCOUNTS, "default")))
                .containsExactlyInAnyOrder("acr-attach-acr0", "acr-attach-acr1", "acr-attach-acr2");
    }

    @Test
    void serviceAccountThatComesLateIsWaitedFor() throws InterruptedException {
        String namespace = cluster().namespace("late");
        Thread later = new Thread(() -> {
            Deadline.pause(Duration.ofSeconds(1));
            cluster().create(namespace, ApiRequest.SERVICE_ACCOUNTS, "{\"metadata\":{\"name\":\"builder\"}}");
        });
        later.start();
        assertThat(store(SECRET, accounts("builder"), namespace).state()).isEqualTo(State.READY);
        later.join();
    }

    @Test
    void accountsOfManyNamespacesAreListedTogether() {
        assumeTrue(cluster().real.isEmpty(), "the emulator tells which requests came, a real API server does not");
        Set<String> names = cluster().namespaces("together", 20);
        store(SECRET, accounts("*"), names);
        List<String> asked = new CopyOnWriteArrayList<>();
        cluster().azure.requests().watch((request, answer) -> {
            if (request.path().contains("/serviceaccounts")) {
                asked.add(request.method() + ' ' + request.path());
            }
        });
        assertThat(store(SECRET, accounts("*"), names)).allMatch(end -> end.state() == State.READY);
        found(secrets().in(way(), Samples.OWNER, accounts("*").accounts(), Set.of()));
        assertThat(asked).hasSize(2).allMatch(each -> each.endsWith("/api/v1/serviceaccounts"));
    }

    @Test
    void namespacesAreServedSideBySide() throws InterruptedException {
        assumeTrue(cluster().real.isEmpty(), "the emulator holds back answers, a real API server does not");
        Set<String> names = cluster().namespaces("beside", 20);
        HeldBack writes = new HeldBack(
                cluster().azure,
                request -> request.method().equals("POST")
                        && names.stream().anyMatch(name -> request.path().contains(name)));
        CompletableFuture<List<NamespaceOutcome>> stored =
                CompletableFuture.supplyAsync(() -> store(SECRET, DEFAULT, names));
        assertThat(writes.roundTrip(8)).hasSize(8);
        writes.end();
        assertThat(stored.join()).hasSize(20).allMatch(end -> end.state() == State.READY);
    }
}
