package io.github.acrattach.adapter.kubernetes.access;

import com.azure.core.http.HttpHeaderName;
import com.azure.resourcemanager.containerservice.fluent.models.RunCommandResultInner;
import com.azure.resourcemanager.containerservice.models.RunCommandRequest;
import io.github.acrattach.adapter.azure.Answers;
import io.github.acrattach.adapter.azure.Azure;
import io.github.acrattach.adapter.azure.ErrorAnswer;
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
import java.util.function.Function;
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

    private Mono<CommandResult> run(Cluster cluster, RunCommandRequest request) {
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
                        .timeout(LONGEST_RUN, Mono.error(new IOException("the command pod does not complete")))
                        .map(CommandResult::of)
                        .onErrorResume(failure -> instead(failure, CommandResult::ofResult)))
                .onErrorResume(failure -> instead(failure, CommandResult::of));
    }

    /** What Azure says of a pod that did not run is a result; all else stays the failure that it is. */
    private static Mono<CommandResult> instead(
            Throwable failure, Function<ErrorAnswer, Optional<CommandResult>> reading) {
        return ErrorAnswer.in(failure).flatMap(reading).map(Mono::just).orElseGet(() -> Mono.error(failure));
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

    private Lookup<String> printed(Cluster cluster, CommandResult result) {
        if (result.logs().endsWith(END)) {
            return new Lookup.Found<>(result.logs().substring(0, result.logs().length() - END.length()));
        }
        if (result.ended() && !result.logs().isEmpty()) {
            return new Lookup.Denied<>(problem(
                    cluster, Kind.REJECTED, "What Azure's command pod printed was cut off, or its script ended early"));
        }
        return didNotRun(
                cluster,
                result.reason()
                        .orElseGet(() -> CommandResult.Reason.of(
                                result.logs().isEmpty() ? "it printed nothing" : "it could not run")));
    }

    /** That there is no room for it passes, by itself or once somebody makes some. */
    private Lookup<String> didNotRun(Cluster cluster, CommandResult.Reason reason) {
        return switch (reason.cause()) {
            case NOT_ADMITTED ->
                new Lookup.Denied<>(problem(
                        cluster,
                        Kind.NOT_ADMITTED,
                        "The cluster's admission " + reason.refuser().orElse("control")
                                + " does not let Azure start its command pod in "
                                + cluster.id().name() + '.',
                        "Except the namespace aks-command from it; where Azure Policy set it: az policy assignment list"
                                + " --scope \"" + cluster.id()
                                + "\" --disable-scope-strict-match   (shows which, and its"
                                + " parameter excludedNamespaces takes the namespace)"));
            case DISABLED ->
                new Lookup.Denied<>(problem(
                        cluster,
                        Kind.CLUSTER_UNREACHABLE,
                        "Run Command is disabled for the cluster "
                                + cluster.id().name() + '.',
                        "az aks update" + AzCommand.which(cluster.id())
                                + " --enable-run-command   (or run this program in a network that reaches the cluster: VNet"
                                + " integration)"));
            case NO_NODE ->
                throw new CloudUnavailable(
                        problem(
                                cluster,
                                Kind.CLUSTER_UNREACHABLE,
                                "Through Run Command nothing can be done now: no node of the cluster "
                                        + cluster.id().name() + " takes Azure's command pod, because all are full, not"
                                        + " ready or tainted.",
                                nodes(cluster)),
                        Optional.empty());
            case OTHER ->
                throw new CloudUnavailable(
                        problem(
                                cluster,
                                Kind.CLUSTER_UNREACHABLE,
                                "Azure's command pod did not do its work: " + OutsideText.word(reason.words())),
                        Optional.empty());
        };
    }

    private static String nodes(Cluster cluster) {
        return "az aks nodepool list --subscription \"" + cluster.id().subscription() + "\" --resource-group \""
                + cluster.id().resourceGroup() + "\" --cluster-name \""
                + cluster.id().name()
                + "\" --query \"[].{name: name, count: count, power: powerState.code, taints: nodeTaints}\"   (shows whether"
                + " one has a node without taints: az aks nodepool scale makes room; in the cluster, kubectl get nodes and"
                + " kubectl -n aks-command get events tell what keeps the pod off)";
    }

    private Problem problem(Cluster cluster, Kind kind, String what) {
        return problem(
                cluster,
                kind,
                what + ", in the cluster " + cluster.id().name() + '.',
                "az aks command invoke" + AzCommand.which(cluster.id())
                        + " --command \"kubectl version\"   (shows whether commands run there at all)");
    }

    private Problem problem(Cluster cluster, Kind kind, String cause, String fix) {
        return new Problem(
                kind, cause, Optional.of(RUN), Optional.of(cluster.id().toString()), azure.caller(), fix);
    }
}
