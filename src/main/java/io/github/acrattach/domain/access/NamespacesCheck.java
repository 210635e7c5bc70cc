package io.github.acrattach.domain.access;

import static io.github.acrattach.domain.access.Check.NAMESPACES;

import io.github.acrattach.domain.ClusterNamespace;
import io.github.acrattach.domain.Held;
import io.github.acrattach.domain.HeldComparison;
import io.github.acrattach.domain.HeldState;
import io.github.acrattach.domain.Problem;
import io.github.acrattach.domain.SecretFacts;
import io.github.acrattach.domain.SecretPlan;
import io.github.acrattach.domain.SecretProblems;
import io.github.acrattach.domain.SecretStatus;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Whether each namespace that is to hold a pull secret does, and which service accounts refer to it. */
final class NamespacesCheck {

    /** The own right is missing, which says nothing about whether the cluster can be reached. */
    private static final Set<Problem.Kind> OWN_RIGHT = Set.of(
            Problem.Kind.MISSING_RIGHT,
            Problem.Kind.CONDITION_NOT_FULFILLED,
            Problem.Kind.DENY_ASSIGNMENT,
            Problem.Kind.MISSING_KUBERNETES_RIGHT);

    private final SecretFacts facts;
    private final boolean formerPulls;
    private final List<String> hosts;
    private final List<ClusterNamespace> meant;
    private final Map<HeldState, List<ClusterNamespace>> byState;
    private final List<ClusterNamespace> working;

    private NamespacesCheck(SecretFacts facts, boolean formerPulls, Optional<String> host) {
        this.facts = facts;
        this.formerPulls = formerPulls;
        hosts = host.map(List::of).orElseGet(() -> facts.registry().loginServers());
        meant = facts.namespacesSeen()
                .filter(namespace -> facts.concerns(namespace) && !namespace.terminating())
                .sorted(Comparator.comparing(ClusterNamespace::name))
                .toList();
        HeldComparison comparison =
                new HeldComparison(facts, SecretPlan.status(facts).map(SecretStatus::password));
        byState = meant.stream()
                .collect(Collectors.groupingBy(
                        comparison::state, () -> new EnumMap<>(HeldState.class), Collectors.toList()));
        working = byState.entrySet().stream()
                .flatMap(each -> each.getValue().stream().filter(namespace -> isWorking(namespace, each.getKey())))
                .sorted(Comparator.comparing(ClusterNamespace::name))
                .toList();
    }

    /**
     * One for each kind of trouble, and one for the namespaces that are as they should be.
     *
     * @param formerPulls whether the registry lets in what was made while it had another id
     * @param host the login server that is to be opened; empty where all are
     */
    static Stream<Finding> of(SecretFacts facts, boolean formerPulls, Optional<String> host) {
        return facts.namespaces()
                .fold(
                        all -> new NamespacesCheck(facts, formerPulls, host).findings(),
                        () -> Stream.of(Finding.skipped(NAMESPACES, "the cluster is gone")),
                        problem -> Stream.of(Finding.unknown(NAMESPACES, code(problem), problem)));
    }

    static Code code(Problem problem) {
        return OWN_RIGHT.contains(problem.kind()) ? Code.NAMESPACE_NOT_READABLE : Code.CLUSTER_NOT_REACHABLE;
    }

    private Stream<Finding> findings() {
        if (meant.isEmpty()) {
            Problem none = SecretProblems.noNamespace(facts);
            return Stream.of(Finding.fails(
                    NAMESPACES, Code.SECRET_ABSENT, "no namespace that is meant", none.cause(), none.fix()));
        }
        return Stream.of(
                        fails(
                                HeldState.ABSENT,
                                Code.SECRET_ABSENT,
                                "without the secret",
                                "There is no pull secret in %s."),
                        fails(
                                HeldState.EDITED,
                                Code.SECRET_EDITED,
                                "edited",
                                "Somebody edited the pull secret in %s: its content is not what was written there."),
                        outdated(),
                        formerPulls
                                ? Stream.<Finding>of()
                                : fails(
                                        HeldState.FORMER,
                                        Code.SECRET_OUTDATED,
                                        "of the registry's former id",
                                        "The pull secret in %s was made before the registry was moved, and does not open it"
                                                + " any more, as far as is known."),
                        notCovered(),
                        foreign(),
                        hidden(),
                        previous(),
                        new ReferenceFindings(facts, working).all())
                .flatMap(each -> each);
    }

    private Stream<ClusterNamespace> in(HeldState state) {
        return byState.getOrDefault(state, List.of()).stream();
    }

    /** Where pods pull with what stands there. */
    private boolean isWorking(ClusterNamespace namespace, HeldState state) {
        return switch (state) {
            case CURRENT, PREVIOUS -> true;
            case FORMER -> formerPulls;
            case OTHER_LOGIN_SERVERS -> missing(namespace).isEmpty();
            default -> false;
        };
    }

