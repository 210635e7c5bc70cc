package io.github.acrattach.adapter.kubernetes;

import com.google.gson.JsonObject;
import io.github.acrattach.domain.ArmId;
import io.github.acrattach.domain.Cluster;
import io.github.acrattach.domain.ClusterNamespace;
import io.github.acrattach.domain.Held;
import io.github.acrattach.domain.Lookup;
import io.github.acrattach.domain.NamespaceOutcome;
import io.github.acrattach.domain.Problem;
import io.github.acrattach.domain.Problem.Kind;
import io.github.acrattach.domain.PullSecret;
import io.github.acrattach.port.PullSecrets;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Typed;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Pull secrets through the API server of the cluster. */
@ApplicationScoped
@Typed(ThroughApiServer.class)
class ThroughApiServer implements PullSecrets {

    /** A service account is made a moment after its namespace. */
    private static final Duration ACCOUNTS_WAIT = Duration.ofSeconds(5);

    private final ApiServers servers;

    ThroughApiServer(ApiServers servers) {
        this.servers = servers;
    }

    @Override
    public Uni<Lookup<List<ClusterNamespace>>> in(Cluster cluster, ArmId registry, Set<String> serviceAccounts) {
        return servers.at(
                cluster,
                registry,
                server -> SideBySide.one(() -> server.list(Ask.list(Ask.NAMESPACES)))
                        .chain(all -> SideBySide.each(
                                all, new NamespaceLook(server, registry, serviceAccounts)::of, ClusterNamespace::name)),
                all -> kinds(all.stream()
                        .flatMap(each -> each.held() instanceof Held.Hidden hidden
                                ? Stream.of(hidden.problem())
                                : Stream.of())));
    }

    @Override
    public Uni<Lookup<List<NamespaceOutcome>>> store(
            Cluster cluster, PullSecret secret, Set<String> namespaces, Set<String> serviceAccounts) {
        return servers.at(
                cluster,
                secret.credential().key().pairing().registry(),
                server -> {
                    NamespaceStore store =
                            new NamespaceStore(server, secret, serviceAccounts, Deadline.in(ACCOUNTS_WAIT));
                    return SideBySide.each(namespaces, store::in, NamespaceOutcome::namespace);
                },
                ThroughApiServer::problems);
    }

    @Override
    public Uni<Lookup<List<NamespaceOutcome>>> clear(Cluster cluster, ArmId registry) {
        return servers.at(
                cluster, registry, server -> clear(server, new Clearing(server, registry)), ThroughApiServer::problems);
    }

    private static Uni<List<NamespaceOutcome>> clear(ApiServer server, Clearing clearing) {
        return SideBySide.one(clearing::referring)
                .map(ThroughApiServer::byNamespace)
                .chain(accounts -> SideBySide.one(() -> server.list(Ask.list(Ask.NAMESPACES)))
                        .map(all -> all.stream()
                                .flatMap(each -> Fields.name(each).stream())
                                .toList())
                        .chain(names -> SideBySide.each(
                                names,
                                name -> new Cleared(name, clearing.of(name, accounts.getOrDefault(name, List.of()))),
                                Cleared::namespace)))
                .map(all ->
                        all.stream().flatMap(each -> each.outcome().stream()).toList());
    }

    private record Cleared(String namespace, Optional<NamespaceOutcome> outcome) {}

    private static Map<String, List<String>> byNamespace(List<JsonObject> accounts) {
        return accounts.stream()
                .collect(Collectors.groupingBy(
                        account -> Fields.text(account, "metadata", "namespace").orElse(""),
                        Collectors.mapping(account -> Fields.name(account).orElse(""), Collectors.toList())));
    }

    private static Set<Kind> problems(List<NamespaceOutcome> outcomes) {
        return kinds(outcomes.stream().flatMap(each -> each.problem().stream()));
    }

    private static Set<Kind> kinds(Stream<Problem> problems) {
        return problems.map(Problem::kind).collect(Collectors.toSet());
    }
}
