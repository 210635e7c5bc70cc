package io.github.acrattach.usecase;

import io.github.acrattach.domain.AccessPlan;
import io.github.acrattach.domain.Facts;
import io.github.acrattach.domain.Outcome;
import io.github.acrattach.domain.Pairing;
import io.github.acrattach.domain.Problem;
import io.github.acrattach.domain.PullGrant;
import io.github.acrattach.domain.Step;
import io.github.acrattach.port.RoleAssignments;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** Does what the plan says about one pair. When the grant is refused, the plan is asked once more, and then it is final. */
@ApplicationScoped
class GrantPullAccess {

    private final RoleAssignments roleAssignments;

    GrantPullAccess(RoleAssignments roleAssignments) {
        this.roleAssignments = roleAssignments;
    }

    Uni<Outcome> grant(Facts facts) {
        Step step = AccessPlan.decide(facts);
        return step instanceof Step.Grant wanted
                ? make(facts, wanted.grant())
                : Uni.createFrom().item(settled(facts.pairing(), step));
    }

    private Uni<Outcome> make(Facts facts, PullGrant grant) {
        return roleAssignments.make(grant).flatMap(attempt -> {
            if (attempt instanceof RoleAssignments.Attempt.Made) {
                return Uni.createFrom().item(new Outcome.Granted(facts.pairing(), grant));
            }
            if (attempt instanceof RoleAssignments.Attempt.RegistryGone) {
                return Uni.createFrom().item(new Outcome.Gone(Optional.of(facts.pairing()), grant.registry()));
            }
            return attempt instanceof RoleAssignments.Attempt.Denied denied
                    ? Uni.createFrom().item(afterRefusal(facts, denied.problem()))
                    : roleAssignments
                            .at(grant.registry())
                            .map(newer -> afterRefusal(facts.with(newer), notListed(grant)));
        });
    }

    private static Outcome afterRefusal(Facts facts, Problem refusal) {
        return settled(facts.pairing(), AccessPlan.decide(facts.afterRefusal(refusal)));
    }

    private static Outcome settled(Pairing pairing, Step step) {
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
