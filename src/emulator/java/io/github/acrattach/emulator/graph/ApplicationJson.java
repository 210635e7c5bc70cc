package io.github.acrattach.emulator.graph;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.emulator.estate.Application;
import io.github.acrattach.emulator.estate.Application.Description;
import io.github.acrattach.emulator.http.Json;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Applications as Graph shows them, and their descriptions as clients send them. */
final class ApplicationJson {
    private ApplicationJson() {}

    static ObjectNode write(Application application) {
        Description description = application.description();
        ObjectNode body = Json.object()
                .put("id", application.id())
                .putNull("deletedDateTime")
                .put("appId", application.appId())
                .put("createdDateTime", Json.timestamp(application.created()))
                .put("displayName", description.displayName())
                .put("uniqueName", application.uniqueName().orElse(null))
                .put("notes", description.notes().orElse(null))
                .put("signInAudience", description.signInAudience());
        body.set("tags", Json.texts(description.tags().stream()));
        body.set("identifierUris", Json.array(Stream.empty()));
        return body.setAll(CredentialsJson.write(application.credentials()));
    }

    /** What is not sent keeps its value; without a value before, a display name must be sent. */
    static Description read(JsonNode body, Optional<Description> before) {
        return new Description(
                Json.text(body, "displayName")
                        .or(() -> before.map(Description::displayName))
                        .orElseThrow(() -> new GraphRefusal(GraphError.badInput(
                                "One or more properties are missing: the property" + " 'displayName' is required."))),
                body.has("tags")
                        ? Json.textsIn(body.get("tags"))
                        : before.map(Description::tags).orElse(List.of()),
                body.has("notes") ? Json.text(body, "notes") : before.flatMap(Description::notes),
                Json.text(body, "signInAudience")
                        .or(() -> before.map(Description::signInAudience))
                        .orElse(Description.ONLY_THIS_TENANT));
    }
}
