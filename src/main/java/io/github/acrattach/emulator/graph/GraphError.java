package io.github.acrattach.emulator.graph;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.emulator.http.Answer;
import io.github.acrattach.emulator.http.Json;
import io.github.acrattach.emulator.http.Request;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/** A refusal in Graph's words; shape: learn.microsoft.com/graph/errors. */
record GraphError(int status, String code, String message) {

    static GraphError notFound(String id) {
        return new GraphError(
                404,
                "Request_ResourceNotFound",
                "Resource '" + id
                        + "' does not exist or one of its queried reference-property objects are not present.");
    }

    static GraphError denied() {
        return new GraphError(403, "Authorization_RequestDenied", "Insufficient privileges to complete the operation.");
    }

    static GraphError badRequest(String message) {
        return new GraphError(400, "BadRequest", message);
    }

    static GraphError invalidFilter(String filter) {
        return new GraphError(400, "Request_UnsupportedQuery", "Unsupported or invalid query filter clause: " + filter);
    }

    static GraphError unauthenticated(String reason) {
        return new GraphError(401, "InvalidAuthenticationToken", reason);
    }

    Answer answer(Request request) {
        String id = UUID.randomUUID().toString();
        ObjectNode inner = Json.object()
                .put(
                        "date",
                        LocalDateTime.now(ZoneOffset.UTC)
                                .truncatedTo(ChronoUnit.SECONDS)
                                .toString())
                .put("request-id", id)
                .put("client-request-id", request.header("client-request-id").orElse(id));
        ObjectNode error =
                Json.object().put("code", code).put("message", message).set("innerError", inner);
        return Answer.json(status, Json.object().set("error", error)).with("request-id", id);
    }
}
