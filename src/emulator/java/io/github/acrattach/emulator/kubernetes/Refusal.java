package io.github.acrattach.emulator.kubernetes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.emulator.http.Answer;
import io.github.acrattach.emulator.http.Json;
import java.util.List;
import java.util.stream.Collectors;

/** A Status that says no, thrown from wherever it is noticed; texts as recorded from an API server 1.20. */
public final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int code;
    private final String reason;
    private final transient ObjectNode details;

    private Refusal(int code, String reason, String message, ObjectNode details) {
        super(message, null, false, false);
        this.code = code;
        this.reason = reason;
        this.details = details;
    }

    static Refusal notFound(Kind kind, String name) {
        return new Refusal(404, "NotFound", kind.plural() + " \"" + name + "\" not found", named(kind.plural(), name));
    }

    static Refusal alreadyExists(Kind kind, String name) {
        return new Refusal(
                409, "AlreadyExists", kind.plural() + " \"" + name + "\" already exists", named(kind.plural(), name));
    }

    /** The plural is what the object is called; a failed precondition of a delete calls it by its kind. */
    static Refusal conflict(String called, String name, String why) {
        return new Refusal(
                409,
                "Conflict",
                "Operation cannot be fulfilled on " + called + " \"" + name + "\": " + why,
                named(called, name));
    }

    static Refusal invalid(Kind kind, String name, List<Cause> causes) {
        String all = causes.stream().map(Cause::toString).collect(Collectors.joining(", "));
        ObjectNode details = Json.object();
        if (!name.isEmpty()) {
            details.put("name", name);
        }
        details.put("kind", kind.title())
                .set("causes", Json.array(causes.stream().map(Cause::json)));
        return new Refusal(
                422,
                "Invalid",
                kind.title() + " \"" + name + "\" is invalid: " + (causes.size() == 1 ? all : "[" + all + "]"),
                details);
    }

    static Refusal forbidden(Kind kind, String name, String why, Cause... causes) {
        ObjectNode details = named(kind.plural(), name);
        if (causes.length > 0) {
            details.set("causes", Json.array(List.of(causes).stream().map(Cause::json)));
        }
        return new Refusal(403, "Forbidden", kind.plural() + " \"" + name + "\" is forbidden: " + why, details);
    }

    static Refusal denied(String what, ObjectNode details) {
        return new Refusal(403, "Forbidden", what, details);
    }

    /** Whoever is asked about a write chooses all of it. */
    static Refusal notAdmitted(int code, String reason, String message, ObjectNode details) {
        return new Refusal(code, reason, message, details);
    }

    static Refusal unauthorized() {
        return new Refusal(401, "Unauthorized", "Unauthorized", null);
    }

    static Refusal badRequest(String message) {
        return new Refusal(400, "BadRequest", message, null);
    }

    static Refusal notServed() {
        return new Refusal(404, "NotFound", "the server could not find the requested resource", Json.object());
    }

    static Refusal wrongMethod() {
        return new Refusal(
                405,
                "MethodNotAllowed",
                "the server does not allow this method on the requested resource",
                Json.object());
    }

    static Refusal unsupportedPatch() {
        return new Refusal(415, "UnsupportedMediaType", "415: Unsupported Media Type", Json.object());
    }

    static Refusal unsupportedBody() {
        return new Refusal(
                415,
                "UnsupportedMediaType",
                "the body of the request was in an unknown format - accepted media types include: application/json",
                null);
    }

    static Refusal notAcceptable(String message) {
        return new Refusal(406, "NotAcceptable", message, null);
    }

    static Refusal unappliablePatch() {
        return new Refusal(
                422, "Invalid", "the server rejected our request due to an error in our request", Json.object());
    }

    /** What the API server did not foresee has no reason. */
    static Refusal internal(String message) {
        return new Refusal(500, "", message, null);
    }

    Answer answer() {
        ObjectNode body = Json.object().put("kind", "Status").put("apiVersion", "v1");
        body.set("metadata", Json.object());
        body.put("status", "Failure").put("message", getMessage());
        if (!reason.isEmpty()) {
            body.put("reason", reason);
        }
        if (details != null) {
            body.set("details", details);
        }
        return Answer.json(code, body.put("code", code));
    }

    private static ObjectNode named(String kind, String name) {
        return Json.object().put("name", name).put("kind", kind);
    }
}
