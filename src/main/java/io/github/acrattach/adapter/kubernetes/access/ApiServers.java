package io.github.acrattach.adapter.kubernetes.access;

import io.github.acrattach.adapter.azure.Azure;
import io.github.acrattach.domain.Cluster;
import io.github.acrattach.domain.Lookup;
import io.github.acrattach.domain.Problem;
import io.github.acrattach.domain.Problem.Kind;
import io.github.acrattach.domain.PullSecretOwner;
import io.github.acrattach.domain.Secret;
import io.kubernetes.client.openapi.ApiClient;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Reaches API servers: as this program, and where that is refused and it is allowed, as the cluster's administrator. Its calls block. */
@ApplicationScoped
public class ApiServers {

    /** What the administrator would not be refused for: a credential, or what the cluster asks about rights. */
    private static final Set<Kind> REFUSALS =
            Set.of(Kind.MISSING_RIGHT, Kind.SIGN_IN_FAILED, Kind.MISSING_KUBERNETES_RIGHT);

    private final Azure azure;
    private final ClusterCredentials credentials;
    private final boolean adminAllowed;
    private final Vertx vertx;
    private Connections connections;

    public ApiServers(Azure azure, ClusterCredentials credentials, KubernetesSettings settings, Vertx vertx) {
        this.azure = azure;
        this.credentials = credentials;
        adminAllowed = settings.adminCredential();
        this.vertx = vertx;
    }

    /** What is done at an API server; it can be done twice. */
    public interface Work<T> {
        T at(ApiServer server) throws KubernetesFailure;
    }

    /** Whether it is for a right, or a credential, that the administrator has: what others refuse, he must not do. */
    public static boolean isOfARight(Problem problem) {
        return REFUSALS.contains(problem.kind());
    }

    /**
     * Does something at the API server of a cluster.
     *
     * @param owner of the pull secrets
     * @param asAdministrator what of it is to be done once more, as the administrator: no more than this program lacks a
     *     right for; empty when there is nothing
     */
    public <T> Lookup<T> at(
            Cluster cluster, PullSecretOwner owner, Work<T> work, Function<T, Optional<Work<T>>> asAdministrator) {
        Lookup<T> asItself = through(cluster, owner, credentials.user(cluster), work);
        Optional<Work<T>> more = asItself.fold(
                asAdministrator,
                Optional::empty,
                problem -> isOfARight(problem) ? Optional.of(work) : Optional.empty());
        return adminAllowed && more.isPresent() ? asAdministrator(cluster, owner, asItself, more.get()) : asItself;
    }

    private <T> Lookup<T> asAdministrator(Cluster cluster, PullSecretOwner owner, Lookup<T> asItself, Work<T> more) {
        Lookup<T> asAdministrator = through(cluster, owner, credentials.admin(cluster), more);
        return asAdministrator instanceof Lookup.Denied<T> neither ? both(asItself, neither) : asAdministrator;
    }

    /** Why the second way was refused too is only worth telling beside why the first one was. */
    private static <T> Lookup<T> both(Lookup<T> first, Lookup.Denied<T> second) {
        if (!(first instanceof Lookup.Denied<T> denied)) {
            return first;
        }
        Problem problem = denied.problem();
        return new Lookup.Denied<>(new Problem(
                problem.kind(),
                problem.cause() + " As administrator it cannot be reached either: "
                        + second.problem().cause(),
                problem.action(),
                problem.scope(),
                problem.caller(),
                problem.fix()));
    }

    private <T> Lookup<T> through(Cluster cluster, PullSecretOwner owner, Lookup<Kubeconfig> credential, Work<T> work) {
        return credential.flatMap(config -> token(cluster, config).flatMap(token -> {
            try {
                return new Lookup.Found<>(work.at(connect(cluster, owner, config, token)));
            } catch (KubernetesFailure failure) {
                return failure.answer();
            }
        }));
    }

    /** The token that goes along; empty where a certificate stands for it. */
    private Lookup<Optional<Secret>> token(Cluster cluster, Kubeconfig config) {
        return config.user()
                .fold(
                        () -> azure.kubernetesToken(cluster.id().toString()).map(Optional::of),
                        token -> new Lookup.Found<>(Optional.of(token)),
                        certificate -> new Lookup.Found<>(Optional.empty()));
    }

    private ApiServer connect(Cluster cluster, PullSecretOwner owner, Kubeconfig config, Optional<Secret> token)
            throws KubernetesFailure {
        var diagnosis = new KubernetesDiagnosis(
                cluster,
                config.identity(),
                new KubernetesRights(KubernetesRights.Way.API_SERVER, owner),
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
            connections = new Connections(vertx);
        }
        return connections;
    }
}
