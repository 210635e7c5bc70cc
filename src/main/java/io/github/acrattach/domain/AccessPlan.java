package io.github.acrattach.domain;

import static io.github.acrattach.domain.Problem.Kind.CONDITIONAL_GRANT;
import static io.github.acrattach.domain.Problem.Kind.FAILED_STATE;
import static io.github.acrattach.domain.Problem.Kind.FOREIGN_ADDRESS;
import static io.github.acrattach.domain.Problem.Kind.GRANT_NOT_LISTED;
import static io.github.acrattach.domain.Problem.Kind.LIMIT_EXCEEDED;
import static io.github.acrattach.domain.Problem.Kind.MISSING_RIGHT;
import static io.github.acrattach.domain.Problem.Kind.NOT_READY;
import static io.github.acrattach.domain.Problem.Kind.NO_PULL_IDENTITY;
import static io.github.acrattach.domain.Problem.Kind.PRINCIPAL_NOT_FOUND;
import static io.github.acrattach.domain.Problem.Kind.UNKNOWN_ROLE_MODE;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Decides what is to be done about a pair of cluster and registry. */
public final class AccessPlan {

    /**
     * Where a pull secret does what a role cannot. What somebody has set on purpose, a condition, a lock, a deny assignment
     * or a policy, holds for a pull secret too.
     */
    private static final Set<Problem.Kind> A_SECRET_DOES =
            EnumSet.of(LIMIT_EXCEEDED, MISSING_RIGHT, NO_PULL_IDENTITY, PRINCIPAL_NOT_FOUND);

    private AccessPlan() {}

    /** The next step for what is known; the same facts always give the same step. */
    public static Step decide(Facts facts) {
        return facts.cluster()
                .fold(
                        cluster -> facts.registry()
                                .fold(
                                        registry -> blockedByState(cluster, registry)
                                                .orElseGet(() -> byMethod(facts, cluster, registry)),
                                        () -> gone(
                                                facts.pairing(), facts.pairing().registry()),
                                        problem -> refuse(facts.pairing(), problem)),
                        () -> gone(facts.pairing(), facts.pairing().cluster()),
                        problem -> refuse(facts.pairing(), problem));
    }

    private static Step gone(Pairing pairing, ArmId resource) {
        return new Step.End(new Outcome.Gone(pairing, resource));
    }

    private static Step refuse(Pairing pairing, Problem problem) {
        return new Step.End(new Outcome.Refused(pairing, problem));
    }

    private static Step wait(Pairing pairing, Problem problem) {
        return new Step.End(new Outcome.Postponed(pairing, problem));
    }

    private static Optional<Step> blockedByState(Cluster cluster, Registry registry) {
        Pairing pairing = Pairing.of(cluster, registry);
        return blockedByState(pairing, cluster.id(), "cluster", cluster.state())
                .or(() -> blockedByState(pairing, registry.id(), "registry", registry.state()));
    }

    private static Optional<Step> blockedByState(Pairing pairing, ArmId id, String what, ProvisioningState state) {
        return switch (state) {
            case SUCCEEDED -> Optional.empty();
            case DELETING -> Optional.of(gone(pairing, id));
            case IN_PROGRESS ->
                Optional.of(wait(
                        pairing,
                        Problem.of(
                                NOT_READY,
                                "The " + what + " " + id.name()
                                        + " is not ready: Azure is still making or changing it.",
                                id,
                                Problem.WAITING_HELPS)));
            case FAILED ->
                Optional.of(refuse(
                        pairing,
                        Problem.of(
                                FAILED_STATE,
                                "The last operation on the " + what + " " + id.name() + " failed or was canceled.",
                                id,
                                "az resource update --ids \"" + id
                                        + "\" --set tags.repaired=true   (or repair it in another way:"
                                        + " each successful change brings a new event)")));
        };
    }

    private static Step byMethod(Facts facts, Cluster cluster, Registry registry) {
        if (facts.method() == PairingRule.Method.SECRET) {
            return registry.loginServer().isEmpty()
                    ? refuse(facts.pairing(), foreignLoginServer(registry))
                    : new Step.Provision(cluster, registry, Optional.empty());
        }
        Step byRole = byRole(facts, cluster, registry);
        return facts.method() == PairingRule.Method.AUTO
                        && byRole instanceof Step.End end
                        && end.outcome() instanceof Outcome.Refused refused
                        && A_SECRET_DOES.contains(refused.problem().kind())
                        && !registry.loginServer().isEmpty()
                ? new Step.Provision(cluster, registry, Optional.of(refused.problem()))
                : byRole;
    }

