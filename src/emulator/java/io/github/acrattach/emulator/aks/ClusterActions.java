package io.github.acrattach.emulator.aks;

import io.github.acrattach.emulator.arm.ArmError;
import io.github.acrattach.emulator.arm.Call;
import io.github.acrattach.emulator.arm.Operation;
import io.github.acrattach.emulator.arm.ResourceEvent;
import io.github.acrattach.emulator.arm.Route;
import io.github.acrattach.emulator.arm.resources.ResourceProviders;
import io.github.acrattach.emulator.http.Answer;
import io.github.acrattach.emulator.http.Json;
import io.github.acrattach.emulator.kubernetes.AksCluster;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The actions on a cluster: credentials, and commands whose results are fetched later. */
public final class ClusterActions {
    private static final String TYPE = "Microsoft.ContainerService/managedClusters";
    private static final String CLUSTER =
            "/subscriptions/{subscription}/resourceGroups/{group}/providers/" + TYPE + "/{name}";

    private final ResourceProviders resources;
    private final Kubeconfigs kubeconfigs;
    private final Commands commands;

    public ClusterActions(ResourceProviders resources, Kubeconfigs kubeconfigs, Commands commands) {
        this.resources = resources;
        this.kubeconfigs = kubeconfigs;
        this.commands = commands;
    }

    public List<Route> routes() {
        return List.of(
                action("listClusterUserCredential", "listClusterUserCredential", this::userCredential),
                action("listClusterAdminCredential", "listClusterAdminCredential", this::adminCredential),
                action("runCommand", "runcommand", this::run),
                Route.of("GET", CLUSTER + "/commandResults/{command}", TYPE + "/commandResults/read", this::result));
    }

    /** Each that succeeds is an event, as every POST is. */
    private Route action(String name, String spelling, Operation operation) {
        String right = TYPE + "/" + spelling + "/action";
        return Route.of("POST", CLUSTER + "/" + name, right, call -> {
            Answer answer = operation.perform(call);
            resources.announce(ResourceEvent.changed(cluster(call).id(), right, call));
            return answer;
        });
    }

    private Answer userCredential(Call call) {
        return credential("clusterUser", kubeconfigs.user(cluster(call)));
    }

    private Answer adminCredential(Call call) {
        AksCluster cluster = cluster(call);
        if (!cluster.hasLocalAccounts()) {
            throw ArmError.flat(
                    400,
                    "BadRequest",
                    "Getting static credential is not allowed because this cluster is set to disable local accounts.");
        }
        return credential("clusterAdmin", kubeconfigs.admin(cluster));
    }

    private static Answer credential(String name, String kubeconfig) {
        String value = Base64.getEncoder().encodeToString(kubeconfig.getBytes(StandardCharsets.UTF_8));
        return Answer.json(
                200,
                Json.object()
                        .set(
                                "kubeconfigs",
                                Json.array(Stream.of(
                                        Json.object().put("name", name).put("value", value)))));
    }

    private Answer run(Call call) {
        AksCluster cluster = cluster(call);
        if (!cluster.takesCommands()) {
            throw ArmError.flat(
                    400, "BadRequest", "Run command is disabled for managed cluster " + cluster.name() + ".");
        }
        if (cluster.isStopped()) {
            throw ArmError.flat(
                    409,
                    "OperationNotAllowed",
                    "managed cluster is in (Stopped) power state; run command needs a running cluster.");
        }
        String command = Json.text(call.body(), "command")
                .orElseThrow(() -> ArmError.flat(400, "InvalidParameter", "Required parameter command is missing."));
        // Reports have it either way: Azure/azure-cli, issues 25336 and 27776, and RunCommandResultFailed of the REST
        // API.
        if (!cluster.hasRoom() && cluster.hasNodes()) {
            throw ArmError.flat(400, "KubernetesPerformanceError", Commands.noNode());
        }
        if (!cluster.hasRoom()) {
            return waiting(location(call, cluster, commands.fail(Commands.noNode())));
        }
        Optional<String> token = Json.text(call.body(), "clusterToken");
        String id = commands.begin(command, context(call), kubeconfigs.inside(cluster, token));
        return waiting(location(call, cluster, id));
    }

    private static String location(Call call, AksCluster cluster, String id) {
        return call.arm() + cluster.id() + "/commandResults/" + id + "?api-version=" + call.apiVersion();
    }

    /** A command that failed to start is a success of the request, too: the reason stands in the body. */
    private Answer result(Call call) {
        String id = call.variable("command");
        Commands.Running command = commands.find(id)
                .orElseThrow(() -> ArmError.flat(404, "NotFound", "The command result " + id + " is not found."));
        return command.result().map(result -> Answer.json(200, result.body(id))).orElseGet(() -> waiting(call.url()));
    }

    /** AKS asks for no particular pause; without this the SDK takes one of thirty seconds. */
    private static Answer waiting(String location) {
        return Answer.empty(202).with("Location", location).with("Retry-After", "1");
    }

    private static byte[] context(Call call) {
        try {
            return Base64.getDecoder().decode(Json.text(call.body(), "context").orElse(""));
        } catch (IllegalArgumentException notBase64) {
            throw ArmError.flat(400, "InvalidParameter", "The parameter context must be a base64 encoded zip file.");
        }
    }

    private AksCluster cluster(Call call) {
        String path = call.request().path();
        String id = path.substring(0, path.lastIndexOf('/'));
        resources.checkExists(id);
        return new AksCluster(resources.store().get(id).orElseThrow());
    }
}
