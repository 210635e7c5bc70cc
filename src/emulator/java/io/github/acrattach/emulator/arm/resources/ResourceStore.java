package io.github.acrattach.emulator.arm.resources;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.emulator.http.Json;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** The bodies of all resources by id; a stored body is never changed, only replaced. */
public final class ResourceStore {
    private final NavigableMap<String, ObjectNode> byId = new ConcurrentSkipListMap<>();

    void clear() {
        byId.clear();
    }

    public Optional<ObjectNode> get(String id) {
        return Optional.ofNullable(byId.get(ResourceId.key(id)));
    }

    void put(ObjectNode body) {
        byId.put(ResourceId.key(body.path("id").asText()), body);
    }

    Optional<ObjectNode> remove(String id) {
        return Optional.ofNullable(byId.remove(ResourceId.key(id)));
    }

    void removeBelow(String id) {
        below(id).toList().forEach(body -> remove(body.path("id").asText()));
    }

    /** Does nothing when the resource has been deleted meanwhile. */
    boolean replace(String id, UnaryOperator<ObjectNode> change) {
        return byId.computeIfPresent(ResourceId.key(id), (key, body) -> change.apply(body)) != null;
    }

    /** The resources at and below a path. */
    public Stream<ObjectNode> below(String path) {
        String prefix = ResourceId.key(path) + "/";
        return byId.subMap(prefix, prefix + Character.MAX_VALUE).values().stream();
    }

    Stream<ObjectNode> ofType(String type) {
        return byId.values().stream()
                .filter(body ->
                        Json.text(body, "type").filter(type::equalsIgnoreCase).isPresent());
    }
}
