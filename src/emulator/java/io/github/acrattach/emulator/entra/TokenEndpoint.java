package io.github.acrattach.emulator.entra;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.emulator.estate.Applications;
import io.github.acrattach.emulator.estate.Directory;
import io.github.acrattach.emulator.estate.Principal;
import io.github.acrattach.emulator.estate.Tenant;
import io.github.acrattach.emulator.http.Answer;
import io.github.acrattach.emulator.http.Json;
import io.github.acrattach.emulator.http.Query;
import io.github.acrattach.emulator.http.Request;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The client credentials grant, with a secret or with a federated assertion (RFC 6749 section 4.4, RFC 7523). */
final class TokenEndpoint {
    private static final String JWT_BEARER = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
    private static final String DEFAULT = "/.default";
    private static final Set<String> SIGN_IN_SCOPES = Set.of("openid", "profile", "offline_access", "email");

    private final Tenant tenant;
    private final Directory directory;
    private final Applications applications;
    private final ClientSecrets secrets;
    private final Tokens tokens;
    private final Audiences audiences;

    TokenEndpoint(
            Tenant tenant,
            Directory directory,
            Applications applications,
            ClientSecrets secrets,
            Tokens tokens,
            Audiences audiences) {
        this.tenant = tenant;
        this.applications = applications;
        this.directory = directory;
        this.secrets = secrets;
        this.tokens = tokens;
        this.audiences = audiences;
    }

    Answer token(Request request, boolean version2) {
        try {
            Query form = request.form();
            String grant = required(form, "grant_type");
            if (!grant.equals("client_credentials")) {
                throw new Refusal(Aadsts.unsupportedGrant(grant));
            }
            Principal principal = authenticate(request, form);
            String audience = version2 ? audienceOfScope(required(form, "scope")) : required(form, "resource");
            if (!audiences.contain(audience)) {
                throw new Refusal(Aadsts.unknownResource(audience, tenant));
            }
            return issued(tokens.issue(principal, audience), audience, version2);
        } catch (Refusal refusal) {
            return refusal.reason.answer();
        }
    }

    private Principal authenticate(Request request, Query form) {
        Optional<String[]> basic = request.header("Authorization").flatMap(TokenEndpoint::basic);
        String appId = basic.map(pair -> pair[0]).orElseGet(() -> required(form, "client_id"));
        Principal principal = directory
                .byAppId(appId)
                .filter(directory::isSpread)
                .orElseThrow(() -> new Refusal(Aadsts.unknownApplication(appId, tenant.displayName())));
        if (!principal.enabled()) {
            throw new Refusal(Aadsts.disabled(appId, principal.displayName()));
        }
        if (form.get("client_assertion_type").filter(JWT_BEARER::equals).isPresent()) {
            checkAssertion(principal, required(form, "client_assertion"));
            return principal;
        }
        String secret = basic.map(pair -> pair[1])
                .or(() -> form.get("client_secret"))
                .orElseThrow(() -> new Refusal(Aadsts.noCredential()));
        return switch (secrets.check(appId, secret)) {
            case GOOD -> principal;
            case EXPIRED -> throw new Refusal(Aadsts.expiredSecret(appId));
            case WRONG -> throw new Refusal(Aadsts.wrongSecret(appId));
        };
    }

    private void checkAssertion(Principal principal, String assertion) {
        JsonNode claims = SigningKey.claims(assertion).orElseThrow(() -> new Refusal(Aadsts.malformedAssertion()));
        if (claims.path("exp").asLong() <= Instant.now().getEpochSecond()) {
            throw new Refusal(Aadsts.expiredAssertion());
        }
        if (!principal.federated() && !isTrusted(claims, principal)) {
            throw new Refusal(Aadsts.noFederatedCredential(claims.path("sub").asText()));
        }
    }

    private boolean isTrusted(JsonNode claims, Principal principal) {
        return principal.appId().flatMap(applications::spreadByAppId).stream()
                .flatMap(application -> application.federatedCredentials().stream())
                .anyMatch(credential -> credential
                                .issuer()
                                .equals(claims.path("iss").asText())
                        && credential.subject().equals(claims.path("sub").asText())
                        && credential.audiences().contains(claims.path("aud").asText()));
    }

    /** MSAL asks for sign-in scopes beside the one of the API. */
    private static String audienceOfScope(String scope) {
        List<String> wanted = Arrays.stream(scope.strip().split("\\s+"))
                .filter(each -> !SIGN_IN_SCOPES.contains(each))
                .toList();
        if (wanted.size() != 1
                || !wanted.get(0).endsWith(DEFAULT)
                || wanted.get(0).equals(DEFAULT)) {
            throw new Refusal(Aadsts.invalidScope(scope));
        }
        return wanted.get(0).substring(0, wanted.get(0).length() - DEFAULT.length());
    }

    private static Answer issued(Tokens.Issued issued, String audience, boolean version2) {
        ObjectNode body = Json.object().put("token_type", "Bearer");
        if (version2) {
            body.put("expires_in", issued.secondsLeft()).put("ext_expires_in", issued.secondsLeft());
        } else {
            body.put("expires_in", String.valueOf(issued.secondsLeft()))
                    .put("ext_expires_in", String.valueOf(issued.secondsLeft()))
                    .put("expires_on", String.valueOf(issued.expires().getEpochSecond()))
                    .put("not_before", String.valueOf(Instant.now().getEpochSecond()))
                    .put("resource", audience);
        }
        return Answer.json(200, body.put("access_token", issued.token())).with("Cache-Control", "no-store, no-cache");
    }

    /** RFC 6749 section 2.3.1: both halves are form-encoded before they are put together. */
    private static Optional<String[]> basic(String header) {
        if (!header.regionMatches(true, 0, "Basic ", 0, 6)) {
            return Optional.empty();
        }
        try {
            String pair =
                    new String(Base64.getDecoder().decode(header.substring(6).strip()), StandardCharsets.UTF_8);
            int colon = pair.indexOf(':');
            return colon < 0
                    ? Optional.empty()
                    : Optional.of(new String[] {decode(pair.substring(0, colon)), decode(pair.substring(colon + 1))});
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private static String required(Query form, String name) {
        return form.get(name).orElseThrow(() -> new Refusal(Aadsts.missingParameter(name)));
    }

    /** Leaves the grant with a refusal. */
    private static final class Refusal extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient Aadsts reason;

        private Refusal(Aadsts reason) {
            super(reason.error(), null, false, false);
            this.reason = reason;
        }
    }
}
