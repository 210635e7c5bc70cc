package io.github.acrattach.usecase;

import io.github.acrattach.domain.AccessPlan;
import io.github.acrattach.domain.Facts;
import io.github.acrattach.domain.Lookup;
import io.github.acrattach.domain.Outcome;
import io.github.acrattach.domain.Pairing;
import io.github.acrattach.domain.Problem;
import io.github.acrattach.domain.PullGrant;
import io.github.acrattach.domain.PullSecretTerms;
import io.github.acrattach.domain.RoleAssignment;
import io.github.acrattach.domain.SecretRun;
import io.github.acrattach.domain.Step;
import io.github.acrattach.port.RoleAssignments;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;

/**
 * Lets one cluster pull by the way that the plan names. When the role is refused, the plan is asked once more, and then it
 * is final.
 */
@ApplicationScoped
class GrantPullAccess {

    private final GatherFacts gatherFacts;
    private final RoleAssignments roleAssignments;
    private final ProvisionPullSecret provisionPullSecret;

    GrantPullAccess(GatherFacts gatherFacts, RoleAssignments roleAssignments, ProvisionPullSecret provisionPullSecret) {
        this.gatherFacts = gatherFacts;
        this.roleAssignments = roleAssignments;
        this.provisionPullSecret = provisionPullSecret;
    }

    /** As the pair's rule says. */
    Uni<Outcome> grant(Pair pair, Uni<Lookup<List<RoleAssignment>>> assignmentsAtRegistry, Patience patience) {
        return patience.orPostpone(
                gatherFacts
                        .about(pair.cluster(), pair.registry(), pair.rule().method(), assignmentsAtRegistry)
                        .flatMap(facts -> grant(facts, pair.rule().secret(), patience)),
                Optional.of(pair.pairing()));
    }

    /** By role or by secret, as the facts' method says; the terms are those of the secret. */
    Uni<Outcome> grant(Facts facts, PullSecretTerms terms, Patience patience) {
        Step step = AccessPlan.decide(facts);
        return step instanceof Step.Grant wanted
                ? make(facts, wanted.grant(), terms, patience)
                : follow(facts.pairing(), step, terms, patience);
    }

    private Uni<Outcome> follow(Pairing pairing, Step step, PullSecretTerms terms, Patience patience) {
        return step instanceof Step.Provision provision
                ? provisionPullSecret
                        .provision(
                                provision.cluster(),
                                provision.registry(),
                                terms,
                                SecretRun.begin(Optional.empty()),
                                patience)
                        .map(outcome -> outcome instanceof Outcome.Provisioned done
                                ? done.insteadOfRole(provision.instead())
                                : outcome)
                : Uni.createFrom().item(settled(pairing, step));
    }

    private Uni<Outcome> make(Facts facts, PullGrant grant, PullSecretTerms terms, Patience patience) {
        return roleAssignments.make(grant).flatMap(attempt -> {
            if (attempt instanceof RoleAssignments.Attempt.Made) {
                return Uni.createFrom().item(new Outcome.Granted(facts.pairing(), grant));
            }
            if (attempt instanceof RoleAssignments.Attempt.RegistryGone) {
                return Uni.createFrom().item(new Outcome.Gone(Optional.of(facts.pairing()), grant.registry()));
            }
            Uni<Facts> refused = attempt instanceof RoleAssignments.Attempt.Denied denied
                    ? Uni.createFrom().item(facts.afterRefusal(denied.problem()))
                    : roleAssignments.at(grant.registry()).map(newer -> facts.with(newer)
                            .afterRefusal(notListed(grant)));
            return refused.flatMap(known -> follow(facts.pairing(), AccessPlan.decide(known), terms, patience));
        });
    }

    /** How it ends where the step is to do nothing. */
    static Outcome settled(Pairing pairing, Step step) {
        if (step instanceof Step.Accept accept) {
            return new Outcome.AlreadyGranted(pairing, accept.grant(), accept.by());
        }
        if (step instanceof Step.Refuse refuse) {
            return new Outcome.Refused(Optional.of(pairing), refuse.problem());
        }
        if (step instanceof Step.Wait wait) {
            return new Outcome.Postponed(Optional.of(pairing), wait.problem(), Optional.empty());
        }
        if (step instanceof Step.NotThere gone) {
            return new Outcome.Gone(Optional.of(pairing), gone.resource());
        }
        throw new IllegalStateException("A plan that was refused must not ask for the grant again.");
    }

    private static Problem notListed(PullGrant grant) {
        return Problem.of(
                Problem.Kind.GRANT_NOT_LISTED,
                "Azure says that the role assignment exists already, but does not list it yet.",
                grant.registry(),
                Problem.WAITING_HELPS);
    }
}
