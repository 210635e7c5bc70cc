package io.github.acrattach.domain;

import static io.github.acrattach.domain.Problem.Kind.ARM_TOKENS_DOUBTFUL;
import static io.github.acrattach.domain.Problem.Kind.ARM_TOKENS_REFUSED;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Whether nodes that hold the pull role can sign in at a registry that takes no tokens for ARM. A node signs in with a token
 * of its managed identity, and until the spring of 2025 the kubelet's credential provider asked for one that is meant for ARM.
 * The change came with its versions 1.29.14, 1.30.11, 1.31.5 and 1.32.4, and is in each of 1.33
 * (github.com/kubernetes-sigs/cloud-provider-azure, pull requests 8696 to 8699). AKS puts it onto a node when the node is
 * made, so that of those minor versions no version of Kubernetes tells which one a node has. A node of a cluster with a
 * service principal sends client id and secret, and needs no token.
 */
public final class NodeSignIn {

    private static final int LAST_WITHOUT = 28;
    private static final int FIRST_WITH = 33;
    private static final Pattern VERSION = Pattern.compile("1\\.(\\d{1,4})(?:\\.\\d{1,6})?");

    private NodeSignIn() {}

    /** What is to be known beside the grant, if anything. */
    public static List<Problem> notes(Facts facts) {
        return facts
                .cluster()
                .found()
                .flatMap(cluster -> facts.registry().found().flatMap(registry -> problem(cluster, registry)))
                .stream()
                .toList();
    }

    /** What keeps nodes from signing in, or may do so, if anything. */
    public static Optional<Problem> problem(Cluster cluster, Registry registry) {
        if (registry.takesArmTokens() || !(cluster.identity() instanceof PullIdentity.Kubelet)) {
            return Optional.empty();
        }
        String shut = named(cluster, NodeSignIn::isOld);
        if (!shut.isEmpty()) {
            return Optional.of(Problem.of(
                    ARM_TOKENS_REFUSED,
                    "Nodes of " + cluster.id().name() + " cannot sign in at "
                            + registry.id().name() + ", role or not:"
                            + " they come with a token for Azure Resource Manager, as all do whose Kubernetes is older than"
                            + " 1.29, and the registry takes none (its policy azureADAuthenticationAsArmPolicy is"
                            + " disabled). They are those of the node pools " + shut + '.',
                    registry.id(),
                    fix(
                            cluster,
                            registry,
                            "or, so that it stays disabled, upgrade these node pools: az aks upgrade"
                                    + " --kubernetes-version \"<1.33 or newer>\"")));
        }
        String doubtful = named(cluster, version -> !isOld(version) && !isNew(version));
        return doubtful.isEmpty() && !cluster.nodePools().isEmpty()
                ? Optional.empty()
                : Optional.of(Problem.of(
                        ARM_TOKENS_DOUBTFUL,
                        "Some nodes of " + cluster.id().name() + " may be unable to sign in at "
                                + registry.id().name() + ", role or not: the registry takes no token for Azure Resource"
                                + " Manager (its policy azureADAuthenticationAsArmPolicy is disabled), and nodes that were"
                                + " made before the spring of 2025 come with one. Azure does not show how these do: "
                                + (doubtful.isEmpty()
                                        ? "it shows no node pools"
                                        : "those of the node pools " + doubtful)
                                + '.',
                        registry.id(),
                        fix(
                                cluster,
                                registry,
                                "only where pulls fail with 401; or, so that it stays disabled, have the nodes made anew:"
                                        + " az aks upgrade --node-image-only")));
    }

    private static String fix(Cluster cluster, Registry registry, String otherwise) {
        return "az acr config authentication-as-arm update --registry \""
                + registry.id().name() + "\" --resource-group \""
                + registry.id().resourceGroup() + "\" --subscription \""
                + registry.id().subscription() + "\" --status enabled   (" + otherwise
                + AzCommand.which(cluster.id()) + ")";
    }

    private static String named(Cluster cluster, Predicate<String> which) {
        return cluster.nodePools().stream()
                .filter(pool -> which.test(pool.version()))
                .map(pool -> pool.name() + " ("
                        + (VERSION.matcher(pool.version()).matches() ? pool.version() : "of an unknown version") + ")")
                .collect(Collectors.joining(", "));
    }

    private static boolean isOld(String version) {
        return minor(version).filter(minor -> minor <= LAST_WITHOUT).isPresent();
    }

    private static boolean isNew(String version) {
        return minor(version).filter(minor -> minor >= FIRST_WITH).isPresent();
    }

    /** Of a version of Kubernetes 1; empty where it is none. */
    static Optional<Integer> minor(String version) {
        Matcher matcher = VERSION.matcher(version);
        return matcher.matches() ? Optional.of(Integer.valueOf(matcher.group(1))) : Optional.empty();
    }
}
