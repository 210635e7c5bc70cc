package io.github.acrattach.emulator.host;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.acrattach.emulator.http.Json;
import java.util.Locale;
import java.util.Optional;

/**
 * What the host makes of an answer in the Data/Metadata form: DefaultHttpWorkerService of azure-functions-host, measured
 * on host 4.1037.
 */
record Judgement(Kind kind, String reason) {

    /** The ways an answer is taken. */
    enum Kind {
        SUCCESS,
        FAILURE,
        /** The host goes on waiting for a result. */
        NO_RESULT
    }

    static Judgement of(HandlerAnswer answer) {
        if (!answer.isSuccess()) {
            return new Judgement(Kind.FAILURE, "The handler answered with status " + answer.status());
        }
        if (answer.text().isBlank()) {
            return new Judgement(Kind.NO_RESULT, "The answer has no body");
        }
        String type = answer.headers().firstValue("Content-Type").orElse("no content type");
        if (!type.toLowerCase(Locale.ROOT).matches("(application|text)/json\\s*(;.*)?")) {
            return new Judgement(Kind.FAILURE, "The answer is not application/json but " + type);
        }
        Optional<JsonNode> json = Json.parse(answer.body());
        if (json.filter(JsonNode::isNull).isPresent()) {
            return new Judgement(Kind.NO_RESULT, "The answer is JSON null");
        }
        return json.filter(JsonNode::isObject).isPresent()
                ? new Judgement(Kind.SUCCESS, "The handler answered")
                : new Judgement(Kind.FAILURE, "The answer is not a JSON object");
    }

    /** A forwarded request has succeeded with whatever was answered. */
    static Judgement ofForwarded(HandlerAnswer answer) {
        return new Judgement(Kind.SUCCESS, "The handler answered with status " + answer.status());
    }
}
