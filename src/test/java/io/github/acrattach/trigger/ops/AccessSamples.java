package io.github.acrattach.trigger.ops;

import static io.github.acrattach.domain.access.Check.CREDENTIAL;
import static io.github.acrattach.domain.access.Check.EFFECTIVE;
import static io.github.acrattach.domain.access.Check.IDENTITY;
import static io.github.acrattach.domain.access.Check.NAMESPACES;
import static io.github.acrattach.domain.access.Check.NEAR_MISSES;
import static io.github.acrattach.domain.access.Check.NETWORK;
import static io.github.acrattach.domain.access.Check.OPEN_DOORS;
import static io.github.acrattach.domain.access.Check.POWER;
import static io.github.acrattach.domain.access.Check.RESOURCES;
import static io.github.acrattach.domain.access.Check.RIGHT;
import static io.github.acrattach.domain.access.Check.SIGN_IN;

import io.github.acrattach.domain.AzCommand;
import io.github.acrattach.domain.Outcome;
import io.github.acrattach.domain.Pairing;
import io.github.acrattach.domain.Problem;
import io.github.acrattach.domain.PullGrant;
import io.github.acrattach.domain.PullRight;
import io.github.acrattach.domain.PullRole;
import io.github.acrattach.domain.Samples;
import io.github.acrattach.domain.access.Check.Way;
import io.github.acrattach.domain.access.Code;
import io.github.acrattach.domain.access.Finding;
import io.github.acrattach.domain.access.Verdict;
import io.github.acrattach.usecase.VerifyPullAccess.Verified;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What was seen of a pair, by verdict. */
final class AccessSamples {

    private static final Pairing PAIR = new Pairing(Samples.CLUSTER, Samples.REGISTRY);
    private static final String AT = Samples.REGISTRY.toString();
    private static final Instant THEN = Instant.parse("2026-03-02T08:15:00Z");
    private static final Finding.By BY = new Finding.By(
            AT + "/providers/Microsoft.Authorization/roleAssignments/0c5e1f7a-2b3c-4d5e-8f60-718293a4b5c6",
            Optional.of("7d8e9f0a-1b2c-4d3e-9f40-516273849506"),
            Optional.of(THEN));
    private static final PullGrant READER =
            new PullGrant(Samples.CLUSTER, Samples.REGISTRY, Samples.KUBELET, PullRole.REPOSITORY_READER);
    private static final Finding HELD = Finding.ok(RIGHT, "AcrPull at " + AT).by(BY);
    static final PullRight.Given GIVEN = Samples.given(Samples.assignment(Samples.KUBELET, PullRole.ACR_PULL, AT, ""));

    private AccessSamples() {}

    /** It holds the role that the registry's mode ignores, and its nodes could not get there either. */
    static Verified missing() {
        return verified(
                Way.ROLE,
                Optional.empty(),
                List.of(
                        Finding.fails(
                                RIGHT,
                                Code.NO_RIGHT,
                                "1 role assignment, which does not let it pull, reaches " + Samples.KUBELET,
                                "The identity that aks-shop pulls with has no role at acrshop or above it that lets it pull.",
                                AzCommand.grantPull(READER)),
                        Finding.fails(
                                        NEAR_MISSES,
                                        Code.REGISTRY_MODE_IGNORES_ROLE,
                                        "AcrPull at " + AT,
                                        "The cluster's identity holds AcrPull, which lets nobody pull from acrshop: the"
                                                + " registry is in ABAC mode (RBAC Registry + ABAC Repository Permissions),"
                                                + " which honours Container Registry Repository Reader instead.",
                                        AzCommand.grantPull(READER))
                                .by(BY),
                        Finding.skipped(EFFECTIVE, "there is no right"),
                        Finding.fails(
                                NETWORK,
                                Code.PUBLIC_ACCESS_OFF,
                                "publicNetworkAccess Disabled, 0 private endpoints",
                                "acrshop cannot be reached from the internet, and there is no other way in.",
                                "az acr update --name \"acrshop\" --public-network-enabled true   (or, so that it stays off,"
                                        + " make a private endpoint: az network private-endpoint create --name"
                                        + " \"pe-acrshop\")")),
                withoutSecret());
    }

    static Verified blocked() {
        return verified(
                Way.ROLE,
                Optional.empty(),
                List.of(
                        HELD,
                        Finding.skipped(NEAR_MISSES, "the right is there"),
                        Finding.ok(EFFECTIVE, "given at 2026-03-02T08:15:00Z, longer ago than a change of roles takes"),
                        Finding.fails(
                                NETWORK,
                                Code.FIREWALL_KEEPS_CLUSTER_OUT,
                                "defaultAction Deny, 1 rule",
                                "The firewall of acrshop keeps aks-shop out: the cluster comes from 20.1.2.3, which no rule"
                                        + " lets in.",
                                "az acr network-rule add --name \"acrshop\" --ip-address \"20.1.2.3\"")),
                withoutSecret());
    }

    static Verified granted() {
        return verified(
                Way.ROLE,
                Optional.of(Instant.parse("2026-03-02T09:15:00.123Z")),
                List.of(
                        HELD,
                        Finding.skipped(NEAR_MISSES, "the right is there"),
                        Finding.unknown(
                                EFFECTIVE,
                                Code.NOT_EFFECTIVE_YET,
                                "given at 2026-03-02T08:15:00Z",
                                "The role was given at 2026-03-02T08:15:00Z. That usually holds within 10 minutes, and at"
                                        + " the latest at 2026-03-02T09:15:00Z.",
                                "Wait; a pod that waits in ImagePullBackOff tries again by itself."),
                        Finding.ok(NETWORK, "open to the internet")),
                withoutSecret());
    }

