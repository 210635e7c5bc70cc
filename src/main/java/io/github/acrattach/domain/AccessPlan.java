package io.github.acrattach.domain;

import static io.github.acrattach.domain.Problem.Kind.CONDITIONAL_GRANT;
import static io.github.acrattach.domain.Problem.Kind.FAILED_STATE;
import static io.github.acrattach.domain.Problem.Kind.GRANT_NOT_LISTED;
import static io.github.acrattach.domain.Problem.Kind.LIMIT_EXCEEDED;
import static io.github.acrattach.domain.Problem.Kind.LOCKED;
import static io.github.acrattach.domain.Problem.Kind.MISSING_RIGHT;
import static io.github.acrattach.domain.Problem.Kind.NOT_READY;
import static io.github.acrattach.domain.Problem.Kind.NO_PULL_IDENTITY;
import static io.github.acrattach.domain.Problem.Kind.PRINCIPAL_NOT_FOUND;
import static io.github.acrattach.domain.Problem.Kind.REJECTED;
import static io.github.acrattach.domain.Problem.Kind.UNKNOWN_ROLE_MODE;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Decides what is to be done about a pair of cluster and registry. */
public final class AccessPlan {

    /** Refusals that concern the role alone: a pull secret may do without what they miss. */
    private static final Set<Problem.Kind> OF_THE_ROLE_ALONE = EnumSet.of(
            CONDITIONAL_GRANT,
            LIMIT_EXCEEDED,
            LOCKED,
            MISSING_RIGHT,
            NO_PULL_IDENTITY,
            PRINCIPAL_NOT_FOUND,
            REJECTED,
            UNKNOWN_ROLE_MODE);

    private AccessPlan() {}

    /** The next step for what is known; the same facts always give the same step. */
    public static Step decide(Facts facts) {
        return facts.cluster()
                .fold(
                        cluster -> facts.registry()
                                .fold(
                                        registry -> blockedByState(cluster, registry)
                                                .orElseGet(() -> byMethod(facts, cluster, registry)),
                                        () -> new Step.NotThere(facts.pairing().registry()),
                                        Step.Refuse::new),
                        () -> new Step.NotThere(facts.pairing().cluster()),
                        Step.Refuse::new);
    }

    private static Optional<Step> blockedByState(Cluster cluster, Registry registry) {
        return blockedByState(cluster.id(), "cluster", cluster.state())
                .or(() -> blockedByState(registry.id(), "registry", registry.state()));
    }

    private static Optional<Step> blockedByState(ArmId id, String what, ProvisioningState state) {
        return switch (state) {
            case SUCCEEDED -> Optional.empty();
            case DELETING -> Optional.of(new Step.NotThere(id));
            case IN_PROGRESS ->
                Optional.of(new Step.Wait(Problem.of(
                        NOT_READY,
                        "The " + what + " " + id.name() + " is not ready: Azure is still making or changing it.",
                        id,
                        Problem.WAITING_HELPS)));
            case FAILED ->
                Optional.of(new Step.Refuse(Problem.of(
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
            return new Step.Provision(cluster, registry, Optional.empty());
        }
        Step byRole = byRole(facts, cluster, registry);
        return facts.method() == PairingRule.Method.AUTO
                        && byRole instanceof Step.Refuse refused
                        && OF_THE_ROLE_ALONE.contains(refused.problem().kind())
                ? new Step.Provision(cluster, registry, Optional.of(refused.problem()))
                : byRole;
    }

    private static Step byRole(Facts facts, Cluster cluster, Registry registry) {
        Optional<PullRole> role = registry.pullRole();
        if (role.isEmpty()) {
            return new Step.Refuse(unknownMode(registry));
        }
        if (cluster.identity() instanceof PullIdentity.Unknown unknown) {
            return new Step.Refuse(
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
                        () -> new Step.Refuse(unknownPrincipal(cluster)),
                        problem -> new Step.Refuse(withWayRound(problem, cluster, registry, role.get())));
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
                        + ", which the directory does not know: it was deleted, or lives in another tenant.",
                cluster.id(),
                "az aks update-credentials" + AzCommand.which(cluster.id())
                        + " --reset-service-principal --service-principal \"<client id>\" --client-secret \"<secret>\"");
    }

    private static Step byAssignments(Facts facts, PullGrant grant) {
        return facts.assignments()
                .fold(
                        assignments -> byAssignments(assignments, facts.refusal(), grant),
                        () -> new Step.NotThere(grant.registry()),
                        Step.Refuse::new);
    }

    private static Step byAssignments(List<RoleAssignment> assignments, Optional<Problem> refusal, PullGrant grant) {
        Optional<RoleAssignment> covering =
                assignments.stream().filter(each -> each.covers(grant)).findFirst();
        if (covering.isPresent()) {
            return new Step.Accept(grant, covering.get());
        }
        Optional<RoleAssignment> narrower = assignments.stream()
                .filter(each -> each.narrows(grant) && each.isAt(grant.registry()))
                .findFirst();
        if (narrower.isPresent()) {
            return new Step.Refuse(conditional(narrower.get(), grant));
        }
        if (refusal.isEmpty()) {
            return new Step.Grant(grant);
        }
        return refusal.get().kind() == GRANT_NOT_LISTED ? new Step.Wait(refusal.get()) : new Step.Refuse(refusal.get());
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
