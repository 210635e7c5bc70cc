package io.github.acrattach.usecase;

import io.github.acrattach.domain.PairingPolicy;
import io.github.acrattach.domain.PairingRule;
import io.github.acrattach.domain.PairingRule.Method;
import io.github.acrattach.domain.PullSecretTerms;
import io.github.acrattach.domain.Selector;
import java.util.List;
import java.util.Map;

/** The use cases, put together as injection does, in a small world. */
final class Program {

    final EnsurePullAccess ensurePullAccess;
    final HandleChange handleChange;
    final ProvisionPullSecret provisionPullSecret;
    final ReconcileAll reconcileAll;
    final RevokePullAccess revokePullAccess;
    final RotatePullSecrets rotatePullSecrets;
    final VerifyPullAccess verifyPullAccess;

    Program(SmallCloud cloud, SmallSecrets secrets, PairingRule... rules) {
        PairingSettings settings = settings(new PairingPolicy(List.of(rules)));
        Turns turns = new Turns();
        Issuers issuers = new Issuers(settings, secrets.issuers());
        GatherFacts facts = new GatherFacts(cloud.clusters(), cloud.registries(), cloud, cloud);
        GatherSecretFacts secretFacts = new GatherSecretFacts(issuers, secrets, cloud, secrets.clock());
        provisionPullSecret = new ProvisionPullSecret(secretFacts, issuers, secrets, secrets, cloud, turns);
        GrantPullAccess grant = new GrantPullAccess(facts, cloud, provisionPullSecret);
        revokePullAccess = new RevokePullAccess(
                settings,
                facts,
                new SharedIdentities(settings, cloud.clusters(), cloud),
                issuers,
                secrets,
                cloud,
                turns);
        TakeStock stock = new TakeStock(cloud, cloud.clusters(), cloud.registries(), issuers);
        ensurePullAccess = new EnsurePullAccess(settings, facts, grant);
        handleChange = new HandleChange(
                settings,
                cloud.clusters(),
                cloud.registries(),
                cloud,
                grant,
                new RevokeAfterDeletion(settings, cloud.clusters(), cloud.registries(), revokePullAccess));
        reconcileAll = new ReconcileAll(settings, stock, facts, grant, revokePullAccess, cloud);
        rotatePullSecrets = new RotatePullSecrets(
                settings, stock, facts, provisionPullSecret, revokePullAccess, issuers, secrets.clock());
        verifyPullAccess = new VerifyPullAccess(settings, facts, secretFacts, issuers, secrets);
    }

    private static PairingSettings settings(PairingPolicy policy) {
        return new PairingSettings() {
            @Override
            public Map<String, Rule> rules() {
                throw new UnsupportedOperationException("The use cases ask for the policy alone.");
            }

            @Override
            public PairingPolicy policy() {
                return policy;
            }
        };
    }

    /** Pairs every cluster with every registry of its subscription. */
    static PairingRule everything(Method method) {
        return everything(method, PullSecretTerms.DEFAULT);
    }

    static PairingRule everything(Method method, PullSecretTerms terms) {
        return rule("*", method, terms);
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
