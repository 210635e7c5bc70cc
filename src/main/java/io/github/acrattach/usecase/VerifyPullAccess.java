package io.github.acrattach.usecase;

import io.github.acrattach.domain.AccessPlan;
import io.github.acrattach.domain.Cluster;
import io.github.acrattach.domain.Exclusion;
import io.github.acrattach.domain.Facts;
import io.github.acrattach.domain.ImageReference;
import io.github.acrattach.domain.NodeSignIn;
import io.github.acrattach.domain.Outcome;
import io.github.acrattach.domain.Pairing;
import io.github.acrattach.domain.PairingPolicy;
import io.github.acrattach.domain.PairingRule;
import io.github.acrattach.domain.PairingRule.Method;
import io.github.acrattach.domain.Problem;
import io.github.acrattach.domain.Proof;
import io.github.acrattach.domain.PullSecretTerms;
import io.github.acrattach.domain.Purpose;
import io.github.acrattach.domain.Registry;
import io.github.acrattach.domain.Secret;
import io.github.acrattach.domain.SecretFacts;
import io.github.acrattach.domain.SecretPlan;
import io.github.acrattach.domain.SecretRun;
import io.github.acrattach.domain.SecretStatus;
import io.github.acrattach.domain.SecretStep;
import io.github.acrattach.domain.Step;
import io.github.acrattach.domain.access.Finding;
import io.github.acrattach.domain.access.ImageChecks;
import io.github.acrattach.port.CloudUnavailable;
import io.github.acrattach.port.RegistryLogins;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Tells whether a cluster can pull from a registry, by which way, and if not, why; changes nothing. */
@Singleton
public record VerifyPullAccess(
        PairingPolicy policy,
        GatherFacts gatherFacts,
        GatherSecretFacts gatherSecretFacts,
        Issuers issuers,
        RegistryLogins registryLogins,
        FindNamesakes findNamesakes) {

    /**
     * Looks at the pair: in one round trip to ARM for the role, and further where there is, or should be, a pull secret.
     * Never fails for what Azure answers.
     *
     * @param image what is to be pulled; empty where it is any image of the registry
     */
    public Verified verify(Pairing pairing, Optional<ImageReference> image) {
        try {
            return Patience.of(Patience.Limit.EVENT)
                    .limit(() -> of(image, near(verified(gatherFacts.about(pairing, Method.ROLE)))));
        } catch (CloudUnavailable failure) {
            return unavailable(pairing, failure);
        }
    }

    private Verified of(Optional<ImageReference> image, Verified verified) {
        return image.flatMap(wanted -> verified.registry().map(registry -> finding(wanted, registry)))
                .map(verified::ofImage)
                .orElse(verified);
    }

    /** Whose an image is that is of another registry is asked for then alone. */
    private Finding finding(ImageReference image, Registry registry) {
        Finding finding = ImageChecks.of(image, registry);
        return finding.state() == Finding.State.FAILS && !image.isShort()
                ? ImageChecks.of(image, registry, findNamesakes.at(image.registryHost()))
                : finding;
    }

    private Verified near(Verified verified) {
        return verified.role() instanceof Step.End end
                ? verified.instead(new Step.End(findNamesakes.near(end.outcome())))
                : verified;
    }

    private Verified verified(Facts facts) {
        Optional<PairingRule> rule = EnsurePullAccess.rule(policy, facts);
        Method method = rule.map(PairingRule::method).orElse(Method.ROLE);
        Verified byRole = new Verified(
                facts.pairing(),
                method,
                facts.registry().found(),
                role(facts),
                Optional.empty(),
                EnsurePullAccess.exclusion(policy, facts),
                Optional.empty());
        Step secret = AccessPlan.decide(facts.by(Method.SECRET));
        if (secret instanceof Step.Provision way) {
            Optional<PullSecretTerms> terms = rule.filter(PairingRule::wantsSecret)
                    .map(PairingRule::secret)
                    .or(() -> termsOfWhatThereIs(facts.pairing()));
            if (terms.isPresent()) {
                VerifiedSecret seen = secret(way.cluster(), way.registry(), terms.get(), Purpose.of(rule));
                // By auto, the role keeps a secret from being made: what is wrong with the role is told.
                boolean isHidden = method != Method.SECRET && byRole.isShutOut() && !seen.isInTheCluster();
                return isHidden ? byRole : byRole.with(seen);
            }
        }
        // Why the way that is meant is closed is worth more than what the other one would take.
        return !byRole.pullsByRole() && (method == Method.SECRET || isStoppedWithASecret(facts, secret))
                ? byRole.instead(secret)
                : byRole;
    }

    private static Step role(Facts facts) {
        Step step = AccessPlan.decide(facts);
        return step instanceof Step.End end ? new Step.End(end.outcome().notingOfNodes(NodeSignIn.notes(facts))) : step;
    }

    /** It cannot be looked into, but there is a credential, so that it need not lack anything. */
    private boolean isStoppedWithASecret(Facts facts, Step secret) {
        return secret instanceof Step.End end
                && end.outcome()
                        .trouble()
                        .filter(problem -> problem.kind() == Problem.Kind.CLUSTER_STOPPED)
                        .isPresent()
                && termsOfWhatThereIs(facts.pairing()).isPresent();
    }

    private Optional<PullSecretTerms> termsOfWhatThereIs(Pairing pairing) {
        return Issuers.keys(pairing)
                .filter(key -> issuers.find(key).found().isPresent())
                .map(key -> PullSecretTerms.DEFAULT.of(key.kind()))
                .findFirst();
    }

    private VerifiedSecret secret(Cluster cluster, Registry registry, PullSecretTerms terms, Purpose purpose) {
        SecretFacts facts = proven(gatherSecretFacts.about(cluster, registry, terms, SecretRun.begin(purpose)));
        return new VerifiedSecret(facts, SecretPlan.decide(facts), SecretPlan.status(facts), ofFormerId(facts));
    }

    /** What was made before the registry was moved pulls for as long as it is valid; the first that tells it is enough. */
    private Optional<Proof> ofFormerId(SecretFacts facts) {
        return facts.moved()
                .flatMap(moved -> moved
                        .value()
                        .map(value ->
                                registryLogins.prove(facts.registry(), moved.username(), value, facts.repositories()))
                        .stream())
                .findFirst();
    }

    /** Tries what stands in the cluster at the registry, as far as it says to be the password. */
    private SecretFacts proven(SecretFacts facts) {
        Optional<Secret> untried = Optional.of(SecretPlan.decide(facts))
                .flatMap(step -> step instanceof SecretStep.Prove next ? Optional.of(next.value()) : Optional.empty())
                .or(() -> SecretPlan.status(facts).flatMap(status -> facts.value(status.password())))
                .filter(value -> facts.run().proofOf(value).isEmpty());
        return untried.map(value -> proven(facts.with(facts.run().afterProof(value, proof(facts, value)))))
                .orElse(facts);
    }

    private Proof proof(SecretFacts facts, Secret value) {
        return registryLogins.prove(
                facts.registry(), facts.presentCredential().username(), value, facts.repositories());
    }

    private static Verified unavailable(Pairing pairing, CloudUnavailable failure) {
        return new Verified(
                pairing,
                Method.ROLE,
                Optional.empty(),
                new Step.End(new Outcome.Postponed(pairing, failure.problem(), failure.retryAfter())),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /**
     * What was seen of a pair, and what would be done about it.
     *
     * @param method the way that the rule for the pair names
     * @param registry empty when Azure did not tell
     * @param role what would be done about its role, or why nothing can be done by the way that is meant;
     *     {@link Outcome.AlreadyGranted} means that the cluster can pull by a role
     * @param secret empty where there is no pull secret, and none is wanted
     * @param exclusion what keeps the two out of the rules, where a rule would pair them
     * @param image whether the image that was asked for is one of the registry; empty where none was
     */
    public record Verified(
            Pairing pairing,
            Method method,
            Optional<Registry> registry,
            Step role,
            Optional<VerifiedSecret> secret,
            Optional<Exclusion> exclusion,
            Optional<Finding> image) {

        /** Whether a role lets it in already, and no node is known to be kept from signing in with it. */
        public boolean pullsByRole() {
            return holdsRole() && !isShutOut();
        }

        private boolean holdsRole() {
            return role instanceof Step.End end && end.outcome() instanceof Outcome.AlreadyGranted;
        }

        /** Whether it holds the role, and there are nodes that cannot sign in with it. */
        private boolean isShutOut() {
            return role instanceof Step.End end
                    && end.outcome() instanceof Outcome.AlreadyGranted already
                    && already.notes().stream().anyMatch(note -> note.kind() == Problem.Kind.ARM_TOKENS_REFUSED);
        }

        private Verified instead(Step closed) {
            return new Verified(pairing, method, registry, closed, secret, exclusion, image);
        }

        private Verified with(VerifiedSecret way) {
            return new Verified(pairing, method, registry, role, Optional.of(way), exclusion, image);
        }

        private Verified ofImage(Finding finding) {
            return new Verified(pairing, method, registry, role, secret, exclusion, Optional.of(finding));
        }
    }

    /**
     * What was seen of a pair's pull secret.
     *
     * @param next what would be done about it
     * @param status how it stands in the namespaces; empty while no password is in the cluster
     * @param ofFormerId what the registry says to a password that was made before it was moved here; empty where none stands,
     *     or none can be read
     */
    public record VerifiedSecret(
            SecretFacts facts, SecretStep next, Optional<SecretStatus> status, Optional<Proof> ofFormerId) {

        private boolean isInTheCluster() {
            return status.isPresent() || ofFormerId.isPresent();
        }
    }
}
