package io.github.acrattach.emulator.estate;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/** The principals of the tenant as they are now; a fresh one is not yet known everywhere. */
public final class Directory {
    private final Clock clock;
    private final Duration replication;
    private final Duration spreading;
    private final Map<String, Principal> byObjectId = new ConcurrentHashMap<>();
    private final Map<String, Group> groups = new ConcurrentHashMap<>();
    private final DeletedItems<Principal> deleted;

    /** A replica that role assignments are checked against may be slower than those that Graph and Entra read. */
    public Directory(Clock clock, Duration replication, Duration spreading, Duration deletion) {
        this.clock = clock;
        this.replication = replication;
        this.spreading = spreading;
        this.deleted = new DeletedItems<>(clock, deletion);
    }

    public void load(Collection<Principal> principals, Collection<Group> estateGroups) {
        byObjectId.clear();
        deleted.clear();
        groups.clear();
        principals.forEach(this::add);
        estateGroups.forEach(group -> put(group, Instant.EPOCH));
    }

    /** A group as it is from now on, and the principal that it is. */
    public void put(Group group) {
        put(group, clock.instant());
    }

    private void put(Group group, Instant born) {
        groups.put(key(group.objectId()), group);
        byObjectId.computeIfAbsent(key(group.objectId()), key -> Principal.of(group, born));
    }

    public Optional<Group> group(String objectId) {
        return Optional.ofNullable(groups.get(key(objectId)));
    }

    /** Somebody, and all groups that they are in, through other groups, too; by their object ids. */
    public Set<String> withGroupsOf(String objectId) {
        Set<String> found = new LinkedHashSet<>(List.of(objectId));
        Deque<String> members = new ArrayDeque<>(List.of(objectId));
        while (!members.isEmpty()) {
            String member = members.pop();
            groups.values().stream()
                    .filter(group -> group.members().stream().anyMatch(member::equalsIgnoreCase))
                    .map(Group::objectId)
                    .filter(found::add)
                    .forEach(members::push);
        }
        return found;
    }

    public void add(Principal principal) {
        byObjectId.put(key(principal.objectId()), principal);
    }

    /** In one step; false when there is no such principal. */
    public boolean change(String objectId, UnaryOperator<Principal> change) {
        return byObjectId.computeIfPresent(key(objectId), (key, principal) -> change.apply(principal)) != null;
    }

    public void remove(String objectId) {
        byObjectId.remove(key(objectId));
        groups.remove(key(objectId));
    }

    /** Does not end it: it is kept among the deleted ones. */
    public void delete(String objectId) {
        Optional.ofNullable(byObjectId.remove(key(objectId))).ifPresent(principal -> deleted.add(objectId, principal));
    }

    /** Brings a deleted one back as it was. */
    public void restore(DeletedItems.Item<Principal> item) {
        deleted.remove(item.id());
        add(item.object());
    }

    public DeletedItems<Principal> deleted() {
        return deleted;
    }

    public Optional<DeletedItems.Item<Principal>> deletedByAppId(String appId) {
        return deleted.all().stream()
                .filter(item ->
                        item.object().appId().filter(appId::equalsIgnoreCase).isPresent())
                .findFirst();
    }

    public Optional<Principal> byObjectId(String objectId) {
        return Optional.ofNullable(byObjectId.get(key(objectId)));
    }

    /** Only once it has reached the replica that role assignments are checked against. */
    public Optional<Principal> replicated(String objectId) {
        return byObjectId(objectId)
                .filter(principal -> !principal.born().plus(replication).isAfter(clock.instant()));
    }

    /** Whether Graph and Entra find it. */
    public boolean isSpread(Principal principal) {
        return !principal.born().plus(spreading).isAfter(clock.instant());
    }

    public Optional<Principal> byAppId(String appId) {
        return byObjectId.values().stream()
                .filter(principal ->
                        principal.appId().filter(appId::equalsIgnoreCase).isPresent())
                .findFirst();
    }

    public List<Principal> list() {
        return List.copyOf(byObjectId.values());
    }

    private static String key(String objectId) {
        return objectId.toLowerCase(Locale.ROOT);
    }
}