    static Verified conditional() {
        return verified(
                Way.ROLE,
                Optional.empty(),
                List.of(
                        Finding.noted(
                                        RIGHT,
                                        Code.ONLY_SOME_REPOSITORIES,
                                        "Container Registry Repository Reader at " + AT,
                                        "The cluster can pull only repositories that start with team/.")
                                .by(BY)
                                .fix("az rest --method GET --url \"" + BY.id() + "?api-version=2022-04-01\"   (its"
                                        + " condition; ask whoever set it to widen it: az role assignment update)"),
                        Finding.skipped(NEAR_MISSES, "the right is there"),
                        Finding.ok(EFFECTIVE, "given at 2026-03-02T08:15:00Z, longer ago than a change of roles takes"),
                        Finding.ok(NETWORK, "open to the internet")),
                withoutSecret());
    }

    /** By its pull secret, which was tried. */
    static Verified effective() {
        return verified(
                Way.SECRET,
                Optional.empty(),
                List.of(
                        Finding.skipped(RIGHT, "a pull secret is to let the cluster in"),
                        Finding.ok(NETWORK, "open to the internet")),
                List.of(
                        Finding.ok(
                                        CREDENTIAL,
                                        "pulled at 2026-03-02T08:15:00Z from acrshop.azurecr.io, valid until"
                                                + " 2026-05-31T08:15:00Z")
                                .proven(THEN),
                        Finding.noted(
                                NAMESPACES,
                                Code.SECRET_NOT_REFERENCED,
                                "not referred to: batch (by no service account)",
                                "In batch no service account refers to the secret acr-attach-acrshop."),
                        Finding.ok(
                                NAMESPACES,
                                "secret acr-attach-acrshop in batch (by no service account), shop (by" + " default)")));
    }

    /** This program may not read the assignments. */
    static Verified unknown() {
        return verified(
                Way.ROLE,
                Optional.empty(),
                List.of(
                        Finding.unknown(RIGHT, Code.ASSIGNMENTS_NOT_READABLE, mayNotRead()),
                        Finding.skipped(NEAR_MISSES, "whether the right is there is not known"),
                        Finding.skipped(EFFECTIVE, "whether the right is there is not known"),
                        Finding.ok(NETWORK, "open to the internet")),
                withoutSecret());
    }

    /** Azure asks to slow down. */
    static Verified unanswered() {
        Problem busy = new Problem(
                Problem.Kind.THROTTLED,
                "Azure asks to slow down.",
                Optional.of("Microsoft.ContainerService/managedClusters/read"),
                Optional.of(Samples.CLUSTER.toString()),
                Optional.empty(),
                Problem.WAITING_HELPS);
        return new Verified(
                PAIR,
                Verdict.of(
                        List.of(Finding.unknown(
                                RESOURCES, Code.AZURE_DID_NOT_ANSWER, "nothing", busy.cause(), "Ask again.")),
                        Way.ROLE,
                        Optional.empty()),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(new Outcome.Postponed(PAIR, busy, Optional.of(Duration.ofSeconds(17)))));
    }

    static Verified absent() {
        return new Verified(
                PAIR,
                Verdict.of(
                        List.of(Finding.fails(
                                RESOURCES,
                                Code.CLUSTER_NOT_FOUND,
                                "no cluster",
                                "There is no cluster " + Samples.CLUSTER + ".",
                                AzCommand.find(Samples.CLUSTER) + "   (lists those of this name in other groups)")),
                        Way.ROLE,
                        Optional.empty()),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static Problem mayNotRead() {
        String action = "Microsoft.Authorization/roleAssignments/read";
        return new Problem(
                Problem.Kind.MISSING_RIGHT,
                "This program lacks the right to read role assignments.",
                Optional.of(action),
                Optional.of(AT),
                Optional.of("b7e2c9d4-1a3f-4c5e-8b6d-0f1e2d3c4b5a"),
                AzCommand.allow(action, AT, Optional.of("b7e2c9d4-1a3f-4c5e-8b6d-0f1e2d3c4b5a")));
    }

    private static List<Finding> withoutSecret() {
        return Stream.of(CREDENTIAL, NAMESPACES)
                .map(check ->
                        Finding.skipped(check, "there is no credential of this program's, and no rule asks for one"))
                .toList();
    }

    private static Verified verified(
            Way meant, Optional<Instant> effectiveBy, List<Finding> findings, List<Finding> ofSecret) {
        List<Finding> all = Stream.of(
                        List.of(
                                Finding.ok(RESOURCES, "cluster succeeded, registry succeeded"),
                                Finding.ok(POWER, "running, last operation succeeded"),
                                Finding.ok(IDENTITY, "kubelet " + Samples.KUBELET)),
                        findings,
                        List.of(
                                Finding.ok(SIGN_IN, "takes tokens for ARM"),
                                Finding.ok(OPEN_DOORS, "anonymous pull off, admin user off")),
                        ofSecret)
                .flatMap(List::stream)
                .toList();
        return new Verified(
                PAIR,
                Verdict.of(all, meant, effectiveBy),
                Optional.of(Samples.registry()),
                findings.contains(HELD) ? Optional.of(GIVEN) : Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
