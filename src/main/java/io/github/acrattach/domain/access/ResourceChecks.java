package io.github.acrattach.domain.access;

import static io.github.acrattach.domain.access.Check.RESOURCES;

import io.github.acrattach.domain.ArmId;
import io.github.acrattach.domain.AzCommand;
import io.github.acrattach.domain.Cluster;
import io.github.acrattach.domain.Lookup;
import io.github.acrattach.domain.Pairing;
import io.github.acrattach.domain.Problem;
import io.github.acrattach.domain.ProvisioningState;
import io.github.acrattach.domain.Registry;
import io.github.acrattach.domain.StateProblems;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Whether cluster and registry are there, and whether they are ready. */
public final class ResourceChecks {

    private ResourceChecks() {}

    /**
     * Whatever is wrong with either; one finding that both are there where nothing is.
     *
     * @param namesakes the registries of the same name elsewhere, where the registry was not found and they were looked for
     */
    public static List<Finding> of(
            Pairing pairing, Lookup<Cluster> cluster, Lookup<Registry> registry, List<ArmId> namesakes) {
        List<Finding> troubles = Stream.concat(
                        ofCluster(pairing.cluster(), cluster).stream(),
                        ofRegistry(pairing, registry, namesakes).stream())
                .toList();
        String seen =
                "cluster " + state(cluster.map(Cluster::state)) + ", registry " + state(registry.map(Registry::state));
        return troubles.isEmpty() ? List.of(Finding.ok(RESOURCES, seen)) : troubles;
    }

    private static Optional<Finding> ofCluster(ArmId id, Lookup<Cluster> cluster) {
        return cluster.fold(
                there -> there.state() == ProvisioningState.DELETING
                        ? Optional.of(deleting(Code.CLUSTER_DELETING, "The cluster ", id, AzCommand.showCluster(id)))
                        : Optional.empty(),
                () -> Optional.of(notFound(Code.CLUSTER_NOT_FOUND, "cluster", id)),
                problem -> Optional.of(denied(Code.CLUSTER_NOT_READABLE, "cluster", problem)));
    }

    private static Optional<Finding> ofRegistry(Pairing pairing, Lookup<Registry> registry, List<ArmId> namesakes) {
        ArmId id = pairing.registry();
        return registry.fold(
                ResourceChecks::ofState,
                () -> Optional.of(
                        namesakes.isEmpty()
                                ? notFound(Code.REGISTRY_NOT_FOUND, "registry", id)
                                : moved(pairing, namesakes)),
                problem -> Optional.of(denied(Code.REGISTRY_NOT_READABLE, "registry", problem)));
    }

    private static Optional<Finding> ofState(Registry registry) {
        ArmId id = registry.id();
        if (registry.state() == ProvisioningState.DELETING) {
            return Optional.of(deleting(Code.REGISTRY_DELETING, "The registry ", id, AzCommand.showRegistry(id)));
        }
        boolean isNameless = registry.loginServer().isEmpty() && !registry.showsForeignServer();
        if (registry.state() == ProvisioningState.CREATING
                || isNameless && registry.state().goesOn()) {
            return Optional.of(Finding.fails(
                    RESOURCES,
                    Code.REGISTRY_NOT_READY,
                    "registry " + registry.state().told() + (isNameless ? ", no login server" : ""),
                    "The registry " + id.name() + " cannot be pulled from yet: Azure is still making it.",
                    AzCommand.showRegistry(id) + "   (shows when it is done; nothing else is needed)"));
        }
        if (isNameless && registry.state() == ProvisioningState.FAILED) {
            return Optional.of(Finding.fails(
                    RESOURCES,
                    Code.REGISTRY_NOT_READY,
                    "registry " + registry.state().told() + ", no login server",
                    "The registry " + id.name()
                            + " has no login server to pull from: Azure's last operation on it failed or"
                            + " was canceled.",
                    "az acr update" + AzCommand.which(id) + "   (has Azure do it again, without a change)"));
        }
        return registry.loginServer().isEmpty()
                ? Optional.of(noted(StateProblems.noLoginServer(registry)))
                : Optional.empty();
    }

    private static Finding noted(Problem problem) {
        return Finding.noted(
                        RESOURCES, Code.LOGIN_SERVER_NOT_OWN, "no login server of the registry's own", problem.cause())
                .fix(problem.fix());
    }

    private static Finding notFound(Code code, String what, ArmId id) {
        return Finding.fails(
                RESOURCES,
                code,
                "no " + what,
                "There is no " + what + " " + id + ": it was deleted or moved, or the id is not quite right.",
                AzCommand.find(id) + "   (lists those of this name in other groups of the subscription)");
    }

    private static Finding denied(Code code, String what, Problem problem) {
        return Finding.unknown(RESOURCES, code, what + " not readable", problem.cause(), problem.fix());
    }

    private static Finding deleting(Code code, String what, ArmId id, String show) {
        return Finding.fails(
                RESOURCES,
                code,
                ProvisioningState.DELETING.told(),
                what + id.name() + " is being deleted.",
                show + "   (shows how far it is; nothing brings it back but making it again)");
    }

    private static Finding moved(Pairing pairing, List<ArmId> namesakes) {
        ArmId id = pairing.registry();
        return Finding.fails(
                RESOURCES,
                Code.REGISTRY_MOVED,
                "no registry here, one of the same name elsewhere",
                "There is no registry " + id + " any more, and there is "
                        + namesakes.stream().map(ArmId::toString).collect(Collectors.joining(", "))
                        + ": one that is moved gets another id, and the roles that were given at the former one do not come"
                        + " with it.",
                "GET /api/access?cluster=" + pairing.cluster() + "&registry=" + namesakes.get(0)
                        + "   (asks for where it is now)");
    }

    private static String state(Lookup<ProvisioningState> state) {
        return state.found().map(ProvisioningState::told).orElse("not seen");
    }
}
