package io.github.acrattach.emulator.entra;

import io.github.acrattach.emulator.estate.Principal;
import io.github.acrattach.emulator.http.Answer;
import io.github.acrattach.emulator.http.Json;
import io.github.acrattach.emulator.http.Request;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The endpoint behind IDENTITY_ENDPOINT of a function app; contract:
 * learn.microsoft.com/azure/app-service/overview-managed-identity#rest-endpoint-reference. Its refusals are those that
 * apps report.
 */
public final class ManagedIdentityEndpoint {
    public static final String PATH = "/msi/token";

    /** Without a selector: there is no system-assigned identity. */
    private static final String NONE_BY_DEFAULT = "Unable to load the proper Managed Identity.";

    private static final String NONE_SO_SELECTED =
            "No User Assigned or Delegated Managed Identity found for specified ClientId/ResourceId/PrincipalId.";

    private final Optional<Principal> systemAssigned;
    private final List<Principal> userAssigned;
    private final String header;
    private final Tokens tokens;
    private final Audiences audiences;

    public ManagedIdentityEndpoint(
            Optional<Principal> systemAssigned,
            List<Principal> userAssigned,
            String header,
            Tokens tokens,
            Audiences audiences) {
        this.systemAssigned = systemAssigned;
        this.userAssigned = userAssigned;
        this.header = header;
        this.tokens = tokens;
        this.audiences = audiences;
    }

    public Answer answer(Request request) {
        if (!request.path().equals(PATH) || !request.method().equals("GET")) {
            return refusal(404, "There is nothing at " + request.method() + " " + request.path() + ".");
        }
        if (request.header("X-IDENTITY-HEADER").filter(header::equals).isEmpty()) {
            return refusal(401, "The header X-IDENTITY-HEADER is missing or does not match IDENTITY_HEADER.");
        }
        if (request.query().get("api-version").filter("2019-08-01"::equals).isEmpty()) {
            return refusal(400, "The parameter api-version must be 2019-08-01.");
        }
        Optional<String> resource = request.query().get("resource").filter(audiences::contain);
        if (resource.isEmpty()) {
            return refusal(400, "The parameter resource is missing or names no resource of the tenant.");
        }
        Optional<Principal> meant = isSelected(request)
                ? userAssigned.stream()
                        .filter(principal -> isMeant(principal, request))
                        .findFirst()
                : systemAssigned;
        return meant.map(principal -> issued(principal, resource.get()))
                .orElseGet(() -> refusal(400, isSelected(request) ? NONE_SO_SELECTED : NONE_BY_DEFAULT));
    }

    /** Without a selector, the system-assigned identity is meant, and no other, even where another is the only one. */
    private static boolean isSelected(Request request) {
        return Stream.of("client_id", "principal_id", "object_id", "mi_res_id", "msi_res_id")
                .anyMatch(name -> request.query().get(name).isPresent());
    }

    /** The emulator gives its identities no resource id. */
    private static boolean isMeant(Principal principal, Request request) {
        boolean byClient = request.query()
                .get("client_id")
                .filter(id -> principal.appId().filter(id::equalsIgnoreCase).isPresent())
                .isPresent();
        return byClient
                || Stream.of("principal_id", "object_id")
                        .flatMap(name -> request.query().get(name).stream())
                        .anyMatch(id -> id.equalsIgnoreCase(principal.objectId()));
    }

    private Answer issued(Principal principal, String resource) {
        Tokens.Issued issued = tokens.issue(principal, resource);
        return Answer.json(
                200,
                Json.object()
                        .put("access_token", issued.token())
                        .put("expires_on", String.valueOf(issued.expires().getEpochSecond()))
                        .put("resource", resource)
                        .put("token_type", "Bearer")
                        .put("client_id", principal.appId().orElse(principal.objectId())));
    }

    private static Answer refusal(int status, String message) {
        return Answer.json(
                status,
                Json.object()
                        .put("statusCode", status)
                        .put("message", message)
                        .put("correlationId", UUID.randomUUID().toString()));
    }
}
