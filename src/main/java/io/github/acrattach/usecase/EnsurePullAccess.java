package io.github.acrattach.usecase;

import io.github.acrattach.domain.ArmId;
import io.github.acrattach.domain.Outcome;
import io.github.acrattach.domain.Pairing;
import io.github.acrattach.domain.PairingRule;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/**
 * Lets a named cluster pull from a named registry, because somebody who may call this program asks for it: no rule has
 * to pair the two.
 */
@ApplicationScoped
public class EnsurePullAccess {

    private final GatherFacts gatherFacts;
    private final GrantPullAccess grantPullAccess;

    EnsurePullAccess(GatherFacts gatherFacts, GrantPullAccess grantPullAccess) {
        this.gatherFacts = gatherFacts;
        this.grantPullAccess = grantPullAccess;
    }

    /** At most two round trips to ARM: one to look, one to grant. Never fails for what Azure answers. */
    public Uni<Outcome> ensure(ArmId cluster, ArmId registry) {
        Pairing pairing = new Pairing(cluster, registry);
        return new Patience()
                .orPostpone(
                        gatherFacts.about(pairing, PairingRule.Method.ROLE).flatMap(grantPullAccess::grant),
                        Optional.of(pairing));
    }
}
