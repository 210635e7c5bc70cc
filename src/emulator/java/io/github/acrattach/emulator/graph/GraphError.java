package io.github.acrattach.emulator.graph;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.emulator.http.Answer;
import io.github.acrattach.emulator.http.Json;
import io.github.acrattach.emulator.http.Request;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** A refusal in Graph's words; shape: learn.microsoft.com/graph/errors. */
record GraphError(int status, String code, String message, Optional<Detail> detail) {
    GraphError(int status, String code, String message) {
        this(status, code, message, Optional.empty());
    }

    /** Which property is at fault, and why. */
    record Detail(String code, String target) {}

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

    static GraphError badInput(String message) {
        return new GraphError(400, "Request_BadRequest", message);
    }

    static GraphError alreadyExists(String property) {
        return new GraphError(
                400,
                "Request_MultipleObjectsWithSameKeyValue",
                sameValue(property),
                Optional.of(new Detail("ObjectConflict", property)));
    }

    /** For an object that is deleted, and not yet for good: microsoftgraph/msgraph-bicep-types, issue 137. */
    static GraphError reserved(String property) {
        return new GraphError(
                400, "Request_BadRequest", sameValue(property), Optional.of(new Detail("ObjectConflict", property)));
    }

    /** Nothing more fits into the tenant. */
    static GraphError quotaExceeded() {
        return new GraphError(
                403,
                "Directory_QuotaExceeded",
                "The directory object quota limit for the Tenant has been exceeded. Please ask your administrator to increase"
                        + " the quota limit or delete objects to reduce the used quota.");
    }

    /** A service principal whose application is gone. */
    static GraphError noLivingApplication(String appId) {
        return badInput("The service principal of the application '" + appId
                + "' cannot be restored, for that application does not exist.");
    }

    private static String sameValue(String property) {
        return "Another object with the same value for property " + property + " already exists.";
    }

    static GraphError noApplication(String appId) {
        return new GraphError(
                400,
                "Request_BadRequest",
                "The appId '" + appId + "' of the service principal does not reference a valid application object.",
                Optional.of(new Detail("NoBackingApplicationObject", "appId")));
    }

    static GraphError nameInUse(String appId) {
        return new GraphError(
                409,
                "Request_MultipleObjectsWithSameKeyValue",
                "The service principal cannot be created, updated, or restored because the service principal name "
                        + appId + " is already in use.",
                Optional.of(new Detail("ObjectConflict", "servicePrincipalNames")));
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
        ObjectNode error = Json.object().put("code", code).put("message", message);
        detail.ifPresent(each -> error.set(
                "details",
                Json.array(Stream.of(Json.object()
                        .put("code", each.code())
                        .put("message", message)
                        .put("target", each.target())))));
        error.set("innerError", inner);
        return Answer.json(status, Json.object().set("error", error)).with("request-id", id);
    }
}
