package io.github.acrattach.usecase;

import io.github.acrattach.domain.AccessPlan;
import io.github.acrattach.domain.Cluster;
import io.github.acrattach.domain.CredentialKey;
import io.github.acrattach.domain.Facts;
import io.github.acrattach.domain.Lookup;
import io.github.acrattach.domain.Pairing;
import io.github.acrattach.domain.PairingPolicy;
import io.github.acrattach.domain.PairingRule;
import io.github.acrattach.domain.PairingRule.Method;
import io.github.acrattach.domain.PullSecretTerms;
import io.github.acrattach.domain.Registry;
import io.github.acrattach.domain.SecretFacts;
import io.github.acrattach.domain.SecretPlan;
import io.github.acrattach.domain.SecretRun;
import io.github.acrattach.domain.SecretStep;
import io.github.acrattach.domain.Step;
import io.github.acrattach.port.CloudUnavailable;
import io.github.acrattach.port.RegistryLogins;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;

/** Tells whether a cluster can pull from a registry, by which way, and if not, why; changes nothing. */
@ApplicationScoped
public class VerifyPullAccess {

    private final PairingPolicy policy;
    private final GatherFacts gatherFacts;
    private final GatherSecretFacts gatherSecretFacts;
    private final Issuers issuers;
    private final RegistryLogins registryLogins;

    VerifyPullAccess(
            PairingSettings settings,
            GatherFacts gatherFacts,
            GatherSecretFacts gatherSecretFacts,
            Issuers issuers,
            RegistryLogins registryLogins) {
        this.policy = settings.policy();
        this.gatherFacts = gatherFacts;
        this.gatherSecretFacts = gatherSecretFacts;
        this.issuers = issuers;
        this.registryLogins = registryLogins;
    }

    /**
     * Looks at the pair: in one round trip to ARM for the role, and further where there is, or should be, a pull secret.
     * Never fails for what Azure answers.
     */
    public Uni<Verified> verify(Pairing pairing) {
        return Patience.ofEvent()
                .limit(gatherFacts.about(pairing, Method.ROLE).flatMap(this::verified))
                .onFailure(CloudUnavailable.class)
                .recoverWithItem(failure -> unavailable(pairing, failure));
    }

    private Uni<Verified> verified(Facts facts) {
        Optional<PairingRule> rule = EnsurePullAccess.rule(policy, facts);
        Method method = rule.map(PairingRule::method).orElse(Method.ROLE);
        Verified byRole = new Verified(
                facts.pairing(),
                method,
                facts.registry().found(),
                AccessPlan.decide(facts),
                Optional.empty(),
                Optional.empty());
        Step secret = AccessPlan.decide(facts.by(Method.SECRET));
        if (!(secret instanceof Step.Provision way)) {
            return Uni.createFrom().item(byRole);
        }
        PullSecretTerms terms = rule.map(PairingRule::secret).orElse(PullSecretTerms.DEFAULT);
        return (method == Method.ROLE
                        ? hasCredential(facts.pairing(), terms)
                        : Uni.createFrom().item(true))
                .flatMap(looks -> looks
                        ? secret(way.cluster(), way.registry(), terms).map(byRole::with)
                        : Uni.createFrom().item(byRole));
    }

    private Uni<Boolean> hasCredential(Pairing pairing, PullSecretTerms terms) {
        return issuers.of(terms.kind())
                .find(new CredentialKey(pairing, terms.kind()), terms)
                .map(credential -> credential instanceof Lookup.Found);
    }

    private Uni<SecretWay> secret(Cluster cluster, Registry registry, PullSecretTerms terms) {
        return gatherSecretFacts
                .about(cluster, registry, terms, SecretRun.begin(Optional.empty()))
                .flatMap(this::proven)
                .map(facts -> new SecretWay(facts, SecretPlan.decide(facts), SecretPlan.standing(facts)));
    }

    /** Tries the password that the cluster holds, if there is one, at the registry. */
    private Uni<SecretFacts> proven(SecretFacts facts) {
        return SecretPlan.standing(facts)
                .flatMap(standing -> facts.value(standing.password()).map(value -> registryLogins
                        .prove(
                                facts.registry(),
                                facts.presentCredential().userName(),
                                value,
                                facts.terms().repositories())
                        .map(proof -> facts.with(facts.run().afterProof(standing.password(), proof)))))
                .orElseGet(() -> Uni.createFrom().item(facts));
    }

    private static Verified unavailable(Pairing pairing, CloudUnavailable failure) {
        return new Verified(
                pairing,
                Method.ROLE,
                Optional.empty(),
                new Step.Wait(failure.problem()),
                Optional.empty(),
                failure.retryAfter());
    }

    /**
     * What was seen of a pair, and what would be done about it.
     *
     * @param method the way that the rule for the pair names
     * @param registry empty when Azure did not tell
     * @param role {@link Step.Accept} means that the cluster can pull by a role
     * @param secret empty where there is no pull secret, and none is wanted
     * @param retryAfter how long Azure asks to wait, if it does
     */
    public record Verified(
            Pairing pairing,
            Method method,
            Optional<Registry> registry,
            Step role,
            Optional<SecretWay> secret,
            Optional<Duration> retryAfter) {

        private Verified with(SecretWay way) {
            return new Verified(pairing, method, registry, role, Optional.of(way), retryAfter);
        }
    }

    /**
     * What was seen of a pair's pull secret.
     *
     * @param next what would be done about it
     * @param standing how it stands in the namespaces; empty while no password is in the cluster
     */
    public record SecretWay(SecretFacts facts, SecretStep next, Optional<SecretStep.Settle> standing) {}
}
