package io.github.acrattach.emulator.host;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.acrattach.emulator.http.Json;
import java.util.Optional;

/**
 * How one invocation ended.
 *
 * @param operationId by which Application Insights finds all that belongs to it
 * @param handlerAnswer what the handler answered, if it did; of an invocation that failed the host uses nothing of it
 */
public record Invocation(
        String id, String operationId, Optional<HandlerAnswer> handlerAnswer, boolean succeeded, String reason) {

    /** The handler's status; 0 without an answer. */
    public int status() {
        return handlerAnswer.map(HandlerAnswer::status).orElse(0);
    }

    public String body() {
        return handlerAnswer.map(HandlerAnswer::text).orElse("");
    }

    /** Outputs, Logs and ReturnValue of a handler that answered properly. */
    public Optional<JsonNode> answer() {
        return handlerAnswer.flatMap(each -> Json.parse(each.body()));
    }
}
