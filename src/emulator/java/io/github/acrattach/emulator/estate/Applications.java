package io.github.acrattach.emulator.estate;

import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** The applications of the tenant as they are now; a fresh one is not yet known everywhere. */
public final class Applications {
    private final Clock clock;
    private final Duration replication;
    private final Map<String, Application> byId = new ConcurrentHashMap<>();
    private final DeletedItems<Application> deleted;

    public Applications(Clock clock, Duration replication, Duration deletion) {
        this.clock = clock;
        this.replication = replication;
        this.deleted = new DeletedItems<>(clock, deletion);
    }

    /** Starts again; a managed identity has no application, and one of another tenant is not here. */
    public void load(Collection<Principal> principals) {
        byId.clear();
        deleted.clear();
        principals.stream()
                .filter(principal -> principal.secret().isPresent() || principal.federated())
                .filter(principal -> principal.homeTenant().isEmpty())
                .forEach(principal -> principal
                        .appId()
                        .map(appId -> Application.behind(principal, appId))
                        .ifPresent(this::keep));
    }

    /** What became of an application that was to be added. */
    public enum Addition {
        ADDED,
        NAME_TAKEN,
        /** By a deleted one: github.com/microsoftgraph/msgraph-bicep-types/issues/137. */
        NAME_RESERVED
    }

    public synchronized Addition add(Application application) {
        Optional<String> uniqueName = application.uniqueName();
        if (uniqueName.flatMap(this::byUniqueName).isPresent()) {
            return Addition.NAME_TAKEN;
        }
        if (uniqueName.filter(this::isReserved).isPresent()) {
            return Addition.NAME_RESERVED;
        }
        keep(application);
        return Addition.ADDED;
    }

    /** In one step; false when there is no such application. */
    public boolean change(String id, UnaryOperator<Application> change) {
        return byId.computeIfPresent(id, (key, application) -> change.apply(application)) != null;
    }

    /** Does not end it: it is kept among the deleted ones. */
    public void delete(String id) {
        Optional.ofNullable(byId.remove(id)).ifPresent(application -> deleted.add(id, application));
    }

    /** As if it had never been here. */
    public void forget(String appId) {
        byId.values().removeIf(application -> application.appId().equalsIgnoreCase(appId));
    }

    /** Brings a deleted one back as it was; nobody else can have taken its names. */
    public synchronized void restore(DeletedItems.Item<Application> item) {
        deleted.remove(item.id());
        keep(item.object());
    }

    public DeletedItems<Application> deleted() {
        return deleted;
    }

    /** Found by name at once: it is what tells one request to create it from another. */
    public Optional<Application> byUniqueName(String name) {
        return first(
                application -> application.uniqueName().filter(name::equals).isPresent());
    }

    public Optional<Application> byAppId(String appId) {
        return first(application -> application.appId().equalsIgnoreCase(appId));
    }

    public Optional<Application> spreadByAppId(String appId) {
        return byAppId(appId).filter(this::isSpread);
    }

    /** Those that every replica of the directory knows, oldest first. */
    public List<Application> spread() {
        return list().stream().filter(this::isSpread).toList();
    }

    /** All of them, oldest first. */
    public List<Application> list() {
        return byId.values().stream()
                .sorted(Comparator.comparing(Application::created).thenComparing(Application::id))
                .toList();
    }

    private boolean isReserved(String uniqueName) {
        return deleted.all().stream()
                .anyMatch(item ->
                        item.object().uniqueName().filter(uniqueName::equals).isPresent());
    }

    private boolean isSpread(Application application) {
        return !application.created().plus(replication).isAfter(clock.instant());
    }

    private Optional<Application> first(Predicate<Application> wanted) {
        return byId.values().stream().filter(wanted).findFirst();
    }

    private void keep(Application application) {
        byId.put(application.id(), application);
    }
}
