package io.github.acrattach.domain;

import static io.github.acrattach.domain.Problem.Kind.CONDITIONAL_GRANT;
import static io.github.acrattach.domain.Problem.Kind.GRANT_NOT_LISTED;
import static io.github.acrattach.domain.Problem.Kind.LIMIT_EXCEEDED;
import static io.github.acrattach.domain.Problem.Kind.MISSING_RIGHT;
import static io.github.acrattach.domain.Problem.Kind.NO_PULL_IDENTITY;
import static io.github.acrattach.domain.Problem.Kind.PRINCIPAL_NOT_FOUND;
import static io.github.acrattach.domain.Problem.Kind.UNKNOWN_ROLE_MODE;

import java.util.EnumSet;
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
                                        registry -> goneByState(cluster, registry)
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

    /** No other state stops anything by itself. */
    private static Optional<Step> goneByState(Cluster cluster, Registry registry) {
        Pairing pairing = Pairing.of(cluster, registry);
        if (cluster.state() == ProvisioningState.DELETING) {
            return Optional.of(gone(pairing, cluster.id()));
        }
        return registry.state() == ProvisioningState.DELETING
                ? Optional.of(gone(pairing, registry.id()))
                : Optional.empty();
    }

    private static Step byMethod(Facts facts, Cluster cluster, Registry registry) {
        if (facts.method() == PairingRule.Method.SECRET) {
            return bySecret(facts, cluster, registry, Optional.empty());
        }
        Step byRole = byRole(facts, cluster, registry);
        return facts.method() == PairingRule.Method.AUTO
                        && byRole instanceof Step.End end
                        && end.outcome() instanceof Outcome.Refused refused
                        && A_SECRET_DOES.contains(refused.problem().kind())
                        && (mayGetLoginServer(registry)
                                || !registry.loginServer().isEmpty())
                ? bySecret(facts, cluster, registry, Optional.of(refused.problem()))
                : byRole;
    }

    /** What a pull secret takes: the name that images are pulled from, and an API server. */
    private static Step bySecret(Facts facts, Cluster cluster, Registry registry, Optional<Problem> instead) {
        Pairing pairing = facts.pairing();
        if (registry.loginServer().isEmpty()) {
            return mayGetLoginServer(registry)
                    ? wait(pairing, StateProblems.notReady(registry.id(), "registry", registry.state(), "login server"))
                    : refuse(pairing, StateProblems.noLoginServer(registry));
        }
        if (cluster.power().isStopped()) {
            return refuse(pairing, StateProblems.stopped(cluster, instead));
        }
        if (cluster.apiServer().hosts().isEmpty()) {
            return cluster.state().goesOn()
                    ? wait(
                            pairing,
                            StateProblems.notReady(
                                    cluster.id(), "cluster", cluster.state(), "address of an API server"))
                    : refuse(pairing, StateProblems.noApiServer(cluster));
        }
        return new Step.Provision(cluster, registry, instead);
    }

    private static boolean mayGetLoginServer(Registry registry) {
        return registry.loginServer().isEmpty()
                && !registry.showsForeignServer()
                && registry.state().goesOn();
    }

    private static Step byRole(Facts facts, Cluster cluster, Registry registry) {
        Optional<PullRole> role = registry.pullRole();
        if (role.isEmpty()) {
            return refuse(facts.pairing(), unknownMode(registry));
        }
        if (registry.state() == ProvisioningState.CREATING
                && registry.roleAssignmentMode().isEmpty()) {
            return wait(
                    facts.pairing(),
                    StateProblems.notReady(registry.id(), "registry", registry.state(), "role assignment mode"));
        }
        if (cluster.identity() instanceof PullIdentity.Unknown unknown) {
            return cluster.state().goesOn()
                    ? wait(
                            facts.pairing(),
                            StateProblems.notReady(cluster.id(), "cluster", cluster.state(), "identity that pulls"))
                    : refuse(facts.pairing(), StateProblems.noIdentity(cluster, unknown));
        }
        return facts.principal()
                .fold(
                        principal ->
                                byAssignments(facts, new PullGrant(cluster.id(), registry.id(), principal, role.get())),
                        () -> refuse(facts.pairing(), unknownPrincipal(cluster)),
                        problem -> refuse(facts.pairing(), withWayRound(problem, cluster, registry, role.get())));
    }

    /** Nothing is guessed about a mode that is younger than this version. */
    public static Problem unknownMode(Registry registry) {
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
                AzCommand.resetServicePrincipal(cluster.id(), "<client id>", "<secret>"));
    }

    private static Step byAssignments(Facts facts, PullGrant grant) {
        return facts.assignments()
                .fold(
                        assignments -> byRight(facts, grant),
                        () -> gone(facts.pairing(), grant.registry()),
                        problem -> refuse(facts.pairing(), problem));
    }

    private static Step byRight(Facts facts, PullGrant grant) {
        PullRight right = facts.right().orElseThrow();
        if (right instanceof PullRight.Held held) {
            return new Step.End(new Outcome.AlreadyGranted(facts.pairing(), grant, held.given()));
        }
        // Azure allows no second one beside it: a condition, whatever it lets through, is all that can keep it from
        // doing.
        Optional<RoleAssignment> narrower =
                facts.reaching().filter(each -> each.isInPlaceOf(grant)).findFirst();
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
                        + " on the registry, but only where a condition holds: somebody has narrowed it on purpose.",
                grant.registry(),
                AzCommand.show(narrow.id())
                        + "   (what its condition allows, which the cluster may be pulling by."
                        + " Ask whoever set it to widen it in place: az role assignment update; then attach again)");
    }
}
