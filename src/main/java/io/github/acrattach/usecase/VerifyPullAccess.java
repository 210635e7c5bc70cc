package io.github.acrattach.usecase;

import io.github.acrattach.domain.AccessPlan;
import io.github.acrattach.domain.ArmId;
import io.github.acrattach.domain.Facts;
import io.github.acrattach.domain.Pairing;
import io.github.acrattach.domain.PairingRule;
import io.github.acrattach.domain.Registry;
import io.github.acrattach.domain.Step;
import io.github.acrattach.port.CloudUnavailable;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;

/** Tells whether a cluster can pull from a registry, and if not, why; changes nothing. */
@ApplicationScoped
public class VerifyPullAccess {

    private final GatherFacts gatherFacts;

    VerifyPullAccess(GatherFacts gatherFacts) {
        this.gatherFacts = gatherFacts;
    }

    /** Looks at the pair in one round trip to ARM. Never fails for what Azure answers. */
    public Uni<Verified> verify(ArmId cluster, ArmId registry) {
        Pairing pairing = new Pairing(cluster, registry);
        return new Patience()
                .limit(gatherFacts.about(pairing, PairingRule.Method.ROLE))
                .map(facts -> new Verified(pairing, registry(facts), AccessPlan.decide(facts), Optional.empty()))
                .onFailure(CloudUnavailable.class)
                .recoverWithItem(failure -> unavailable(pairing, failure));
    }

    private static Optional<Registry> registry(Facts facts) {
        return facts.registry().fold(Optional::of, Optional::empty, problem -> Optional.empty());
    }

    private static Verified unavailable(Pairing pairing, CloudUnavailable failure) {
        return new Verified(pairing, Optional.empty(), new Step.Wait(failure.problem()), failure.retryAfter());
    }

    /**
     * What was seen of a pair, and what would be done about it.
     *
     * @param registry empty when Azure did not tell
     * @param step {@link Step.Accept} means that the cluster can pull
     * @param retryAfter how long Azure asks to wait, if it does
     */
    public record Verified(Pairing pairing, Optional<Registry> registry, Step step, Optional<Duration> retryAfter) {}
}
