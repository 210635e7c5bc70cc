package io.github.acrattach.domain.access;

import io.github.acrattach.domain.Cluster;
import io.github.acrattach.domain.NodeSignIn;
import io.github.acrattach.domain.Problem;
import io.github.acrattach.domain.PullRole;
import io.github.acrattach.domain.Registry;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Whether nodes that have the right can sign in with what they hold. */
final class SignInChecks {

    /** So long a credential from before a switch of the mode may be held, and be refused. */
    private static final Duration HELD = Duration.ofHours(3);

    /** Whose clock is further ahead does not tell the time. */
    private static final Duration AHEAD = Duration.ofHours(1);

    private SignInChecks() {}

    static List<Finding> of(Cluster cluster, Registry registry, Instant now) {
        List<Finding> findings = Stream.of(tokens(cluster, registry), changed(cluster, registry, now))
                .flatMap(Optional::stream)
                .toList();
        return findings.isEmpty() ? List.of(Finding.ok(Check.SIGN_IN, policy(registry))) : findings;
    }

    private static Optional<Finding> tokens(Cluster cluster, Registry registry) {
        return NodeSignIn.problem(cluster, registry)
                .map(problem -> problem.kind() == Problem.Kind.ARM_TOKENS_REFUSED
                        ? Finding.fails(
                                Check.SIGN_IN,
                                Code.ARM_TOKENS_REFUSED,
                                policy(registry),
                                problem.cause(),
                                problem.fix())
                        : Finding.unknown(
                                Check.SIGN_IN,
                                Code.ARM_TOKENS_DOUBTFUL,
                                policy(registry),
                                problem.cause(),
                                problem.fix()));
    }

    /** Any change counts: ARM does not tell of which property. */
    private static Optional<Finding> changed(Cluster cluster, Registry registry, Instant now) {
        return registry.changedOn()
                .filter(changed -> registry.pullRole()
                        .filter(PullRole.REPOSITORY_READER::equals)
                        .isPresent())
                .filter(changed -> changed.isAfter(now.minus(HELD)) && changed.isBefore(now.plus(AHEAD)))
                .map(changed -> Finding.noted(
                                Check.SIGN_IN,
                                Code.REGISTRY_CHANGED_RECENTLY,
                                "ABAC mode, changed at " + changed.truncatedTo(ChronoUnit.SECONDS),
                                registry.id().name() + " was changed less than three hours ago, and it may have been"
                                        + " switched to ABAC mode then. If so, the registry refuses with 401 what nodes"
                                        + " signed in with before, though the right is there; kubelets that have pulled"
                                        + " from it hold on to that for an hour, and the refusals can go on for hours."
                                        + " New pods do not mend it, a kubelet that is started anew does.")
                        .fix(new NetworkCommands(cluster, registry).restartKubelets()
                                + "   (only where pulls fail with 401; it starts the kubelet of each Linux node anew, and"
                                + " leaves the pods alone)"));
    }

    private static String policy(Registry registry) {
        return "azureADAuthenticationAsArmPolicy " + (registry.takesArmTokens() ? "enabled" : "disabled");
    }
}
