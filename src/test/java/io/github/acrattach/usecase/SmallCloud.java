package io.github.acrattach.usecase;

import io.github.acrattach.domain.ArmId;
import io.github.acrattach.domain.Authorship;
import io.github.acrattach.domain.Cluster;
import io.github.acrattach.domain.DirectoryPrincipal;
import io.github.acrattach.domain.Lookup;
import io.github.acrattach.domain.Password;
import io.github.acrattach.domain.PrincipalKind;
import io.github.acrattach.domain.Problem;
import io.github.acrattach.domain.PullGrant;
import io.github.acrattach.domain.Registry;
import io.github.acrattach.domain.RoleAssignment;
import io.github.acrattach.domain.RoleDefinition;
import io.github.acrattach.domain.Samples;
import io.github.acrattach.port.Clusters;
import io.github.acrattach.port.Directory;
import io.github.acrattach.port.RegionalEndpoints;
import io.github.acrattach.port.Registries;
import io.github.acrattach.port.RoleAssignments;
import io.github.acrattach.port.RoleDefinitions;
import io.github.acrattach.port.Subscriptions;
import io.github.acrattach.port.Tenants;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Azure Resource Manager and the directory: what is made is then seen, and troubles come as they are told to. */
final class SmallCloud implements RoleAssignments, RoleDefinitions, Directory, Subscriptions, Tenants {

    static final Problem NOT_LISTED = Samples.problem(Problem.Kind.GRANT_NOT_LISTED);

    private static final UUID TENANT = UUID.fromString("6d1f0a52-7c3b-4e8d-9a41-2b5c7d9e0f31");

    final Troubles troubles = new Troubles();

    /** By what each is called in lower case, as ARM does not keep to one spelling. */
    private final Map<String, Cluster> clusters = new ConcurrentSkipListMap<>();

    private final Map<String, Registry> registries = new ConcurrentSkipListMap<>();
    private final Map<String, List<String>> regional = new ConcurrentSkipListMap<>();
    private final Map<String, RoleAssignment> assignments = new ConcurrentSkipListMap<>();
    private final Map<String, RoleAssignment> unlisted = new ConcurrentSkipListMap<>();
    private final Set<ArmId> leftOut = ConcurrentHashMap.newKeySet();
    private final Map<UUID, UUID> principals = new ConcurrentHashMap<>();

    /** With one cluster and one registry, between which there is nothing yet. */
    static SmallCloud sample() {
        SmallCloud cloud = new SmallCloud();
        cloud.put(Samples.cluster());
        cloud.put(Samples.registry());
        return cloud;
    }

    void put(Cluster cluster) {
        clusters.put(cluster.id().normalized(), cluster);
    }

    void put(Registry registry) {
        registries.put(registry.id().normalized(), registry);
    }

    /** With what belongs to it. */
    void delete(ArmId id) {
        clusters.remove(id.normalized());
        registries.remove(id.normalized());
        assignments.values().removeIf(each -> each.scope().equalsIgnoreCase(id.toString()));
    }

    /** It has another id, and the roles at it are gone. */
    void move(ArmId from, ArmId to) {
        Registry there = registries.get(from.normalized());
        delete(from);
        put(Samples.registry(to, there.tags(), there.state(), there.loginServer(), there.roleAssignmentMode()));
    }

    /** It is there, but no list holds it. */
    void leaveOutOfLists(ArmId id) {
        leftOut.add(id);
    }

    void put(RoleAssignment assignment) {
        assignments.put(assignment.id(), assignment);
    }

    /** Somebody takes all roles away. */
    void removeAssignments() {
        assignments.clear();
    }

    /** As if this program went by another identity now. */
    void disownAssignments() {
        assignments.replaceAll((id, each) -> new RoleAssignment(
                id,
                each.scope(),
                each.principal(),
                each.kind(),
                each.role(),
                each.condition(),
                each.description(),
                Authorship.UNKNOWN));
    }

    /** It is there, but ARM does not list it yet. */
    void putUnlisted(RoleAssignment assignment) {
        unlisted.put(assignment.id(), assignment);
    }

    void putPrincipal(UUID clientId, UUID objectId) {
        principals.put(clientId, objectId);
    }

    void removePrincipal(UUID clientId) {
        principals.remove(clientId);
    }

    boolean has(ArmId id) {
        return clusters.containsKey(id.normalized()) || registries.containsKey(id.normalized());
    }

    List<RoleAssignment> assignments() {
        return List.copyOf(assignments.values());
    }

    /** The assignment as this program makes it. */
    static RoleAssignment made(PullGrant grant) {
        return new RoleAssignment(
                grant.registry() + "/providers/Microsoft.Authorization/roleAssignments/" + grant.name(),
                grant.registry().toString(),
                grant.principal(),
                PrincipalKind.SERVICE_PRINCIPAL,
                grant.role().definition(),
                Optional.empty(),
                Optional.of(grant.description(Samples.VERSION).toString()),
                new Authorship(Optional.empty(), Optional.of(SmallSecrets.BEGINNING), Optional.empty(), true));
    }

    /** Not this class itself: the two ports have methods of the same names. */
    Clusters clusters() {
        return new Clusters() {
            @Override
            public Lookup<Cluster> find(ArmId id) {
                return troubles.or(Call.FIND_CLUSTER, id, () -> found(clusters.get(id.normalized())));
            }

            @Override
            public Lookup<List<Cluster>> in(UUID subscription) {
                return troubles.or(
                        Call.LIST_CLUSTERS, subscription, () -> listed(subscription, clusters.values(), Cluster::id));
            }
        };
    }

