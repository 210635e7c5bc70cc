package io.github.acrattach.usecase;

import io.github.acrattach.domain.AccessPlan;
import io.github.acrattach.domain.Facts;
import io.github.acrattach.domain.Lookup;
import io.github.acrattach.domain.Outcome;
import io.github.acrattach.domain.Problem;
import io.github.acrattach.domain.PullGrant;
import io.github.acrattach.domain.PullSecretTerms;
import io.github.acrattach.domain.Purpose;
import io.github.acrattach.domain.RoleAssignment;
import io.github.acrattach.domain.SecretRun;
import io.github.acrattach.domain.Step;
import io.github.acrattach.domain.access.NetworkChecks;
import io.github.acrattach.port.RoleAssignments;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.function.Supplier;

/**
 * Lets one cluster pull by the way that the plan names. When the role is refused, the plan is asked once more, and then it
 * is final.
 */
@Singleton
record GrantPullAccess(
        GatherFacts gatherFacts,
        RoleAssignments roleAssignments,
        ProvisionPullSecret provisionPullSecret,
        WithdrawFormerGrants withdrawFormerGrants) {

    /** As the pair's rule says, after a look at the role assignments. */
    Outcome grant(Pair pair, Patience patience) {
        return grant(pair, () -> roleAssignments.at(pair.registry().id()), patience);
    }

    /** As the pair's rule says. */
    Outcome grant(Pair pair, Supplier<Lookup<List<RoleAssignment>>> assignmentsAtRegistry, Patience patience) {
        return patience.orPostpone(
                pair.pairing(),
                () -> grant(
                        gatherFacts.about(
                                pair.cluster(), pair.registry(), pair.rule().method(), assignmentsAtRegistry),
                        pair.rule().secret(),
                        Purpose.RULE,
                        patience));
    }

    /**
     * By role or by secret, as the facts' method says; the terms are those of the secret, and the purpose too. Grants to
     * identities that the cluster had before are withdrawn after that, in the time that is left: if it fails, what was done
     * still counts.
     */
    Outcome grant(Facts facts, PullSecretTerms terms, Purpose purpose, Patience patience) {
        return carryOut(facts, terms, purpose, patience)
                .notingOfNodes(NetworkChecks.notes(facts))
                .afterWithdrawing(() -> withdrawFormerGrants.of(facts, patience).ofFormerGrants());
    }

    private Outcome carryOut(Facts facts, PullSecretTerms terms, Purpose purpose, Patience patience) {
        return AccessPlan.decide(facts)
                .fold(
                        grant -> make(facts, grant, terms, purpose, patience),
                        provision -> provision(provision, terms, purpose, patience),
                        end -> end);
    }

    private Outcome provision(Step.Provision provision, PullSecretTerms terms, Purpose purpose, Patience patience) {
        Outcome outcome = provisionPullSecret.provision(
                provision.cluster(), provision.registry(), terms, SecretRun.begin(purpose), patience);
        return outcome instanceof Outcome.Provisioned done ? done.insteadOfRole(provision.instead()) : outcome;
    }

    private Outcome make(Facts facts, PullGrant grant, PullSecretTerms terms, Purpose purpose, Patience patience) {
        return roleAssignments
                .make(grant)
                .fold(
                        made -> new Outcome.Granted(facts.pairing(), grant),
                        () -> new Outcome.Gone(facts.pairing(), grant.registry()),
                        refusal -> carryOut(looked(facts, refusal).afterRefusal(refusal), terms, purpose, patience));
    }

    /** Again, where Azure says that there is more than was seen. */
    private Facts looked(Facts facts, Problem refusal) {
        return refusal.kind() == Problem.Kind.GRANT_NOT_LISTED ? gatherFacts.withAssignmentsOfNow(facts) : facts;
    }
}