    private static Step byRole(Facts facts, Cluster cluster, Registry registry) {
        Optional<PullRole> role = registry.pullRole();
        if (role.isEmpty()) {
            return refuse(facts.pairing(), unknownMode(registry));
        }
        if (cluster.identity() instanceof PullIdentity.Unknown unknown) {
            return refuse(
                    facts.pairing(),
                    Problem.of(
                            NO_PULL_IDENTITY,
                            unknown.reason(),
                            cluster.id(),
                            "az aks show" + AzCommand.which(cluster.id())
                                    + " --query \"{identityProfile: identityProfile, servicePrincipal: servicePrincipalProfile}\""));
        }
        return facts.principal()
                .fold(
                        principal ->
                                byAssignments(facts, new PullGrant(cluster.id(), registry.id(), principal, role.get())),
                        () -> refuse(facts.pairing(), unknownPrincipal(cluster)),
                        problem -> refuse(facts.pairing(), withWayRound(problem, cluster, registry, role.get())));
    }

    private static Problem foreignLoginServer(Registry registry) {
        return Problem.of(
                FOREIGN_ADDRESS,
                "Azure shows no login server for the registry " + registry.id().name()
                        + " that is its own in this cloud: its name, perhaps a hyphen and a hash, and the cloud's suffix."
                        + " So no password is made, stored or sent.",
                registry.id(),
                "az acr show --name \"" + registry.id().name() + "\" --subscription \""
                        + registry.id().subscription()
                        + "\" --query loginServer   (shows it; if it is right, correct ACR_ATTACH_AZURE_CLOUD, or say where"
                        + " the registries of a private cloud answer: ACR_ATTACH_AZURE_ENDPOINTS_REGISTRY)");
    }

    static Problem unknownMode(Registry registry) {
        return Problem.of(
                UNKNOWN_ROLE_MODE,
                "The registry " + registry.id().name() + " is in the role assignment mode '"
                        + registry.roleAssignmentMode().orElse("") + "', which this version does not know.",
                registry.id(),
                "Update acr-attach, or grant by hand the role that the registry's documentation names.");
    }

    /** Only clusters with a service principal need the directory; to grant once by hand takes less than a right there. */
    private static Problem withWayRound(Problem problem, Cluster cluster, Registry registry, PullRole role) {
        UUID clientId = ((PullIdentity.ServicePrincipal) cluster.identity()).clientId();
        return new Problem(
                problem.kind(),
                problem.cause(),
                problem.action(),
                problem.scope(),
                problem.caller(),
                AzCommand.grantPull(clientId, role, registry.id()) + "   (once, by somebody who may; or "
                        + problem.fix() + ")");
    }

    private static Problem unknownPrincipal(Cluster cluster) {
        UUID clientId = ((PullIdentity.ServicePrincipal) cluster.identity()).clientId();
        return Problem.of(
                PRINCIPAL_NOT_FOUND,
                "The cluster " + cluster.id().name() + " pulls with the service principal " + clientId
                        + ", which the directory does not know: it was deleted, or is in another tenant.",
                cluster.id(),
                "az aks update-credentials" + AzCommand.which(cluster.id())
                        + " --reset-service-principal --service-principal \"<client id>\" --client-secret \"<secret>\"");
    }

    private static Step byAssignments(Facts facts, PullGrant grant) {
        return facts.assignments()
                .fold(
                        assignments -> byAssignments(facts, assignments, grant),
                        () -> gone(facts.pairing(), grant.registry()),
                        problem -> refuse(facts.pairing(), problem));
    }

    private static Step byAssignments(Facts facts, List<RoleAssignment> assignments, PullGrant grant) {
        Optional<RoleAssignment> covering =
                assignments.stream().filter(each -> each.covers(grant)).findFirst();
        if (covering.isPresent()) {
            return new Step.End(new Outcome.AlreadyGranted(facts.pairing(), grant, covering.get()));
        }
        Optional<RoleAssignment> narrower = assignments.stream()
                .filter(each -> each.narrows(grant) && each.isAt(grant.registry()))
                .findFirst();
        if (narrower.isPresent()) {
            return refuse(facts.pairing(), conditional(narrower.get(), grant));
        }
        return facts.refusal()
                .map(refusal -> refusal.kind() == GRANT_NOT_LISTED
                        ? wait(facts.pairing(), refusal)
                        : refuse(facts.pairing(), refusal))
                .orElseGet(() -> new Step.Grant(grant));
    }

    private static Problem conditional(RoleAssignment narrow, PullGrant grant) {
        return Problem.of(
                CONDITIONAL_GRANT,
                "The cluster's identity holds " + grant.role().azureName()
                        + " on the registry, but only where a condition"
                        + " holds, and Azure allows no second assignment beside it.",
                grant.registry(),
                "az role assignment delete --ids \"" + narrow.id()
                        + "\"   (then attach again; or widen its condition)");
    }
}
