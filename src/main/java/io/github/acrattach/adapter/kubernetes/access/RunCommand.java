package io.github.acrattach.adapter.kubernetes.access;

import com.azure.core.http.HttpHeaderName;
import com.azure.resourcemanager.containerservice.fluent.models.RunCommandResultInner;
import com.azure.resourcemanager.containerservice.models.RunCommandRequest;
import io.github.acrattach.adapter.azure.Answers;
import io.github.acrattach.adapter.azure.Azure;
import io.github.acrattach.adapter.azure.ManagedClusters;
import io.github.acrattach.domain.AzCommand;
import io.github.acrattach.domain.Cluster;
import io.github.acrattach.domain.Lookup;
import io.github.acrattach.domain.OutsideText;
import io.github.acrattach.domain.Problem;
import io.github.acrattach.domain.Problem.Kind;
import io.github.acrattach.domain.Secret;
import io.github.acrattach.port.CloudUnavailable;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import reactor.core.publisher.Mono;

/**
 * AKS Run Command: a command in a pod that Azure starts in the cluster for it. Its calls block.
 *
 * <p>On a cluster with Entra ID the command runs as this program: its token stands in the pod, where an administrator of
 * the cluster can read it, and since all clusters have one audience, it opens every one that this program may enter. On a
 * cluster without, the pod acts as an administrator of that cluster, and no token goes along; so does
 * {@code az aks command invoke}.
 */
@Singleton
public record RunCommand(Azure azure, ManagedClusters clusters) {

    private static final String RUN = "Microsoft.ContainerService/managedClusters/runcommand/action";

    /** The SDK's own way waits 30 s before it looks for the first time. */
    private static final Duration BETWEEN = Duration.ofSeconds(1);

    private static final Duration LONGEST_RUN = Duration.ofSeconds(90);

    /** The last line of every script: a log without it was cut off. */
    private static final String END = "END";

    /** What the command printed, without its last line. */
    public Lookup<String> run(Cluster cluster, String command, CommandFiles files) {
        return token(cluster)
                .flatMap(token -> Answers.resource(
                        run(cluster, request(command, files, token)),
                        cluster.id(),
                        azure.operation(RUN, cluster.id().toString())))
                .flatMap(result -> printed(cluster, result));
    }

    private static RunCommandRequest request(String command, CommandFiles files, Optional<Secret> token) {
        RunCommandRequest request = new RunCommandRequest().withCommand(command).withContext(files.zip());
        token.map(Secret::reveal).ifPresent(request::withClusterToken);
        return request;
    }

    private Lookup<Optional<Secret>> token(Cluster cluster) {
        return cluster.apiServer().asksEntra()
                ? azure.kubernetesToken(cluster.id().toString()).map(Optional::of)
                : new Lookup.Found<>(Optional.empty());
    }

    private Mono<RunCommandResultInner> run(Cluster cluster, RunCommandRequest request) {
        String group = cluster.id().resourceGroup();
        String name = cluster.id().name();
        return clusters.in(cluster.id().subscription())
                .runCommandWithResponseAsync(group, name, request)
                .flatMap(begun -> begun.getValue()
                        .then(Mono.fromCallable(() -> number(begun.getHeaders().getValue(HttpHeaderName.LOCATION)))))
                .flatMap(number -> clusters.in(cluster.id().subscription())
                        .getCommandResultWithResponseAsync(group, name, number)
                        .mapNotNull(look -> look.getValue())
                        .filter(RunCommand::ended)
                        .delaySubscription(azure.pause(BETWEEN))
                        .repeatWhenEmpty(looks -> looks)
                        .timeout(LONGEST_RUN, Mono.error(new IOException("the command pod does not complete"))));
    }

    private static String number(String location) throws IOException {
        if (location == null) {
            throw new IOException("the answer does not say where the command's result will be");
        }
        String path = URI.create(location).getPath();
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private static boolean ended(RunCommandResultInner result) {
        return result.exitCode() != null
                || "succeeded".equalsIgnoreCase(result.provisioningState())
                || "failed".equalsIgnoreCase(result.provisioningState());
    }

    /** A pod that did not start is a success of the request, and tells its reason; that passes. */
    private Lookup<String> printed(Cluster cluster, RunCommandResultInner result) {
        String logs = Optional.ofNullable(result.logs()).orElse("").stripTrailing();
        if (logs.endsWith(END)) {
            return new Lookup.Found<>(logs.substring(0, logs.length() - END.length()));
        }
        if (result.exitCode() != null && !logs.isEmpty()) {
            return new Lookup.Denied<>(problem(
                    cluster, Kind.REJECTED, "What Azure's command pod printed was cut off, or its script ended early"));
        }
        String why = Optional.ofNullable(result.reason())
                .map(OutsideText::word)
                .orElse(logs.isEmpty() ? "it printed nothing" : "it could not run");
        throw new CloudUnavailable(
                problem(cluster, Kind.CLUSTER_UNREACHABLE, "Azure's command pod did not do its work: " + why),
                Optional.empty());
    }

    private Problem problem(Cluster cluster, Kind kind, String what) {
        return new Problem(
                kind,
                what + ", in the cluster " + cluster.id().name() + '.',
                Optional.of(RUN),
                Optional.of(cluster.id().toString()),
                azure.caller(),
                "az aks command invoke" + AzCommand.which(cluster.id())
                        + " --command \"kubectl version\"   (shows whether commands run there at all)");
    }
}