    /** Of a registry that has some. */
    RegionalEndpoints regionalEndpoints() {
        return registry -> troubles.or(
                Call.READ_REGIONAL_ENDPOINTS,
                registry.id(),
                () -> found(regional.getOrDefault(registry.id().normalized(), List.of())));
    }

    /** They are enabled, or given others; the registry is of the kind that has to be asked for them. */
    void enableRegionalEndpoints(ArmId id, String... hosts) {
        Registry there = registries.get(id.normalized());
        put(Samples.registry(
                there.id(),
                there.tags(),
                there.state(),
                there.loginServer(),
                there.roleAssignmentMode(),
                there.showsForeignServer(),
                there.takesArmTokens(),
                Optional.empty()));
        regional.put(id.normalized(), List.of(hosts));
    }

    Registries registries() {
        return new Registries() {
            @Override
            public Lookup<Registry> find(ArmId id) {
                return troubles.or(Call.FIND_REGISTRY, id, () -> found(registries.get(id.normalized())));
            }

            @Override
            public Lookup<List<Registry>> in(UUID subscription) {
                return troubles.or(
                        Call.LIST_REGISTRIES,
                        subscription,
                        () -> listed(subscription, registries.values(), Registry::id));
            }
        };
    }

    @Override
    public Lookup<List<RoleAssignment>> at(ArmId registry) {
        return troubles.or(Call.LIST_ASSIGNMENTS, registry, () -> found(registries.get(registry.normalized()))
                .map(there -> assignments.values().stream()
                        .filter(each -> covers(each.scope(), registry))
                        .toList()));
    }

    /** There are no groups, so what reaches a principal is its own. */
    @Override
    public Lookup<List<RoleAssignment>> reaching(UUID principal, String scope) {
        return new Lookup.Found<>(assignments.values().stream()
                .filter(each -> each.principal().equals(principal))
                .toList());
    }

    /** Nothing but the two pull roles is assigned, which need not be read. */
    @Override
    public Lookup<RoleDefinition> find(ArmId registry, UUID role, Duration age) {
        return new Lookup.Absent<>();
    }

    private static boolean covers(String scope, ArmId resource) {
        return (resource.normalized() + "/").startsWith(scope.toLowerCase(Locale.ROOT) + "/");
    }

    /** A name that is taken by the same assignment is no trouble; the same assignment under another name is told. */
    @Override
    public Lookup<PullGrant> make(PullGrant grant) {
        return troubles.or(Call.ASSIGN, grant.principal(), () -> {
            if (!has(grant.registry())) {
                return new Lookup.Absent<>();
            }
            RoleAssignment wanted = made(grant);
            boolean exists = all().anyMatch(each -> !each.id().equals(wanted.id())
                    && each.scope().equalsIgnoreCase(wanted.scope())
                    && each.principal().equals(wanted.principal())
                    && each.role().equals(wanted.role()));
            if (exists) {
                return new Lookup.Denied<>(NOT_LISTED);
            }
            put(wanted);
            return new Lookup.Found<>(grant);
        });
    }

    /** Whether anything is assigned to it, listed or not. */
    boolean hasRole(UUID principal) {
        return all().anyMatch(each -> each.principal().equals(principal));
    }

    private Stream<RoleAssignment> all() {
        return Stream.concat(assignments.values().stream(), unlisted.values().stream());
    }

    @Override
    public Lookup<String> remove(String assignmentId) {
        Optional<RoleAssignment> there = Optional.ofNullable(assignments.get(assignmentId));
        return there.<Lookup<String>>map(each -> troubles.or(Call.REMOVE_ASSIGNMENT, each.principal(), () -> {
                    assignments.remove(assignmentId);
                    return new Lookup.Found<>(assignmentId);
                }))
                .orElseGet(Lookup.Absent::new);
    }

    @Override
    public Lookup<UUID> objectIdOf(UUID clientId) {
        return troubles.or(Call.FIND_PRINCIPAL, clientId, () -> found(principals.get(clientId)));
    }

    @Override
    public Lookup<Set<UUID>> existing(Set<UUID> objectIds) {
        return found(objectIds);
    }

    /** Each has a password that never expires. */
    @Override
    public Lookup<DirectoryPrincipal> servicePrincipal(UUID clientId) {
        return objectIdOf(clientId)
                .map(objectId -> new DirectoryPrincipal(
                        clientId,
                        objectId,
                        true,
                        Optional.of(TENANT),
                        Optional.of(TENANT),
                        new Lookup.Found<>(List.of(new Password("password", SmallSecrets.BEGINNING, Password.NEVER)))));
    }

    @Override
    public Lookup<Map<UUID, UUID>> bySubscription() {
        return visible().map(all -> all.stream().collect(Collectors.toUnmodifiableMap(each -> each, each -> TENANT)));
    }

    @Override
    public Lookup<List<UUID>> visible() {
        Set<UUID> seen = new LinkedHashSet<>();
        clusters.values().forEach(cluster -> seen.add(cluster.id().subscription()));
        registries.values().forEach(registry -> seen.add(registry.id().subscription()));
        return troubles.or(Call.LIST_SUBSCRIPTIONS, UUID.class, () -> new Lookup.Found<>(List.copyOf(seen)));
    }

    private static <T> Lookup<T> found(T there) {
        return there == null ? new Lookup.Absent<>() : new Lookup.Found<>(there);
    }

    private <T> Lookup<List<T>> listed(UUID subscription, Collection<T> all, Function<T, ArmId> id) {
        return new Lookup.Found<>(all.stream()
                .filter(each -> id.apply(each).subscription().equals(subscription))
                .filter(each -> !leftOut.contains(id.apply(each)))
                .toList());
    }
}
