package io.github.acrattach.domain;

import static io.github.acrattach.domain.Problem.Kind.CLUSTER_STOPPED;
import static io.github.acrattach.domain.Problem.Kind.CLUSTER_UNREACHABLE;
import static io.github.acrattach.domain.Problem.Kind.FOREIGN_ADDRESS;
import static io.github.acrattach.domain.Problem.Kind.NOT_READY;
import static io.github.acrattach.domain.Problem.Kind.NO_LOGIN_SERVER;
import static io.github.acrattach.domain.Problem.Kind.NO_PULL_IDENTITY;

import java.util.Optional;

/**
 * What ARM shows of a cluster or registry, where it lacks what a step needs. That the last operation on it failed is never the
 * reason by itself: it is told beside one.
 */
public final class StateProblems {

    private StateProblems() {}

    /** It is a wait, which ends with what Azure is doing. */
    static Problem notReady(ArmId id, String what, ProvisioningState state, String lacks) {
        return Problem.of(
                NOT_READY,
                "The " + what + " " + id.name() + " shows no " + lacks + " yet: Azure is still "
                        + (state == ProvisioningState.CREATING ? "making" : "changing") + " it.",
                id,
                Problem.WAITING_HELPS);
    }

    /**
     * Nothing can be done inside the cluster.
     *
     * @param instead why not by a role, where that was wanted first
     */
    public static Problem stopped(Cluster cluster, Optional<Problem> instead) {
        ArmId id = cluster.id();
        return Problem.of(
                CLUSTER_STOPPED,
                "The cluster " + id.name()
                        + (cluster.power() == PowerState.STOPPING ? " is being stopped" : " is stopped")
                        + ", so its pull secrets can be neither made nor renewed."
                        + instead.map(problem -> " A role was refused: " + problem.cause())
                                .orElse(""),
                id,
                AzCommand.start(id) + "   ("
                        + (cluster.power() == PowerState.STOPPING ? "once it has stopped; " : "")
                        + "where a rule wants the secret, the event of the start takes it up by itself, and the timer"
                        + " within an hour; by hand, attach again)");
    }

    static Problem noApiServer(Cluster cluster) {
        return Problem.of(
                CLUSTER_UNREACHABLE,
                "Azure shows no address of an API server for the cluster "
                        + cluster.id().name() + '.' + failure(cluster),
                cluster.id(),
                repair(
                        cluster,
                        "az aks show" + AzCommand.which(cluster.id())
                                + " --query \"[fqdn, privateFqdn, azurePortalFqdn]\"   (shows its addresses)"));
    }

    /** Nobody is named who pulls. */
    public static Problem noIdentity(Cluster cluster, PullIdentity.Unknown unknown) {
        return Problem.of(
                NO_PULL_IDENTITY,
                unknown.reason() + failure(cluster),
                cluster.id(),
                repair(
                        cluster,
                        "az aks show" + AzCommand.which(cluster.id())
                                + " --query \"{identityProfile: identityProfile, servicePrincipal: servicePrincipalProfile}\""));
    }

    /** None at all is another trouble than one that is somebody else's. */
    public static Problem noLoginServer(Registry registry) {
        return registry.showsForeignServer() ? foreignLoginServer(registry.id()) : noLoginServerShown(registry);
    }

    private static Problem noLoginServerShown(Registry registry) {
        ArmId id = registry.id();
        return Problem.of(
                NO_LOGIN_SERVER,
                "Azure shows no login server for the registry " + id.name()
                        + (registry.state() == ProvisioningState.FAILED
                                ? ", and its last operation on it failed or was canceled."
                                : ", though its last operation on it went well.")
                        + " A pull secret needs that name; a role does not.",
                id,
                "az acr show" + AzCommand.which(id)
                        + " --query \"{state: provisioningState, loginServer: loginServer}\"   (shows both; if it stays so,"
                        + " deploy the registry again, by what made it: the event of that, or the timer, takes it up by"
                        + " itself where a rule wants the secret; by hand, attach again)");
    }

    private static Problem foreignLoginServer(ArmId id) {
        return Problem.of(
                FOREIGN_ADDRESS,
                "Azure shows no login server for the registry " + id.name()
                        + " that is its own in this cloud: its name, perhaps a hyphen and a hash, and the cloud's suffix."
                        + " So no password is made, stored or sent.",
                id,
                "az acr show" + AzCommand.which(id)
                        + " --query loginServer   (shows it; if it is right, correct ACR_ATTACH_AZURE_CLOUD, or say where"
                        + " the registries of a private cloud answer: ACR_ATTACH_AZURE_ENDPOINTS_REGISTRY)");
    }

    /** What may be why something is not as it should be, as a sentence with a blank before it; empty where nothing failed. */
    public static String failure(Cluster cluster) {
        return cluster.state() == ProvisioningState.FAILED
                ? " Azure's last operation on the cluster failed or was canceled, which may be why."
                : "";
    }

    /** What mends it where that is why, before what else there is to do. */
    public static String repair(Cluster cluster, String otherwise) {
        return cluster.state() == ProvisioningState.FAILED
                ? AzCommand.reconcile(cluster.id()) + "   (does the failed operation again; or " + otherwise + ")"
                : otherwise;
    }
}
