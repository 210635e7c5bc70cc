package io.github.acrattach.emulator.host;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.acrattach.emulator.http.Json;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/** How one invocation ended: the handler's answer (status 0 without one), and what the host makes of it. */
public record Invocation(String id, int status, String body, Verdict verdict, String reason) {

    /** The ways an invocation can end. */
    public enum Verdict {
        SUCCEEDED,
        FAILED,
        /** The host would wait for an answer it can read until the function times out. */
        NEVER_COMPLETES
    }

    public boolean succeeded() {
        return verdict == Verdict.SUCCEEDED;
    }

    /** Outputs, Logs and ReturnValue of a handler that answered properly. */
    public Optional<JsonNode> answer() {
        return Json.parse(body.getBytes(StandardCharsets.UTF_8));
    }

    /** Rules of azure-functions-host, HttpWorkerService: only a JSON body completes an invocation. */
    static Invocation judge(String id, int status, Optional<String> contentType, String body) {
        if (status < 200 || status > 299) {
            return new Invocation(id, status, body, Verdict.FAILED, "The handler answered with status " + status);
        }
        boolean json = contentType
                .filter(type -> type.toLowerCase(Locale.ROOT).startsWith("application/json"))
                .isPresent();
        if (!json) {
            String got = contentType.orElse("no content type");
            return new Invocation(
                    id, status, body, Verdict.NEVER_COMPLETES, "The answer is not application/json but " + got);
        }
        if (body.isBlank()) {
            return new Invocation(id, status, body, Verdict.NEVER_COMPLETES, "The answer has no body");
        }
        Optional<JsonNode> parsed = Json.parse(body.getBytes(StandardCharsets.UTF_8));
        if (parsed.filter(JsonNode::isNull).isPresent()) {
            return new Invocation(id, status, body, Verdict.NEVER_COMPLETES, "The answer is JSON null");
        }
        return parsed.filter(JsonNode::isObject).isPresent()
                ? new Invocation(id, status, body, Verdict.SUCCEEDED, "The handler answered")
                : new Invocation(id, status, body, Verdict.FAILED, "The answer is not a JSON object");
    }

    static Invocation unanswered(String id, String reason) {
        return new Invocation(id, 0, "", Verdict.FAILED, reason);
    }
}
