package io.github.acrattach.emulator.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.emulator.http.Json;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.StreamSupport;

/** The fields of a control request, each refused by name when it is not what it should be. */
record Fields(JsonNode json) {

    static Fields of(byte[] body) {
        return new Fields(Json.parseObject(body).orElseThrow(() -> new BadInput("body", "must be a JSON object")));
    }

    /** A misspelt field must not pass as an absent one. */
    Fields allow(Set<String> names) {
        json.fieldNames().forEachRemaining(name -> {
            if (!names.contains(name)) {
                throw new BadInput(name, "is unknown; known are " + new TreeSet<>(names));
            }
        });
        return this;
    }

    /** A body in ARM's own shape. */
    ObjectNode arm() {
        allow(Set.of("id", "name", "type", "properties"));
        return (ObjectNode) json;
    }

    boolean has(String name) {
        return json.has(name);
    }

    Optional<String> text(String name) {
        if (json.has(name) && !json.get(name).isTextual()) {
            throw new BadInput(name, "must be a text");
        }
        return Json.text(json, name);
    }

    String required(String name) {
        return text(name).orElseThrow(() -> new BadInput(name, "is required"));
    }

    OptionalInt number(String name, int least, int most) {
        if (!json.has(name)) {
            return OptionalInt.empty();
        }
        JsonNode value = json.get(name);
        if (!value.isInt() || value.intValue() < least || value.intValue() > most) {
            throw new BadInput(name, "must be a whole number from " + least + " to " + most);
        }
        return OptionalInt.of(value.intValue());
    }

    boolean flag(String name) {
        if (json.has(name) && !json.get(name).isBoolean()) {
            throw new BadInput(name, "must be true or false");
        }
        return json.path(name).asBoolean(false);
    }

    Duration duration(String name) {
        String text = text(name).orElse("PT0S");
        try {
            return Duration.parse(text);
        } catch (DateTimeParseException malformed) {
            throw new BadInput(name, "must be an ISO 8601 duration such as PT2S, not " + text);
        }
    }

    Optional<Instant> instant(String name) {
        return text(name).map(text -> {
            try {
                return Instant.parse(text);
            } catch (DateTimeParseException malformed) {
                throw new BadInput(name, "must be a time such as 2030-01-02T03:04:05Z, not " + text);
            }
        });
    }

    Optional<ObjectNode> object(String name) {
        if (json.has(name) && !json.get(name).isObject()) {
            throw new BadInput(name, "must be an object");
        }
        return Optional.ofNullable(json.get(name)).map(ObjectNode.class::cast);
    }

    List<JsonNode> list(String name) {
        if (json.has(name) && !json.get(name).isArray()) {
            throw new BadInput(name, "must be an array");
        }
        return StreamSupport.stream(json.path(name).spliterator(), false).toList();
    }

    List<String> texts(String name) {
        return list(name).stream()
                .map(item -> Optional.ofNullable(item.textValue())
                        .orElseThrow(() -> new BadInput(name, "must be an array of texts")))
                .toList();
    }
}
