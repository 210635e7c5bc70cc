package io.github.acrattach.emulator.entra;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.emulator.estate.Tenant;
import io.github.acrattach.emulator.http.Answer;
import io.github.acrattach.emulator.http.Json;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.UUID;

/** A refusal of the token endpoint; codes: learn.microsoft.com/entra/identity-platform/reference-error-codes. */
record Aadsts(int status, String error, int code, String message) {
    private static final DateTimeFormatter TIMESTAMP =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss'Z'").withZone(ZoneOffset.UTC);

    static Aadsts missingParameter(String name) {
        return new Aadsts(
                400,
                "invalid_request",
                900144,
                "The request body must contain the following parameter: '" + name + "'.");
    }

    static Aadsts unknownTenant(String tenant) {
        return new Aadsts(
                400,
                "invalid_request",
                90002,
                "Tenant '" + tenant
                        + "' not found. Check to make sure you have the correct tenant ID and are signing into"
                        + " the correct cloud. Check with your subscription administrator, this may happen if there are no"
                        + " active subscriptions for the tenant.");
    }

    static Aadsts unknownApplication(String appId, String tenant) {
        return new Aadsts(
                400,
                "unauthorized_client",
                700016,
                "Application with identifier '" + appId + "' was not found in the directory '" + tenant
                        + "'. This can happen if the application has not been installed by the administrator of the tenant"
                        + " or consented to by any user in the tenant. You may have sent your authentication request to the"
                        + " wrong tenant.");
    }

    static Aadsts disabled(String appId, String name) {
        return new Aadsts(
                400, "unauthorized_client", 7000112, "Application '" + appId + "'(" + name + ") is disabled.");
    }

    static Aadsts wrongSecret(String appId) {
        return new Aadsts(
                401,
                "invalid_client",
                7000215,
                "Invalid client secret provided. Ensure the secret being sent in the request is the client secret value,"
                        + " not the client secret ID, for a secret added to app '" + appId + "'.");
    }

    static Aadsts expiredSecret(String appId) {
        return new Aadsts(
                401,
                "invalid_client",
                7000222,
                "The provided client secret keys for app '" + appId
                        + "' are expired. Visit the Azure portal to create new keys for your app:"
                        + " https://aka.ms/NewClientSecret, or consider using certificate credentials for added"
                        + " security: https://aka.ms/certCreds.");
    }

    static Aadsts noCredential() {
        return new Aadsts(
                401,
                "invalid_client",
                7000218,
                "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.");
    }

    static Aadsts malformedAssertion() {
        return new Aadsts(401, "invalid_client", 50027, "JWT token is invalid or malformed.");
    }

    static Aadsts expiredAssertion() {
        return new Aadsts(401, "invalid_client", 700024, "Client assertion is not within its valid time range.");
    }

    static Aadsts noFederatedCredential(String subject) {
        return new Aadsts(
                401,
                "invalid_client",
                700213,
                "No matching federated identity record found for presented assertion subject '" + subject
                        + "'. Check your federated identity credential Subject, Audience and Issuer against the presented"
                        + " assertion.");
    }

    static Aadsts unsupportedGrant(String grant) {
        return new Aadsts(
                400, "unsupported_grant_type", 70003, "The app requested an unsupported grant type '" + grant + "'.");
    }

    static Aadsts invalidScope(String scope) {
        return new Aadsts(
                400,
                "invalid_scope",
                1002012,
                "The provided value for scope " + scope
                        + " is not valid. Client credential flows must have a scope value"
                        + " with /.default suffixed to the resource identifier (application ID URI).");
    }

    static Aadsts unknownResource(String resource, Tenant tenant) {
        return new Aadsts(
                400,
                "invalid_resource",
                500011,
                "The resource principal named " + resource + " was not found in the tenant named "
                        + tenant.displayName()
                        + ". This can happen if the application has not been installed by the administrator of the tenant or"
                        + " consented to by any user in the tenant.");
    }

    Answer answer() {
        String trace = UUID.randomUUID().toString();
        String correlation = UUID.randomUUID().toString();
        String timestamp = TIMESTAMP.format(Instant.now());
        String description = "AADSTS" + code + ": " + message + " Trace ID: " + trace + " Correlation ID: "
                + correlation + " Timestamp: " + timestamp;
        return Answer.json(
                status,
                Json.object()
                        .put("error", error)
                        .put("error_description", description)
                        .<ObjectNode>set(
                                "error_codes",
                                JsonNodeFactory.instance.arrayNode().add(code))
                        .put("timestamp", timestamp)
                        .put("trace_id", trace)
                        .put("correlation_id", correlation));
    }
}