    private Stream<Finding> fails(HeldState state, Code code, String seen, String cause) {
        List<ClusterNamespace> these = in(state).toList();
        return these.isEmpty()
                ? Stream.of()
                : Stream.of(Finding.fails(
                        NAMESPACES,
                        code,
                        seen + ": " + NameList.ofNamespaces(these),
                        cause.formatted(NameList.ofNamespaces(these)) + elsewhere(),
                        SecretProblems.attach(facts.key().pairing())));
    }

    /** That pods of other namespaces pull, so that nobody looks for what they do not lack. */
    private String elsewhere() {
        return working.isEmpty() ? "" : " It stands as it should in " + NameList.ofNamespaces(working) + ".";
    }

    /** What is valid only the credential tells. */
    private Stream<Finding> outdated() {
        List<ClusterNamespace> these = in(HeldState.OUTDATED).toList();
        return facts.credential()
                .denied()
                .filter(problem -> !these.isEmpty())
                .map(problem -> Stream.of(Finding.unknown(
                        NAMESPACES,
                        Code.CREDENTIAL_NOT_READABLE,
                        "not compared: " + NameList.ofNamespaces(these),
                        "Whether the pull secret in " + NameList.ofNamespaces(these)
                                + " is of a valid password cannot be told without the credential, which this program"
                                + " may not read.",
                        problem.fix())))
                .orElseGet(
                        () -> fails(
                                HeldState.OUTDATED,
                                Code.SECRET_OUTDATED,
                                "of an older password",
                                "The pull secret in %s is of a password that is not valid any more, or of another credential."));
    }

    /** A kubelet takes an entry for the very host that the image is named by. */
    private Stream<Finding> notCovered() {
        List<ClusterNamespace> these = in(HeldState.OTHER_LOGIN_SERVERS)
                .filter(namespace -> !missing(namespace).isEmpty())
                .toList();
        List<String> servers = these.stream()
                .flatMap(namespace -> missing(namespace).stream())
                .distinct()
                .toList();
        return these.isEmpty()
                ? Stream.of()
                : Stream.of(Finding.fails(
                        NAMESPACES,
                        Code.LOGIN_SERVER_NOT_COVERED,
                        "without " + NameList.of(servers) + ": " + NameList.ofNamespaces(these),
                        "The pull secret in " + NameList.ofNamespaces(these)
                                + " does not open all login servers of the registry: an image"
                                + " that is named by " + NameList.of(servers) + " is pulled without a password there."
                                + elsewhere(),
                        SecretProblems.attach(facts.key().pairing())));
    }

    private List<String> missing(ClusterNamespace namespace) {
        return namespace.held() instanceof Held.Ours ours
                ? hosts.stream()
                        .filter(host -> !ours.loginServers().contains(host))
                        .toList()
                : hosts;
    }

    private Stream<Finding> foreign() {
        List<ClusterNamespace> these = in(HeldState.FOREIGN).toList();
        return these.stream()
                .limit(1)
                .flatMap(first -> first.held().obstacle(facts.key().pairing(), first.name(), first.secret()).stream())
                .flatMap(outcome -> outcome.problem().stream())
                .map(problem -> Finding.fails(
                        NAMESPACES,
                        Code.SECRET_OF_SOMEBODY_ELSE,
                        "somebody else's: " + NameList.ofNamespaces(these),
                        problem.cause() + elsewhere(),
                        problem.fix()));
    }

    private Stream<Finding> hidden() {
        List<ClusterNamespace> these = in(HeldState.HIDDEN).toList();
        return these.stream()
                .limit(1)
                .flatMap(
                        first -> first.held() instanceof Held.Hidden hidden ? Stream.of(hidden.problem()) : Stream.of())
                .map(problem -> Finding.unknown(
                        NAMESPACES,
                        Code.NAMESPACE_NOT_READABLE,
                        "not readable: " + NameList.ofNamespaces(these),
                        problem.cause(),
                        problem.fix()));
    }

    private Stream<Finding> previous() {
        List<ClusterNamespace> these = in(HeldState.PREVIOUS).toList();
        return these.isEmpty()
                ? Stream.of()
                : Stream.of(Finding.noted(
                                NAMESPACES,
                                Code.SECRET_OF_PREVIOUS_PASSWORD,
                                "of the previous password: " + NameList.ofNamespaces(these),
                                "The pull secret in " + NameList.ofNamespaces(these)
                                        + " is of the password before the newest: it is valid still, and"
                                        + " pulls stop when it expires.")
                        .fix(SecretProblems.attach(facts.key().pairing())));
    }
}
