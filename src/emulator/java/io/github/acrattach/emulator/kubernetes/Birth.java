package io.github.acrattach.emulator.kubernetes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.emulator.http.Json;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;

/** What the server alone decides about an object: its identity, its place, and what is said of it when it is gone. */
final class Birth {
    private static final String SUFFIX = "bcdfghjklmnpqrstvwxz2456789";

    private Birth() {}

    static void place(Kind kind, String namespace, ObjectNode object) {
        String sent = Objects.text(object, "namespace");
        if (!kind.isNamespaced()) {
            object.withObject("/metadata").remove("namespace");
            return;
        }
        if (!sent.isEmpty() && !sent.equals(namespace)) {
            throw Refusal.badRequest(
                    "the namespace of the provided object does not match the namespace sent on the request");
        }
        object.withObject("/metadata").put("namespace", namespace);
    }

    static ObjectNode of(Kind kind, ObjectNode object) {
        ObjectNode metadata = object.withObject("/metadata");
        metadata.remove("deletionTimestamp");
        metadata.put("uid", UUID.randomUUID().toString()).put("creationTimestamp", now());
        if (metadata.path("labels").isEmpty()) {
            metadata.remove("labels");
        }
        if (kind == Kind.NAMESPACE) {
            // Since 1.22 every namespace carries its own name as a label.
            metadata.withObject("/labels").set("kubernetes.io/metadata.name", metadata.get("name"));
            object.putObject("spec").putArray("finalizers").add("kubernetes");
            object.putObject("status").put("phase", "Active");
        }
        return object;
    }

    /** A write changes neither who an object is nor, of a namespace, what becomes of it. */
    static void kept(Kind kind, ObjectNode object, ObjectNode before) {
        ObjectNode metadata = object.withObject("/metadata");
        List.of("uid", "creationTimestamp", "deletionTimestamp", "generateName").forEach(field -> {
            metadata.remove(field);
            Optional.ofNullable(before.path("metadata").get(field)).ifPresent(kept -> metadata.set(field, kept));
        });
        if (kind == Kind.NAMESPACE) {
            object.set("spec", before.get("spec"));
            object.set("status", before.get("status"));
        }
    }

    static ObjectNode gone(Kind kind, ObjectNode object) {
        ObjectNode status = Json.object().put("kind", "Status").put("apiVersion", "v1");
        status.putObject("metadata");
        status.put("status", "Success")
                .putObject("details")
                .put("name", Objects.text(object, "name"))
                .put("kind", kind.plural())
                .put("uid", Objects.text(object, "uid"));
        return status;
    }

    static String suffix() {
        return ThreadLocalRandom.current()
                .ints(5, 0, SUFFIX.length())
                .mapToObj(at -> SUFFIX.substring(at, at + 1))
                .collect(Collectors.joining());
    }

    static String now() {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
