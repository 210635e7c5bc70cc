package io.github.acrattach.emulator.estate;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Directory objects of one kind that were deleted, each kept for thirty days unless it is deleted for good or restored; one
 * that was deleted a moment ago may not be shown yet. Wire: learn.microsoft.com/graph/api/resources/directory.
 */
public final class DeletedItems<T> {
    private static final Duration KEPT = Duration.ofDays(30);

    private final Clock clock;
    private final Duration spreading;
    private final Map<String, Item<T>> byId = new ConcurrentHashMap<>();

    DeletedItems(Clock clock, Duration spreading) {
        this.clock = clock;
        this.spreading = spreading;
    }

    /** What was deleted, and when. */
    public record Item<T>(String id, T object, Instant deleted) {}

    void add(String id, T object) {
        byId.put(key(id), new Item<>(id, object, clock.instant()));
    }

    public Optional<Item<T>> get(String id) {
        return Optional.ofNullable(byId.get(key(id))).filter(this::isKept).filter(this::isShown);
    }

    /** In the order of their deletion. */
    public List<Item<T>> list() {
        return all().stream().filter(this::isShown).toList();
    }

    /** Those that are not shown yet, too: they hold their names from the first moment on. */
    public List<Item<T>> all() {
        return byId.values().stream()
                .filter(this::isKept)
                .sorted(Comparator.comparing(Item::deleted))
                .toList();
    }

    /** For good, or because it is restored. */
    public void remove(String id) {
        byId.remove(key(id));
    }

    void clear() {
        byId.clear();
    }

    private boolean isKept(Item<T> item) {
        return item.deleted().plus(KEPT).isAfter(clock.instant());
    }

    private boolean isShown(Item<T> item) {
        return !item.deleted().plus(spreading).isAfter(clock.instant());
    }

    private static String key(String id) {
        return id.toLowerCase(Locale.ROOT);
    }
}
