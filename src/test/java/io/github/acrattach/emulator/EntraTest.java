package io.github.acrattach.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.emulator.http.Json;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.RSAPublicKeySpec;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EntraTest extends Running {
    private static final String TOKEN = "/" + Sample.TENANT + "/oauth2/v2.0/token";

    @Test
    void aProgramGetsATokenWhoseSignatureThePublishedKeyConfirms() throws Exception {
        Client.Reply reply = token(Map.of());

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json().path("token_type").asText()).isEqualTo("Bearer");
        assertThat(reply.json().path("expires_in").asInt()).isBetween(3500, 3600);
        String[] parts = reply.json().path("access_token").asText().split("\\.");
        JsonNode key = Client.of(emulator)
                .get("/" + Sample.TENANT + "/discovery/v2.0/keys")
                .json()
                .path("keys")
                .get(0);
        assertThat(decoded(parts[0]).path("kid")).isEqualTo(key.path("kid"));
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initVerify(KeyFactory.getInstance("RSA")
                .generatePublic(new RSAPublicKeySpec(number(key.path("n")), number(key.path("e")))));
        signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
        assertThat(signature.verify(Base64.getUrlDecoder().decode(parts[2]))).isTrue();
    }

    @Test
    void theClaimsSayWhoCallsWhatInWhichTenant() {
        JsonNode claims =
                decoded(token(Map.of()).json().path("access_token").asText().split("\\.")[1]);

        assertThat(claims.path("aud").asText()).isEqualTo("https://management.azure.com");
        assertThat(claims.path("iss").asText()).startsWith(emulator.uri().toString());
        assertThat(claims.path("appid").asText()).isEqualTo(Sample.ATTACH_APP);
        assertThat(claims.path("oid").asText()).isEqualTo(Sample.ATTACH_OBJECT);
        assertThat(claims.path("sub").asText()).isEqualTo(Sample.ATTACH_OBJECT);
        assertThat(claims.path("tid").asText()).isEqualTo(Sample.TENANT);
        assertThat(claims.path("exp").asLong()).isGreaterThan(claims.path("nbf").asLong());
    }

    @Test
    void signInScopesBesideTheApiAreIgnored() {
        assertThat(token(Map.of("scope", "https://management.azure.com//.default openid profile offline_access"))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void credentialsMayComeInABasicHeader() {
        String basic = Base64.getEncoder()
                .encodeToString((Sample.ATTACH_APP + ":" + Sample.ATTACH_SECRET).getBytes(StandardCharsets.UTF_8));

        Client.Reply reply = Client.of(emulator)
                .form(
                        TOKEN,
                        Map.of("grant_type", "client_credentials", "scope", emulator.uri() + "/.default"),
                        "Authorization",
                        "Basic " + basic);

        assertThat(reply.status()).isEqualTo(200);
    }

    @Test
    void theOldEndpointTakesAResourceInsteadOfAScope() {
        Client.Reply reply = Client.of(emulator)
                .form(
                        "/" + Sample.TENANT + "/oauth2/token",
                        Map.of(
                                "grant_type",
                                "client_credentials",
                                "client_id",
                                Sample.ATTACH_APP,
                                "client_secret",
                                Sample.ATTACH_SECRET,
                                "resource",
                                "https://management.core.windows.net/"));

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json().path("resource").asText()).isEqualTo("https://management.core.windows.net/");
        assertThat(reply.json().path("expires_on").isTextual()).isTrue();
        assertThat(Client.of(emulator)
                        .with(reply.json().path("access_token").asText())
                        .get("/subscriptions")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void everyRefusalHasItsCode() {
        assertRefused(
                token(Map.of("client_secret", "wrong")), 401, "invalid_client", "AADSTS7000215: Invalid client secret");
        assertRefused(
                token(Map.of("client_id", "11111111-2222-4333-8444-555555555555")),
                400,
                "unauthorized_client",
                "AADSTS700016: Application with identifier '11111111-2222-4333-8444-555555555555'");
        assertRefused(token(Map.of("scope", "https://management.azure.com")), 400, "invalid_scope", "AADSTS1002012: ");
        assertRefused(token(Map.of("scope", "https://else.where/.default")), 400, "invalid_resource", "AADSTS500011: ");
        assertRefused(token(Map.of("grant_type", "password")), 400, "unsupported_grant_type", "AADSTS70003: ");
        assertRefused(token(Map.of("grant_type", "")), 400, "invalid_request", "AADSTS900144: ");
        assertRefused(token(Map.of("client_secret", "")), 401, "invalid_client", "AADSTS7000218: ");
        assertRefused(
                Client.of(emulator).form("/nowhere.example/oauth2/v2.0/token", Map.of()),
                400,
                "invalid_request",
                "AADSTS90002: Tenant 'nowhere.example' not found.");
    }

    @Test
    void msalFindsTheAuthorityByDiscovery() {
        JsonNode instance = Client.of(emulator)
                .get("/common/discovery/instance?api-version=1.1&authorization_endpoint=x")
                .json();
        JsonNode configuration = Client.of(emulator)
                .get(instance.path("tenant_discovery_endpoint").asText())
                .json();

        assertThat(instance.path("metadata").get(0).path("aliases").get(0).asText())
                .isEqualTo(emulator.uri().getAuthority());
        assertThat(configuration.path("token_endpoint").asText()).isEqualTo(emulator.uri() + TOKEN);
    }

    /** The way in for a stock az, whose MSAL asks login.microsoftonline.com about any other unknown authority. */
    @Test
    void theAuthorityCanBeSpelledAsAdFs() {
        assertThat(Client.of(emulator)
                        .get("/adfs/.well-known/openid-configuration")
                        .json()
                        .path("token_endpoint")
                        .asText())
                .isEqualTo(emulator.uri() + TOKEN);
    }

    @Test
    void theManagedIdentityAnswersOnlyWithItsHeader() {
        URI endpoint = URI.create(
                emulator.identityEndpoint() + "?api-version=2019-08-01&resource=https://management.azure.com");

        Client.Reply refused =
                Client.of(emulator).send(HttpRequest.newBuilder(endpoint).build());
        Client.Reply reply = identity(endpoint);

        assertThat(refused.status()).isEqualTo(401);
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json().path("client_id").asText()).isEqualTo(Sample.ATTACH_APP);
        assertThat(Long.parseLong(reply.json().path("expires_on").asText()))
                .isGreaterThan(System.currentTimeMillis() / 1000);
        assertThat(Client.of(emulator)
                        .with(reply.json().path("access_token").asText())
                        .get(Sample.AKS_SHOP)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aSystemAssignedIdentityIsNotNamed() {
        Client.Reply reply = identity(URI.create(emulator.identityEndpoint()
                + "?api-version=2019-08-01&resource=https://management.azure.com&client_id=" + Sample.ATTACH_APP));

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.text()).contains("No User Assigned or Delegated Managed Identity found");
    }

    @Test
    void aUserAssignedIdentityIsNamedAlsoWhereItIsTheOnlyOne() {
        try (Emulator other = Emulator.start(EmulatorOptions.of(Sample.changed(estate -> {
            estate.remove("managedIdentity");
            estate.putArray("userAssignedIdentities").add("acr-attach").add("you");
        })))) {
            String query = "?api-version=2019-08-01&resource=https://management.azure.com";
            Client.Reply unnamed = identity(other, query);
            assertThat(unnamed.status()).isEqualTo(400);
            assertThat(unnamed.json().path("message").asText())
                    .isEqualTo("Unable to load the proper Managed Identity.");
            assertThat(unnamed.json().path("statusCode").asInt()).isEqualTo(400);
            assertThat(unnamed.json().path("correlationId").asText()).hasSize(36);
            for (String appId : List.of(Sample.ATTACH_APP, Sample.YOU_APP)) {
                Client.Reply named = identity(other, query + "&client_id=" + appId);
                assertThat(named.status()).isEqualTo(200);
                assertThat(named.json().path("client_id").asText()).isEqualTo(appId);
            }
            assertThat(identity(other, query + "&principal_id=" + Sample.YOU_OBJECT)
                            .status())
                    .isEqualTo(200);
            assertThat(identity(other, query + "&client_id=" + Sample.LEGACY_APP)
                            .status())
                    .isEqualTo(400);
        }
    }

    @Test
    void anIdentityGetsNoTokenForWhatTheTenantDoesNotKnow() {
        assertThat(identity(emulator, "?api-version=2019-08-01&resource=https://else.where")
                        .status())
                .isEqualTo(400);
        assertThat(identity(emulator, "?api-version=2019-08-01").status()).isEqualTo(400);
        assertThat(identity(emulator, "?resource=https://management.azure.com").status())
                .isEqualTo(400);
    }

    @Test
    void anIdentityThatTheAppDoesNotHaveIsRefused() {
        Client.Reply reply = identity(URI.create(emulator.identityEndpoint()
                + "?api-version=2019-08-01&resource=https://management.azure.com&client_id=" + Sample.LEGACY_APP));

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.text()).contains("No User Assigned or Delegated Managed Identity found");
    }

    @Test
    void aFederatedPrincipalSignsInWithAnAssertion() {
        String expired = assertion(1);
        String good = assertion(System.currentTimeMillis() / 1000 + 600);

        try (Emulator federated = Emulator.start(EmulatorOptions.of(
                Sample.changed(estate -> estate.withArray("/principals").forEach(principal -> ((ObjectNode) principal)
                        .put("federated", principal.path("displayName").asText().equals("acr-attach"))))))) {
            assertThat(signIn(federated, Sample.ATTACH_APP, good).status()).isEqualTo(200);
            assertRefused(signIn(federated, Sample.ATTACH_APP, expired), 401, "invalid_client", "AADSTS700024: ");
            assertRefused(signIn(federated, Sample.ATTACH_APP, "x.y"), 401, "invalid_client", "AADSTS50027: ");
            assertRefused(
                    signIn(federated, Sample.YOU_APP, good),
                    401,
                    "invalid_client",
                    "AADSTS700213: No matching federated");
        }
    }

    private Client.Reply identity(URI endpoint) {
        return identity(emulator, "?" + endpoint.getRawQuery());
    }

    private static Client.Reply identity(Emulator of, String query) {
        return Client.of(of)
                .send(HttpRequest.newBuilder(URI.create(of.identityEndpoint() + query))
                        .header("X-IDENTITY-HEADER", of.identityHeader())
                        .build());
    }

    private Client.Reply token(Map<String, String> different) {
        Map<String, String> form = new HashMap<>(Map.of(
                "grant_type",
                "client_credentials",
                "client_id",
                Sample.ATTACH_APP,
                "client_secret",
                Sample.ATTACH_SECRET,
                "scope",
                "https://management.azure.com/.default"));
        form.putAll(different);
        return Client.of(emulator).form(TOKEN, form);
    }

    private static Client.Reply signIn(Emulator federated, String appId, String assertion) {
        return Client.of(federated)
                .form(
                        TOKEN,
                        Map.of(
                                "grant_type", "client_credentials",
                                "client_id", appId,
                                "client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
                                "client_assertion", assertion,
                                "scope", "https://management.azure.com/.default"));
    }

    private static String assertion(long expires) {
        String claims = Base64.getUrlEncoder()
                .encodeToString(("{\"sub\":\"repo:x\",\"exp\":" + expires + "}").getBytes(StandardCharsets.UTF_8));
        return "e30." + claims + ".c2ln";
    }

    private static void assertRefused(Client.Reply reply, int status, String error, String description) {
        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.json().path("error").asText()).isEqualTo(error);
        assertThat(reply.json().path("error_description").asText()).startsWith(description);
    }

    private static JsonNode decoded(String part) {
        return Json.parse(Base64.getUrlDecoder().decode(part)).orElseThrow();
    }

    private static BigInteger number(JsonNode base64) {
        return new BigInteger(1, Base64.getUrlDecoder().decode(base64.asText()));
    }
}
