package io.github.acrattach.emulator.arm.resources;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.emulator.arm.ArmError;
import io.github.acrattach.emulator.arm.Page;
import io.github.acrattach.emulator.arm.ResourceEvent;
import io.github.acrattach.emulator.arm.Route;
import io.github.acrattach.emulator.arm.authorization.Rights;
import io.github.acrattach.emulator.arm.authorization.RoleAssignmentProvider;
import io.github.acrattach.emulator.arm.authorization.RoleAssignments;
import io.github.acrattach.emulator.estate.Deployment;
import io.github.acrattach.emulator.estate.Directory;
import io.github.acrattach.emulator.estate.Estate;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** All providers of resources together, and the estate they start from. */
public final class ResourceProviders implements RoleAssignmentProvider.Targets {
    private final ResourceStore store = new ResourceStore();
    private final ResourceStore children = new ResourceStore();
    private final ResourceGroups groups;
    private final Lifecycle lifecycle;
    private final ManagedClusters clusters;
    private final Registries registries;
    private final List<NetworkResource> network = NetworkResource.all();
    private final RegistryAccess access;
    private final List<Route> routes = new ArrayList<>();
    private final Map<String, ResourceEvent> early = new ConcurrentHashMap<>();

    public ResourceProviders(
            Estate estate,
            Directory directory,
            RoleAssignments assignments,
            Rights rights,
            Page page,
            Duration clusterCreation,
            Clock clock,
            ScheduledExecutorService timer,
            Consumer<ResourceEvent> events,
            UnaryOperator<ObjectNode> addressedClusters) {
        groups = new ResourceGroups(page, events);
        clusters = new ManagedClusters(estate.tenant().id(), clusterCreation, clock, addressedClusters);
        registries = new Registries(store, estate.tenant().id());
        AsyncOperations operations = new AsyncOperations();
        Locks locks = new Locks(estate.locks());
        lifecycle = new Lifecycle(
                store, children, groups, locks, new Creations(timer), operations, directory, assignments, events);
        routes.addAll(new Subscriptions(estate.tenant(), estate.subscriptions(), rights).routes());
        routes.addAll(groups.routes());
        routes.addAll(new GenericResources(store, groups, page).routes());
        routes.addAll(new ResourceProvider(clusters, lifecycle, page).routes());
        routes.addAll(new ClusterPower(clusters, lifecycle).routes());
        routes.addAll(new ResourceProvider(registries, lifecycle, page).routes());
        network.forEach(type -> routes.addAll(new ResourceProvider(type, lifecycle, page).routes()));
        routes.add(new Subnets(store, groups).route());
        access = new RegistryAccess(registries, lifecycle, page, clock);
        routes.addAll(access.routes());
        routes.addAll(new Moves(lifecycle, registries, access).routes());
        routes.addAll(new Tags(lifecycle).routes());
        routes.add(new GroupDeletion(lifecycle).route());
        routes.add(new NameAvailability(registries).route());
        routes.addAll(operations.routes());
    }

    public List<Route> routes() {
        return routes;
    }

    public ResourceStore store() {
        return store;
    }

    public RegistryAccess access() {
        return access;
    }

    /** The body of a resource, or of a scope map or a token of a registry. */
    public Optional<ObjectNode> find(String id) {
        return store.get(id).or(() -> children.get(id));
    }

    /** A resource that somebody else made, as ARM shows it; what was there by its id is replaced, and no event tells of it. */
    public ObjectNode plant(ObjectNode body) {
        deploy(Deployment.of(body));
        return body;
    }

    /** Changes a resource as no call of ARM would: what is null goes away, and no event tells of it. */
    public ObjectNode change(String id, ObjectNode changes) {
        if (!store.replace(id, body -> Patch.of(body, changes))) {
            throw new IllegalArgumentException("There is no resource " + id);
        }
        return store.get(id).orElseThrow();
    }

    public ResourceGroups groups() {
        return groups;
    }

    /** Forgets everything and begins again with the estate, its late resources included. */
    public void load(Estate estate) {
        synchronized (lifecycle) {
            lifecycle.creations().cancelAll();
            lifecycle.operations().clear();
            early.clear();
            store.clear();
            children.clear();
            access.clear();
            groups.clear();
            estate.resourceGroups()
                    .forEach(group -> groups.add(group.subscriptionId(), group.name(), group.location()));
            estate.resources().forEach(this::deploy);
        }
    }

    /** The events that went out before their resources were ready, as long as those are not. */
    public List<ResourceEvent> announcedEarly() {
        return List.copyOf(early.values());
    }

    /** Tells of what somebody did to one of them. */
    public void announce(ResourceEvent event) {
        lifecycle.announce(event);
    }

    @Override
    public void checkExists(String scope) {
        if (scope.isEmpty()) {
            return;
        }
        String[] segments = scope.split("/");
        if (segments.length > 4) {
            groups.existing(segments[2], segments[4]);
        }
        if (segments.length > 5 && store.get(scope).isEmpty()) {
            Optional<ResourceId> id = ResourceId.parse(scope);
            throw ArmError.resourceNotFound(
                    id.map(resource -> resource.type() + "/" + resource.name()).orElse(scope), segments[4]);
        }
        if (!segments[1].equalsIgnoreCase("subscriptions")) {
            throw ArmError.notFound("InvalidScope", "The scope '" + scope + "' is not valid.");
        }
    }

    @Override
    public void checkLocks(String id, boolean delete) {
        lifecycle.checkLocks(id, delete);
    }

    private void deploy(Deployment deployment) {
        ObjectNode body = deployment.body();
        String id = body.path("id").asText();
        ResourceId parsed = ResourceId.parse(id)
                .orElseThrow(() -> new IllegalArgumentException(
                        "The estate's resource id " + id + " is not one of a resource in a resource group"));
        ResourceType type = Stream.concat(Stream.<ResourceType>of(clusters, registries), network.stream())
                .filter(each -> each.path().equalsIgnoreCase(parsed.type()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("The emulator has no resource type " + parsed.type()));
        groups.add(parsed.subscription(), parsed.group(), body.path("location").asText());
        if (deployment.readyAfter().isZero()) {
            store.put(body);
            return;
        }
        ResourceEvent event = ResourceEvent.created(id, type.path() + "/write", Optional.empty());
        if (deployment.announceEarly()) {
            early.put(ResourceId.key(id), event);
            lifecycle.announce(event);
        }
        lifecycle.begin(type.unfinished(body), body, deployment.readyAfter(), () -> {
            if (early.remove(ResourceId.key(id)) == null) {
                lifecycle.announce(event);
            }
        });
    }
}
