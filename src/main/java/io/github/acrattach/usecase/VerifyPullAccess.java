package io.github.acrattach.usecase;

import io.github.acrattach.concurrent.SideBySide;
import io.github.acrattach.domain.AccessPlan;
import io.github.acrattach.domain.Cluster;
import io.github.acrattach.domain.CredentialKey;
import io.github.acrattach.domain.DenyAssignment;
import io.github.acrattach.domain.Exclusion;
import io.github.acrattach.domain.Facts;
import io.github.acrattach.domain.ImageReference;
import io.github.acrattach.domain.Lookup;
import io.github.acrattach.domain.Outcome;
import io.github.acrattach.domain.Pairing;
import io.github.acrattach.domain.PairingPolicy;
import io.github.acrattach.domain.PairingRule;
import io.github.acrattach.domain.PairingRule.Method;
import io.github.acrattach.domain.Problem;
import io.github.acrattach.domain.Proof;
import io.github.acrattach.domain.PullRight;
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
import io.github.acrattach.domain.access.AccessFacts;
import io.github.acrattach.domain.access.Check;
import io.github.acrattach.domain.access.Check.Way;
import io.github.acrattach.domain.access.Checks;
import io.github.acrattach.domain.access.Code;
import io.github.acrattach.domain.access.Finding;
import io.github.acrattach.domain.access.SecretChecks;
import io.github.acrattach.domain.access.Verdict;
import io.github.acrattach.port.CloudUnavailable;
import io.github.acrattach.port.DenyAssignments;
import io.github.acrattach.port.RegistryLogins;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Tells whether a cluster can pull from a registry, by which way, and if not, why; changes nothing. */
@Singleton
public record VerifyPullAccess(
        PairingPolicy policy,
        GatherFacts gatherFacts,
        GatherSecretFacts gatherSecretFacts,
        LookBeside lookBeside,
        Issuers issuers,
        RegistryLogins registryLogins,
        DenyAssignments denyAssignments,
        Clock clock) {

    /**
     * Looks at the pair: in two round trips to ARM where a role lets it pull, three where none does, and further where there
     * is, or should be, a pull secret. Never fails for what Azure answers.
     *
     * @param image what is to be pulled; empty where it is any image of the registry
     */
    public Verified verify(Pairing pairing, Optional<ImageReference> image) {
        try {
            return Patience.of(Patience.Limit.EVENT).limit(() -> verified(pairing, image));
        } catch (CloudUnavailable failure) {
            return unavailable(pairing, failure);
        }
    }

    private Verified verified(Pairing pairing, Optional<ImageReference> image) {
        return SideBySide.both(
                () -> gatherFacts.beforeRoles(pairing, Method.ROLE),
                () -> readable(() -> denyAssignments.at(pairing.registry())),
                (facts, denials) -> verified(facts, denials, image));
    }

    private Verified verified(Facts seen, Lookup<List<DenyAssignment>> denials, Optional<ImageReference> image) {
        return SideBySide.three(
                () -> gatherFacts.rolesToBeTold().held(seen),
                () -> lookBeside.around(seen, image),
                () -> standing(seen),
                (facts, around, standing) -> verified(facts, denials, around, standing));
    }

    private Verified verified(
            Facts facts,
            Lookup<List<DenyAssignment>> denials,
            LookBeside.Around around,
            Optional<PullSecretTerms> standing) {
        Optional<ImageReference> image = around.image().map(AccessFacts.Image::reference);
        return SideBySide.both(
                () -> lookBeside.nearby(facts), () -> secret(facts, standing, image), (nearby, secret) -> {
                    Verdict verdict = Checks.of(new AccessFacts(
                            nearby.facts(),
                            around.namesakes(),
                            Optional.of(denials),
                            nearby.elsewhere(),
                            nearby.gone(),
                            around.addresses(),
                            around.servicePrincipal(),
                            around.tenants(),
                            around.image(),
                            secret.findings(),
                            secret.meant(),
                            clock.instant()));
                    return new Verified(
                            facts.pairing(),
                            verdict,
                            facts.registry().found(),
                            right(nearby.facts()),
                            secret.seen(),
                            EnsurePullAccess.exclusion(policy, facts),
                            Optional.empty());
                });
    }

    private static Optional<PullRight.Given> right(Facts facts) {
        return facts.right().flatMap(PullRight::whole);
    }

    private static <T> Lookup<T> readable(Supplier<Lookup<T>> look) {
        return ReadRoles.readable(look);
    }

    /**
     * What was found of a pull secret.
     *
     * @param seen empty where there is none, and none is wanted, or it cannot be looked at
     */
    private record OfSecret(List<Finding> findings, Optional<VerifiedSecret> seen, Way meant) {}

    /** Of a credential that no rule asks for, and that is there all the same. */
    private Optional<PullSecretTerms> standing(Facts facts) {
        boolean isLookedAtAnyway = EnsurePullAccess.rule(policy, facts)
                .filter(PairingRule::wantsSecret)
                .isPresent();
        return isLookedAtAnyway || isNoPair(facts) ? Optional.empty() : termsOfWhatThereIs(facts);
    }

    private static boolean isNoPair(Facts facts) {
        return facts.oneIsGone() || facts.untold().isPresent();
    }

    /** @param image that is asked for */
    private OfSecret secret(Facts facts, Optional<PullSecretTerms> standing, Optional<ImageReference> image) {
        Optional<PairingRule> rule = EnsurePullAccess.rule(policy, facts);
        boolean isAsked = rule.filter(each -> each.method() == Method.SECRET).isPresent();
        boolean isInPlaceOfRole = standing.isPresent() && right(facts).isEmpty();
        Way wanted = isAsked || isInPlaceOfRole ? Way.SECRET : Way.ROLE;
        if (isNoPair(facts)) {
            return new OfSecret(SecretChecks.skipped("not both were read"), Optional.empty(), wanted);
        }
        try {
            return rule.filter(PairingRule::wantsSecret)
                    .map(PairingRule::secret)
                    .or(() -> standing)
                    .map(each -> secret(facts, rule, each, wanted, image))
                    .orElseGet(() -> new OfSecret(
                            SecretChecks.skipped("there is no credential of this program's, and no rule asks for one"),
                            Optional.empty(),
                            Way.ROLE));
        } catch (CloudUnavailable failure) {
            return new OfSecret(SecretChecks.unanswered(failure.problem()), Optional.empty(), wanted);
        }
    }

    private OfSecret secret(
            Facts facts,
            Optional<PairingRule> rule,
            PullSecretTerms terms,
            Way wanted,
            Optional<ImageReference> image) {
        Step step = AccessPlan.decide(facts.by(Method.SECRET));
        if (!(step instanceof Step.Provision way)) {
            Optional<Problem> closed = step instanceof Step.End end
                    ? end.outcome().trouble().or(() -> end.outcome().postponed().map(Outcome.Postponed::problem))
                    : Optional.empty();
            return new OfSecret(
                    closed.map(SecretChecks::closed)
                            .orElseGet(() -> SecretChecks.skipped("the registry or the cluster is gone")),
                    Optional.empty(),
                    wanted);
        }
        VerifiedSecret seen = secret(way.cluster(), way.registry(), terms, Purpose.of(rule));
        // By auto, a role is enough: a secret that was not made is nothing that is missing.
        boolean isNeedless =
                wanted == Way.ROLE && !seen.isInTheCluster() && right(facts).isPresent();
        return isNeedless
                ? new OfSecret(
                        SecretChecks.skipped("a role does, and no namespace holds a secret"),
                        Optional.of(seen),
                        Way.ROLE)
                : new OfSecret(
                        SecretChecks.of(seen.facts(), seen.ofFormerId(), image),
                        Optional.of(seen),
                        wanted == Way.SECRET || seen.isInTheCluster() ? Way.SECRET : Way.ROLE);
    }

    private Optional<PullSecretTerms> termsOfWhatThereIs(Facts facts) {
        return SideBySide.each(Issuers.keys(facts.pairing()).toList(), (CredentialKey key) -> readable(
                                () -> issuers.find(key, facts.assignments()))
                        .found()
                        .map(any -> key))
                .stream()
                .flatMap(Optional::stream)
                .map(key -> PullSecretTerms.DEFAULT.of(key.kind()))
                .findFirst();
    }

    private VerifiedSecret secret(Cluster cluster, Registry registry, PullSecretTerms terms, Purpose purpose) {
        SecretFacts facts = proven(gatherSecretFacts.about(cluster, registry, terms, SecretRun.begin(purpose)));
        return new VerifiedSecret(facts, SecretPlan.status(facts), ofFormerId(facts));
    }

    /** What was made before the registry was moved pulls for as long as it is valid; the first that tells it is enough. */
    private Optional<Proof> ofFormerId(SecretFacts facts) {
        return facts.moved()
                .flatMap(moved -> moved.value().map(value -> proof(facts, moved.username(), value)).stream())
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
        return proof(facts, facts.presentCredential().username(), value);
    }

    /** What else was seen is told all the same, where the registry gives no answer. */
    private Proof proof(SecretFacts facts, String username, Secret value) {
        try {
            return registryLogins.prove(facts.registry(), username, value, facts.repositories());
        } catch (CloudUnavailable failure) {
            return Proof.unanswered(failure.problem(), failure.retryAfter());
        }
    }

    private Verified unavailable(Pairing pairing, CloudUnavailable failure) {
        Finding unread = unread(failure.problem());
        return new Verified(
                pairing,
                Verdict.of(List.of(unread), Way.ROLE, Optional.empty()),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(new Outcome.Postponed(pairing, failure.problem(), failure.retryAfter())));
    }

    /** By what was asked for when Azure gave no answer. */
    private static Finding unread(Problem problem) {
        boolean isRight = problem.action()
                .filter(action -> action.contains("/roleAssignments/"))
                .isPresent();
        return Finding.unknown(
                isRight ? Check.RIGHT : Check.RESOURCES,
                Code.AZURE_DID_NOT_ANSWER,
                "no answer" + problem.action().map(action -> " to " + action).orElse(""),
                problem.cause(),
                Problem.ASK_AGAIN);
    }

    /**
     * What was seen of a pair, and what follows.
     *
     * @param registry empty when Azure did not tell
     * @param given the role that lets it pull everything, if one does
     * @param secret empty where there is no pull secret, and none is wanted
     * @param exclusion what keeps the two out of the rules, where a rule would pair them
     * @param unanswered why nothing is known, where Azure gave no answer at all
     */
    public record Verified(
            Pairing pairing,
            Verdict verdict,
            Optional<Registry> registry,
            Optional<PullRight.Given> given,
            Optional<VerifiedSecret> secret,
            Optional<Exclusion> exclusion,
            Optional<Outcome.Postponed> unanswered) {}

    /**
     * What was seen of a pair's pull secret.
     *
     * @param status how it stands in the namespaces; empty while no password is in the cluster
     * @param ofFormerId what the registry says to a password that was made before it was moved here; empty where none stands,
     *     or none can be read
     */
    public record VerifiedSecret(SecretFacts facts, Optional<SecretStatus> status, Optional<Proof> ofFormerId) {

        private boolean isInTheCluster() {
            return status.isPresent() || ofFormerId.isPresent();
        }
    }
}
