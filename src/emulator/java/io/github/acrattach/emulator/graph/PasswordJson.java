package io.github.acrattach.emulator.graph;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.emulator.estate.Password;
import io.github.acrattach.emulator.http.Json;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** Passwords as Graph shows them, and as clients ask for them. */
final class PasswordJson {
    private PasswordJson() {}

    static ObjectNode write(Password password) {
        return Json.object()
                .putNull("customKeyIdentifier")
                .put("displayName", password.displayName().orElse(null))
                .put("endDateTime", Json.timestamp(password.end()))
                .put("hint", password.hint())
                .put("keyId", password.keyId())
                .putNull("secretText")
                .put("startDateTime", Json.timestamp(password.start()));
    }

    /** Only in the answer to the request that made it. */
    static ObjectNode writeWithSecret(Password password) {
        return write(password).put("secretText", password.secret());
    }

    /** Two years unless asked otherwise. */
    static Password read(JsonNode asked, Instant now) {
        Instant start = time(asked, "startDateTime").orElse(now);
        Instant end = time(asked, "endDateTime")
                .orElseGet(() -> start.atOffset(ZoneOffset.UTC).plusYears(2).toInstant());
        if (!end.isAfter(start)) {
            throw new GraphRefusal(
                    GraphError.badInput("Key credential end date is invalid: it must be after its start."));
        }
        return Password.generate(Json.text(asked, "displayName"), start, end, now);
    }

    private static Optional<Instant> time(JsonNode node, String field) {
        try {
            return Json.text(node, field).map(text -> OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeParseException malformed) {
            throw new GraphRefusal(GraphError.badInput("Cannot convert the literal '"
                    + node.path(field).asText() + "' to the expected type" + " 'Edm.DateTimeOffset'."));
        }
    }
}
