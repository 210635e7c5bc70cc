package io.github.acrattach.adapter.kubernetes;

import static io.github.acrattach.adapter.azure.Answers.then;

import io.github.acrattach.adapter.azure.Azure;
import io.github.acrattach.domain.ArmId;
import io.github.acrattach.domain.Cluster;
import io.github.acrattach.domain.Lookup;
import io.github.acrattach.domain.Problem;
import io.github.acrattach.domain.Problem.Kind;
import io.github.acrattach.domain.Secret;
import io.kubernetes.client.openapi.ApiClient;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/** Reaches API servers: as this program, and where that is refused and it is allowed, as the cluster's administrator. */
@ApplicationScoped
class ApiServers {

    /** What the administrator would not be refused for. */
    private static final Set<Kind> REFUSALS =
            Set.of(Kind.MISSING_RIGHT, Kind.SIGN_IN_FAILED, Kind.MISSING_KUBERNETES_RIGHT);

    private final Azure azure;
    private final ClusterCredentials credentials;
    private final boolean adminAllowed;
    private Connections connections;

    ApiServers(Azure azure, ClusterCredentials credentials, KubernetesSettings settings) {
        this.azure = azure;
        this.credentials = credentials;
        adminAllowed = settings.adminCredential();
    }

    /**
     * Does something at the API server of a cluster, which can be done twice.
     *
     * @param registry of which the pull secrets are
     * @param problems what went wrong in a part of it
     */
    <T> Uni<Lookup<T>> at(
            Cluster cluster, ArmId registry, Function<ApiServer, Uni<T>> work, Function<T, Set<Kind>> problems) {
        Uni<Lookup<T>> asItself = Uni.combine()
                .all()
                .unis(credentials.user(cluster), SideBySide.one(this::connections))
                .with((config, connections) -> config)
                .plug(config -> through(cluster, registry, config, work));
        if (!adminAllowed) {
            return asItself;
        }
        Predicate<Lookup<T>> refused =
                answer -> answer.fold(problems, Set::of, problem -> Set.of(problem.kind())).stream()
                        .anyMatch(REFUSALS::contains);
        return asItself.chain(answer -> refused.test(answer)
                ? through(cluster, registry, credentials.admin(cluster), work)
                        .map(second -> second instanceof Lookup.Denied<T> neither ? both(answer, neither) : second)
                : Uni.createFrom().item(answer));
    }

    /** Why the second way was refused too is only worth telling beside why the first one was. */
    private static <T> Lookup<T> both(Lookup<T> first, Lookup.Denied<T> second) {
        if (!(first instanceof Lookup.Denied<T> denied)) {
            return first;
        }
        Problem problem = denied.problem();
        return new Lookup.Denied<>(new Problem(
                problem.kind(),
                problem.cause() + " The administrator's way is closed too: "
                        + second.problem().cause(),
                problem.action(),
                problem.scope(),
                problem.caller(),
                problem.fix()));
    }

    private <T> Uni<Lookup<T>> through(
            Cluster cluster, ArmId registry, Uni<Lookup<Kubeconfig>> credential, Function<ApiServer, Uni<T>> work) {
        return then(
                        credential,
                        config -> then(token(cluster, config), token -> SideBySide.one(
                                        () -> connect(cluster, registry, config, token))
                                .chain(server -> work.apply(server))
                                .<Lookup<T>>map(Lookup.Found::new)))
                .onFailure(KubernetesFailure.class)
                .recoverWithUni(failure -> failure.answer());
    }

    private static <T> Uni<Lookup<T>> item(Lookup<T> answer) {
        return Uni.createFrom().item(answer);
    }

    /** The token that goes along; empty where a certificate stands for it. */
    private Uni<Lookup<Optional<Secret>>> token(Cluster cluster, Kubeconfig config) {
        if (config.user() instanceof Kubeconfig.User.Entra) {
            return azure.kubernetesToken(cluster.id().toString()).map(token -> token.map(Optional::of));
        }
        return item(new Lookup.Found<>(
                config.user() instanceof Kubeconfig.User.Token user ? Optional.of(user.token()) : Optional.empty()));
    }

    private ApiServer connect(Cluster cluster, ArmId registry, Kubeconfig config, Optional<Secret> token)
            throws KubernetesFailure {
        var diagnosis = new KubernetesDiagnosis(
                cluster,
                config.identity(),
                new KubernetesRights(KubernetesRights.Way.API_SERVER, registry),
                azure::caller);
        try {
            ApiClient client = connections().to(config);
            return new ApiServer(client, token, diagnosis);
        } catch (Kubeconfig.Unreadable e) {
            throw new KubernetesFailure(0, false, credentials.unreadable(cluster, e), Optional.empty());
        }
    }

    private synchronized Connections connections() {
        if (connections == null) {
            connections = new Connections();
        }
        return connections;
    }
}
