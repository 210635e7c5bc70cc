package io.github.acrattach.adapter.kubernetes;

import static io.github.acrattach.adapter.azure.Answers.then;

import com.azure.core.http.HttpHeaderName;
import com.azure.resourcemanager.containerservice.fluent.models.RunCommandResultInner;
import com.azure.resourcemanager.containerservice.models.RunCommandRequest;
import io.github.acrattach.adapter.azure.Answers;
import io.github.acrattach.adapter.azure.Azure;
import io.github.acrattach.domain.AzCommand;
import io.github.acrattach.domain.Cluster;
import io.github.acrattach.domain.Lookup;
import io.github.acrattach.domain.Problem;
import io.github.acrattach.domain.Problem.Kind;
import io.github.acrattach.domain.Secret;
import io.github.acrattach.port.CloudUnavailable;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import reactor.core.publisher.Mono;

/** Runs commands in a pod that Azure starts in the cluster for each of them. */
@ApplicationScoped
class CommandPod {

    private static final String RUN = "Microsoft.ContainerService/managedClusters/runcommand/action";

    /** The SDK's own way waits 30 s before it looks for the first time. */
    private static final Duration BETWEEN = Duration.ofSeconds(1);

    private static final int MOST_LOOKS = 90;

    /** The last line of every script: a log without it was cut off. */
    private static final String END = "END";

    private final Azure azure;
    private final ManagedClusters clusters;

    CommandPod(Azure azure, ManagedClusters clusters) {
        this.azure = azure;
        this.clusters = clusters;
    }

    /** What the command printed, without its last line. */
    Uni<Lookup<String>> run(Cluster cluster, String command, CommandFiles files) {
        String scope = cluster.id().toString();
        return then(
                        token(cluster),
                        token -> Answers.lookup(
                                run(cluster, request(command, files, token)), azure.operation(RUN, scope)))
                .map(answer -> answer.map(result -> printed(cluster, result)));
    }

    private static RunCommandRequest request(String command, CommandFiles files, Optional<Secret> token) {
        return new RunCommandRequest()
                .withCommand(command)
                .withContext(files.zip())
                .withClusterToken(token.map(Secret::reveal).orElse(""));
    }

    /** A cluster that asks Entra ID runs the command as whom this token names. */
    private Uni<Lookup<Optional<Secret>>> token(Cluster cluster) {
        String scope = cluster.id().toString();
        return then(
                Answers.lookup(
                        clusters.of(cluster)
                                .getByResourceGroupAsync(
                                        cluster.id().resourceGroup(),
                                        cluster.id().name())
                                .map(inner -> inner.aadProfile() != null),
                        azure.operation("Microsoft.ContainerService/managedClusters/read", scope)),
                asksEntra -> asksEntra
                        ? azure.kubernetesToken(scope).map(token -> token.map(Optional::of))
                        : Uni.createFrom().item(new Lookup.Found<>(Optional.empty())));
    }

    private Mono<RunCommandResultInner> run(Cluster cluster, RunCommandRequest request) {
        String group = cluster.id().resourceGroup();
        String name = cluster.id().name();
        return clusters.of(cluster)
                .runCommandWithResponseAsync(group, name, request)
                .flatMap(begun -> begun.getValue()
                        .then(Mono.fromCallable(() -> number(begun.getHeaders().getValue(HttpHeaderName.LOCATION)))))
                .flatMap(number -> clusters.of(cluster)
                        .getCommandResultWithResponseAsync(group, name, number)
                        .mapNotNull(look -> look.getValue())
                        .filter(CommandPod::ended)
                        .delaySubscription(azure.pause(BETWEEN))
                        .repeatWhenEmpty(MOST_LOOKS, looks -> looks))
                .onErrorMap(
                        IllegalStateException.class,
                        endless -> new IOException("the command pod does not come to an end"));
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

    /** A pod that did not start is a success of the request, and tells its reason. */
    private String printed(Cluster cluster, RunCommandResultInner result) {
        String logs = Optional.ofNullable(result.logs()).orElse("").stripTrailing();
        if (logs.endsWith(END)) {
            return logs.substring(0, logs.length() - END.length());
        }
        String why = Optional.ofNullable(result.reason())
                .map(reason -> reason.replaceAll("[^A-Za-z0-9 .:,_-]", "?"))
                .orElse(logs.isEmpty() ? "it printed nothing" : "what it printed was cut off, or it could not run");
        throw new CloudUnavailable(
                new Problem(
                        Kind.CLUSTER_UNREACHABLE,
                        "Azure's command pod in the cluster " + cluster.id().name() + " did not do its work: "
                                + (why.length() > 300 ? why.substring(0, 300) : why) + '.',
                        Optional.of(RUN),
                        Optional.of(cluster.id().toString()),
                        azure.caller(),
                        "az aks command invoke" + AzCommand.which(cluster.id())
                                + " --command \"kubectl version\"   (shows whether commands run there at all)"),
                Optional.empty());
    }
}
