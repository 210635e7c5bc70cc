package io.github.acrattach.adapter.kubernetes;

import static io.github.acrattach.adapter.azure.Answers.then;

import io.github.acrattach.adapter.azure.Azure;
import io.github.acrattach.domain.ArmId;
import io.github.acrattach.domain.Cluster;
import io.github.acrattach.domain.ClusterNamespace;
import io.github.acrattach.domain.Held;
import io.github.acrattach.domain.Lookup;
import io.github.acrattach.domain.NamespaceOutcome;
import io.github.acrattach.domain.NamespaceOutcome.State;
import io.github.acrattach.domain.PullSecret;
import io.github.acrattach.port.PullSecrets;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Typed;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Pull secrets in clusters whose API server cannot be reached: one command to look, and one to do what follows. Azure
 * keeps what commands print, so no secret is ever read this way.
 */
@ApplicationScoped
@Typed(ThroughCommandPod.class)
class ThroughCommandPod implements PullSecrets {

    private final Azure azure;
    private final CommandPod pod;

    ThroughCommandPod(Azure azure, CommandPod pod) {
        this.azure = azure;
        this.pod = pod;
    }

    @Override
    public Uni<Lookup<List<ClusterNamespace>>> in(Cluster cluster, ArmId registry, Set<String> serviceAccounts) {
        PullReference reference = new PullReference(PullSecret.nameFor(registry));
        return look(cluster, registry, Optional.of(serviceAccounts))
                .map(answer -> answer.map(seen -> seen.spaces.keySet().stream()
                        .map(name -> namespace(name, seen, registry, reference, serviceAccounts))
                        .toList()));
    }

    private static ClusterNamespace namespace(
            String name, Seen seen, ArmId registry, PullReference reference, Set<String> asked) {
        Seen.Space space = seen.spaces.get(name);
        return new ClusterNamespace(
                name,
                space.labels(),
                space.terminating(),
                seen.held(name, registry),
                space.accounts().entrySet().stream()
                        .filter(account -> asked.contains(account.getKey()) && reference.in(account.getValue()))
                        .map(Map.Entry::getKey)
                        .collect(Collectors.toSet()));
    }

    @Override
    public Uni<Lookup<List<NamespaceOutcome>>> store(
            Cluster cluster, PullSecret secret, Set<String> namespaces, Set<String> serviceAccounts) {
        ArmId registry = secret.credential().key().pairing().registry();
        return then(look(cluster, registry, Optional.of(serviceAccounts)), seen -> {
            PodStore store = new PodStore(seen, secret, serviceAccounts, diagnosis(cluster, registry));
            Map<String, NamespaceOutcome> ends = new TreeMap<>();
            new TreeSet<>(namespaces).forEach(name -> ends.put(name, store.order(name)));
            return carryOut(cluster, registry, store.orders(), ends);
        });
    }

    @Override
    public Uni<Lookup<List<NamespaceOutcome>>> clear(Cluster cluster, ArmId registry) {
        PullReference reference = new PullReference(PullSecret.nameFor(registry));
        return then(look(cluster, registry, Optional.empty()), seen -> {
            Orders orders = new Orders();
            Map<String, NamespaceOutcome> ends = new TreeMap<>();
            seen.spaces.forEach((name, space) -> {
                space.accounts().forEach((account, there) -> {
                    if (reference.addedTo(there)) {
                        orders.then(
                                "patch",
                                Ask.of(Ask.Verb.PATCH, Ask.ACCOUNTS, name, account),
                                Optional.of(AccountPatch.removing(reference, there)));
                        ends.put(name, NamespaceOutcome.of(name, State.CLEARED));
                    }
                });
                if (seen.held(name, registry) instanceof Held.Ours) {
                    orders.then(
                            "delete",
                            Ask.of(Ask.Verb.DELETE, Ask.SECRETS, name, PullSecret.nameFor(registry)),
                            Optional.empty());
                    ends.put(
                            name,
                            SecretManifest.isHeld(seen.secret(name))
                                    ? NamespaceOutcome.of(
                                            name,
                                            State.PENDING,
                                            Told.going(
                                                    diagnosis(cluster, registry), name, PullSecret.nameFor(registry)))
                                    : NamespaceOutcome.of(name, State.CLEARED));
                }
            });
            return carryOut(cluster, registry, orders, ends);
        });
    }

    private Uni<Lookup<List<NamespaceOutcome>>> carryOut(
            Cluster cluster, ArmId registry, Orders orders, Map<String, NamespaceOutcome> ends) {
        if (orders.isEmpty()) {
            return Uni.createFrom().item(new Lookup.Found<>(List.copyOf(ends.values())));
        }
        return pod.run(cluster, "sh do.sh", orders.files())
                .map(answer -> answer.map(printed -> {
                    orders.failures(printed, new KubectlErrors(diagnosis(cluster, registry)))
                            .forEach((name, failure) -> ends.put(name, ended(name, failure)));
                    return List.copyOf(ends.values());
                }));
    }

    private static NamespaceOutcome ended(String namespace, KubernetesFailure failure) {
        return failure.absent()
                ? NamespaceOutcome.of(namespace, State.PENDING, failure.problem())
                : Ended.with(namespace, failure);
    }

    /** Looks; a kind of thing that may not be seen at all is a refusal. */
    private Uni<Lookup<Seen>> look(Cluster cluster, ArmId registry, Optional<Set<String>> accounts) {
        CommandFiles files = CommandFiles.with("look.sh", "namespaces.tmpl", "secrets.tmpl", "accounts.tmpl")
                .and(
                        "accounts.txt",
                        accounts.orElse(Set.of()).stream()
                                .map(name -> name + '\n')
                                .collect(Collectors.joining()));
        String command = "sh look.sh " + PullSecret.nameFor(registry) + (accounts.isPresent() ? " these" : " all");
        return then(pod.run(cluster, command, files), printed -> {
            Seen seen = Seen.in(printed);
            KubectlErrors errors = new KubectlErrors(diagnosis(cluster, registry));
            return seen.errors().entrySet().stream()
                    .findFirst()
                    .map(error -> errors.of(Ask.list(error.getKey()), error.getValue())
                            .<Seen>answer())
                    .orElseGet(() -> Uni.createFrom().item(new Lookup.Found<>(seen)));
        });
    }

    private KubernetesDiagnosis diagnosis(Cluster cluster, ArmId registry) {
        return new KubernetesDiagnosis(
                cluster,
                Kubeconfig.Identity.ENTRA,
                new KubernetesRights(KubernetesRights.Way.COMMAND_POD, registry),
                azure::caller);
    }
}
