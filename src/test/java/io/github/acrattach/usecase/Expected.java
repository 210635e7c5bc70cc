package io.github.acrattach.usecase;

import static io.github.acrattach.domain.Samples.CLUSTER;
import static io.github.acrattach.domain.Samples.GRANT;
import static io.github.acrattach.domain.Samples.REGISTRY;
import static io.github.acrattach.domain.Samples.SUBSCRIPTION;

import io.github.acrattach.domain.ArmId;
import io.github.acrattach.domain.Cluster;
import io.github.acrattach.domain.CredentialKey;
import io.github.acrattach.domain.CredentialKind;
import io.github.acrattach.domain.NamespaceOutcome;
import io.github.acrattach.domain.NodePool;
import io.github.acrattach.domain.Outcome;
import io.github.acrattach.domain.Pairing;
import io.github.acrattach.domain.Password;
import io.github.acrattach.domain.PowerState;
import io.github.acrattach.domain.Problem;
import io.github.acrattach.domain.Problem.Kind;
import io.github.acrattach.domain.ProvisioningState;
import io.github.acrattach.domain.PullIdentity;
import io.github.acrattach.domain.PullSecretTerms;
import io.github.acrattach.domain.Registry;
import io.github.acrattach.domain.Samples;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Outcomes of the sample pair, in full. */
final class Expected {

    static final Pairing PAIR = new Pairing(CLUSTER, REGISTRY);
    static final UUID ELSEWHERE = new UUID(5, 5);
    static final Outcome GRANTED = new Outcome.Granted(PAIR, GRANT);
    static final CredentialKey TOKEN = new CredentialKey(PAIR, CredentialKind.ACR_TOKEN);
    static final CredentialKey APPLICATION = new CredentialKey(PAIR, CredentialKind.SERVICE_PRINCIPAL);

    /** What ends a wait of less than a second. */
    static final Problem OUT_OF_TIME = new Problem(
            Kind.UNAVAILABLE,
            "Azure did not finish within 0 s.",
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Problem.WAITING_HELPS);

    /** What is told of that which has not begun then. */
    static final Problem NOT_REACHED = new Problem(
            Kind.NOT_REACHED,
            "The 0 s of this call were over before it came to this one.",
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            "call again; events and the timer come back by themselves. What is done is not done twice.");

    private Expected() {}

    /** By a token whose password was made when the small world began. */
    static Outcome.Provisioned provisioned(boolean changed, String... namespaces) {
        return provisioned(CredentialKind.ACR_TOKEN, changed, namespaces);
    }

    static Outcome.Provisioned provisioned(CredentialKind kind, boolean changed, String... namespaces) {
        return provisioned(kind, SmallSecrets.BEGINNING, changed, namespaces);
    }

    static Outcome.Provisioned provisioned(
            CredentialKind kind, Instant created, boolean changed, String... namespaces) {
        CredentialKey key = new CredentialKey(PAIR, kind);
        Instant expires = created.plus(PullSecretTerms.DEFAULT.lifetime());
        return new Outcome.Provisioned(
                Optional.of(PAIR),
                key,
                SmallSecrets.username(key),
                expires,
                PullSecretTerms.DEFAULT.renews(key, new Password("any", created, expires)),
                changed,
                Stream.of(namespaces)
                        .map(name -> NamespaceOutcome.of(name, NamespaceOutcome.State.READY)
                                .referenced(true))
                        .toList(),
                List.of());
    }

    static Outcome refused(Kind kind, String cause, ArmId scope, String fix) {
        return new Outcome.Refused(PAIR, Problem.of(kind, cause, scope, fix));
    }

    static Outcome postponed(Kind kind, String cause, ArmId scope) {
        return new Outcome.Postponed(PAIR, Problem.of(kind, cause, scope, Problem.WAITING_HELPS));
    }

    static Outcome defect(Pairing pairing) {
        return new Outcome.Postponed(
                pairing,
                Problem.of(
                        Kind.DEFECT,
                        "A defect of this program.",
                        pairing.registry(),
                        "report it, with the stack trace in this program's log; events and the timer come back by themselves."));
    }

    static Outcome revoked(String... removed) {
        return new Outcome.Revoked(Optional.of(PAIR), List.of(removed), List.of());
    }

    static Cluster cluster(ProvisioningState state) {
        Cluster sample = Samples.cluster();
        return Samples.cluster(sample.id(), sample.tags(), state, sample.identity(), sample.apiServer());
    }

    static Cluster cluster(PowerState power) {
        return powered(Samples.cluster(), power);
    }

    static Cluster powered(Cluster cluster, PowerState power) {
        return Samples.cluster(
                cluster.id(),
                cluster.tags(),
                cluster.state(),
                cluster.identity(),
                cluster.apiServer(),
                power,
                cluster.nodePools());
    }

    /** The sample's, whose nodes run that version of Kubernetes. */
    static Cluster running(String version) {
        Cluster sample = Samples.cluster();
        return Samples.cluster(
                sample.id(),
                sample.tags(),
                sample.state(),
                sample.identity(),
                sample.apiServer(),
                sample.power(),
                List.of(new NodePool("nodepool1", version)));
    }

    /** The sample's, after somebody disabled them. */
    static Registry takingNoArmTokens() {
        Registry sample = Samples.registry();
        return Samples.registry(
                sample.id(),
                sample.tags(),
                sample.state(),
                sample.loginServer(),
                sample.roleAssignmentMode(),
                sample.showsForeignServer(),
                false,
                sample.regionalEndpoints());
    }

    static Cluster cluster(PullIdentity identity) {
        Cluster sample = Samples.cluster();
        return Samples.cluster(sample.id(), sample.tags(), sample.state(), identity, sample.apiServer());
    }

    /** A cluster in a subscription that no rule names. */
    static Cluster elsewhere(PullIdentity identity) {
        ArmId id = ArmId.parse(CLUSTER.toString().replace(SUBSCRIPTION.toString(), ELSEWHERE.toString()));
        return Samples.cluster(id, Map.of(), ProvisioningState.SUCCEEDED, identity, Samples.API_SERVER);
    }

    /** Another cluster, with an identity of its own. */
    static Cluster cluster(String name, PullIdentity identity) {
        return cluster(name, ProvisioningState.SUCCEEDED, identity);
    }

    static Cluster cluster(String name, ProvisioningState state, PullIdentity identity) {
        return Samples.cluster(
                ArmId.parse(CLUSTER.toString().replace("aks-shop", name)),
                Samples.cluster().tags(),
                state,
                identity,
                Samples.API_SERVER);
    }

    /** As ARM shows a cluster that is managed by identities: each kubelet identity's name and object id. */
    static PullIdentity shown(Map<String, String> kubelets) {
        return PullIdentity.of(
                kubelets.entrySet().stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, each -> Optional.of(each.getValue()))),
                Optional.of("msi"));
    }
}
