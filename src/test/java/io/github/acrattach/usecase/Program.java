package io.github.acrattach.usecase;

import io.github.acrattach.domain.CredentialKind;
import io.github.acrattach.domain.Exclusions;
import io.github.acrattach.domain.Lookup;
import io.github.acrattach.domain.PairingPolicy;
import io.github.acrattach.domain.PairingRule;
import io.github.acrattach.domain.PairingRule.Method;
import io.github.acrattach.domain.PullSecretTerms;
import io.github.acrattach.domain.Selector;
import io.github.acrattach.domain.Version;
import java.util.List;

/** The use cases, put together as injection does, in a small world. */
final class Program {

    /** The usual terms, by applications instead of tokens. */
    static final PullSecretTerms APPLICATIONS = PullSecretTerms.DEFAULT.of(CredentialKind.SERVICE_PRINCIPAL);

    final EnsurePullAccess ensurePullAccess;
    final HandleChange handleChange;
    final IdentifyPair identifyPair;
    final ProvisionPullSecret provisionPullSecret;
    final ReconcileAll reconcileAll;
    final RevokePullAccess revokePullAccess;
    final RotatePullSecrets rotatePullSecrets;
    final VerifyPullAccess verifyPullAccess;

    Program(SmallCloud cloud, SmallSecrets secrets, PairingRule... rules) {
        PairingPolicy policy = new PairingPolicy(List.of(rules));
        Turns turns = new Turns();
        Issuers issuers = new Issuers(policy, cloud, secrets.issuers());
        GatherFacts facts = new GatherFacts(cloud.clusters(), cloud.registries(), cloud, cloud, cloud);
        ConfirmDeletion deletion = new ConfirmDeletion(cloud.clusters(), cloud.registries());
        FindNamesakes namesakes = new FindNamesakes(cloud, cloud.registries());
        GatherSecretFacts secretFacts = new GatherSecretFacts(
                issuers, secrets, cloud, deletion, cloud, cloud.regionalEndpoints(), secrets.clock());
        provisionPullSecret = new ProvisionPullSecret(
                secretFacts, issuers, secrets, secrets, cloud, new StoppedMeanwhile(cloud.clusters()), turns);
        SharedIdentities shared = new SharedIdentities(policy, cloud, cloud.clusters(), cloud);
        WithdrawFormerGrants former = new WithdrawFormerGrants(policy, facts, shared, cloud);
        GrantPullAccess grant = new GrantPullAccess(facts, cloud, provisionPullSecret, former);
        revokePullAccess = new RevokePullAccess(
                policy,
                facts,
                deletion,
                namesakes,
                new ClearPullSecrets(policy, issuers, secrets),
                shared,
                issuers,
                cloud,
                turns);
        TakeStock stock = new TakeStock(policy, cloud, cloud.clusters(), cloud.registries(), issuers, cloud);
        ensurePullAccess = new EnsurePullAccess(policy, facts, grant, namesakes);
        identifyPair = new IdentifyPair(cloud, cloud.clusters(), cloud.registries());
        handleChange = new HandleChange(
                new Version("1.0"),
                policy,
                cloud.clusters(),
                cloud.registries(),
                cloud,
                grant,
                new RevokeAfterDeletion(
                        policy, cloud.clusters(), cloud.registries(), deletion, namesakes, revokePullAccess));
        reconcileAll = new ReconcileAll(policy, stock, facts, grant, revokePullAccess, former);
        rotatePullSecrets = new RotatePullSecrets(
                policy,
                stock,
                facts,
                cloud,
                grant,
                provisionPullSecret,
                revokePullAccess,
                namesakes,
                former,
                issuers,
                secrets.clock());
        LookBeside beside = new LookBeside(
                facts, secretFacts, namesakes, cloud, ids -> new Lookup.Found<>(List.of()), cloud, cloud);
        verifyPullAccess = new VerifyPullAccess(
                policy,
                facts,
                secretFacts,
                beside,
                issuers,
                secrets,
                registry -> new Lookup.Found<>(List.of()),
                secrets.clock());
    }

    /** Pairs every cluster with every registry of its subscription. */
    static PairingRule everything(Method method) {
        return everything(method, PullSecretTerms.DEFAULT);
    }

    static PairingRule everything(Method method, PullSecretTerms terms) {
        return rule("*", method, terms);
    }

    /** The same but for these pairs. */
    static PairingRule except(PairingRule rule, String... pairs) {
        return except(rule, Exclusions.of(Exclusions.NONE.clusters(), Exclusions.NONE.registries(), List.of(pairs)));
    }

    static PairingRule except(PairingRule rule, Exclusions exclusions) {
        return new PairingRule(
                rule.name(),
                rule.clusters(),
                rule.registries(),
                rule.joinOnTags(),
                rule.method(),
                rule.secret(),
                exclusions);
    }

    /** The same for clusters whose names match. */
    static PairingRule rule(String clusters, Method method, PullSecretTerms terms) {
        return new PairingRule(
                "all",
                Selector.of(List.of(), List.of(), List.of(clusters), List.of()),
                Selector.of(List.of(), List.of(), List.of("*"), List.of()),
                List.of(),
                method,
                terms);
    }
}
