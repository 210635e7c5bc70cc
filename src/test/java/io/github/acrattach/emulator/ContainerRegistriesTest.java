package io.github.acrattach.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.acrattach.emulator.http.Json;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ContainerRegistriesTest extends Running {
    private static final String SHOP = "/_registries/acrshop.azurecr.io";
    private static final String DATA = "/_registries/acrdata-a1b2c3d4e5f6.azurecr.io";
    private static final String ACR_DATA = Sample.PLATFORM + Sample.REGISTRIES + "/acrdata";
    private static final String READER = "b93aa761-3e63-49ed-ac28-beffa264f7ac";
    private static final String ARM = "https://management.azure.com";
    private static final String ACR = "https://containerregistry.azure.net";
    private static final String NAME = "/11111111-2222-4333-8444-555555555555";

    @Test
    void theChallengeLeadsToTheTokenService() {
        Client.Reply root = Client.of(emulator).get(SHOP + "/v2/");
        assertThat(root.status()).isEqualTo(401);
        assertThat(root.header("Www-Authenticate"))
                .isEqualTo(
                        "Bearer realm=\"" + emulator.uri() + SHOP + "/oauth2/token\",service=\"acrshop.azurecr.io\"");
        Client.Reply image = Client.of(emulator).get(SHOP + "/v2/shop/web/manifests/1.0");
        assertThat(image.header("Www-Authenticate")).endsWith(",scope=\"repository:shop/web:pull\"");
        assertThat(error(image)).isEqualTo("UNAUTHORIZED");
        assertThat(image.json()
                        .path("errors")
                        .get(0)
                        .path("detail")
                        .get(0)
                        .path("Action")
                        .asText())
                .isEqualTo("pull");
    }

    @Test
    void anImageIsPulledWithTheRoleAndNotWithout() {
        Client without = kubelet(SHOP, "shop/web");
        assertThat(claims(without.token()).path("access")).isEmpty();
        Client.Reply refused = without.get(SHOP + "/v2/shop/web/manifests/1.0");
        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.header("Www-Authenticate")).contains("insufficient_scope");
        assertThat(without.get(SHOP + "/v2/").status()).isEqualTo(200);

        assign(Sample.ACR_SHOP, Sample.ACR_PULL, "");
        Client kubelet = kubelet(SHOP, "shop/web");
        assertThat(claims(kubelet.token()).path("access").toString())
                .isEqualTo("[{\"type\":\"repository\",\"name\":\"shop/web\",\"actions\":[\"pull\"]}]");
        assertThat(claims(kubelet.token()).path("aud").asText()).isEqualTo("acrshop.azurecr.io");
        Client.Reply manifest = kubelet.get(SHOP + "/v2/shop/web/manifests/1.0");
        String digest = manifest.header("Docker-Content-Digest");
        assertThat(manifest.header("Content-Type")).isEqualTo("application/vnd.oci.image.manifest.v1+json");
        assertThat(kubelet.get(SHOP + "/v2/shop/web/manifests/" + digest).text())
                .isEqualTo(manifest.text());
        Client.Reply head = kubelet.send("HEAD", SHOP + "/v2/shop/web/manifests/1.0", "");
        assertThat(head.header("Docker-Content-Digest")).isEqualTo(digest);
        assertThat(head.header("Content-Length"))
                .isEqualTo(String.valueOf(manifest.answer().body().length));
        String config = manifest.json().path("config").path("digest").asText();
        assertThat(kubelet.get(SHOP + "/v2/shop/web/blobs/" + config).status()).isEqualTo(200);
        assertThat(kubelet.get(SHOP + "/v2/shop/web/tags/list")
                        .json()
                        .path("tags")
                        .toString())
                .isEqualTo("[\"1.0\",\"1.1\"]");
        assertThat(error(kubelet.get(SHOP + "/v2/shop/web/manifests/9"))).isEqualTo("MANIFEST_UNKNOWN");
        assertThat(error(kubelet(SHOP, "shop/none").get(SHOP + "/v2/shop/none/manifests/1")))
                .isEqualTo("NAME_UNKNOWN");
    }

    @Test
    void inheritedRolesCountAndConditionedOnesDoNot() {
        assign(Sample.ACR_SHOP, Sample.ACR_PULL, ",'condition':'x','conditionVersion':'2.0'");
        assertThat(granted(SHOP, "shop/web")).isFalse();
        Client.you(emulator).delete(Sample.ACR_SHOP + Sample.ASSIGNMENTS + NAME);
        assign(Sample.PLATFORM, Sample.ACR_PUSH, "");
        assertThat(granted(SHOP, "shop/web")).isTrue();
    }

    @Test
    void eachModeOfARegistryHonoursItsOwnRoles() {
        assign(ACR_DATA, Sample.ACR_PULL, "");
        assertThat(granted(DATA, "etl")).isFalse();
        Client.you(emulator).delete(ACR_DATA + Sample.ASSIGNMENTS + NAME);
        assign(ACR_DATA, READER, "");
        assertThat(granted(DATA, "etl")).isTrue();
        Client.you(emulator).delete(ACR_DATA + Sample.ASSIGNMENTS + NAME);
        assign(Sample.ACR_SHOP, READER, "");
        assertThat(granted(SHOP, "shop/web")).isFalse();
    }

    @Test
    void tokensForArmAreExchangedUnlessTheRegistryRefusesThem() {
        assertThat(exchange(SHOP, emulator.tokenOf(Sample.SHOP_KUBELET, ARM)).status())
                .isEqualTo(200);
        Client.you(emulator)
                .send(
                        "PATCH",
                        Sample.ACR_SHOP,
                        "{'properties':{'policies':{'azureADAuthenticationAsArmPolicy':{'status':'disabled'}}}}");
        assertThat(exchange(SHOP, emulator.tokenOf(Sample.SHOP_KUBELET, ARM)).status())
                .isEqualTo(401);
        assertThat(exchange(SHOP, emulator.tokenOf(Sample.SHOP_KUBELET, ACR)).status())
                .isEqualTo(200);
        assertThat(exchange(SHOP, emulator.tokenOf(Sample.SHOP_KUBELET, "https://graph.microsoft.com"))
                        .status())
                .isEqualTo(401);
        assertThat(exchange(SHOP, "x.y.z").status()).isEqualTo(401);
    }

    @Test
    void aRefreshTokenOfAnotherRegistryIsWorthNothing() {
        String refresh = refreshToken(DATA);
        assertThat(Client.of(emulator)
                        .form(SHOP + "/oauth2/token", Map.of("grant_type", "refresh_token", "refresh_token", refresh))
                        .status())
                .isEqualTo(401);
    }

    @Test
    void theFirewallStandsBeforeEverything() {
        for (String closed : new String[] {
            "{'properties':{'publicNetworkAccess':'Disabled'}}",
            "{'properties':{'publicNetworkAccess':'Enabled','networkRuleSet':{'defaultAction':'Deny'}}}"
        }) {
            Client.you(emulator).send("PATCH", Sample.ACR_SHOP, closed);
            Client.Reply refused = exchange(SHOP, emulator.tokenOf(Sample.SHOP_KUBELET, ACR));
            assertThat(refused.status()).as(closed).isEqualTo(403);
            assertThat(refused.text()).contains("client with IP '127.0.0.1' is not allowed access");
            assertThat(error(Client.of(emulator).get(SHOP + "/v2/"))).isEqualTo("DENIED");
        }
        Client.you(emulator)
                .send(
                        "PATCH",
                        Sample.ACR_SHOP,
                        "{'properties':{'networkRuleSet':{'ipRules':[{'action':'Allow','value':'127.0.0.1'}]}}}");
        assertThat(Client.of(emulator).get(SHOP + "/v2/").status()).isEqualTo(401);
    }

    @Test
    void namesAndPasswordsAreTakenInEveryWayThatClientsSendThem() {
        String password = token("repositories/shop/*/content/read", "");
        String path = SHOP + "/oauth2/token?service=acrshop.azurecr.io&scope=repository:shop/web:pull,push"
                + "&scope=repository:other:pull";
        Client.Reply viaGet = basic(path, "attach", password);
        assertThat(viaGet.status()).isEqualTo(200);
        assertThat(claims(viaGet.json().path("access_token").asText())
                        .path("access")
                        .toString())
                .isEqualTo("[{\"type\":\"repository\",\"name\":\"shop/web\",\"actions\":[\"pull\"]}]");
        Client.Reply viaPost = Client.of(emulator)
                .form(
                        SHOP + "/oauth2/token",
                        Map.of(
                                "grant_type",
                                "password",
                                "username",
                                "attach",
                                "password",
                                password,
                                "scope",
                                "repository:shop/web:pull"));
        assertThat(claims(viaPost.json().path("access_token").asText()).path("access"))
                .hasSize(1);
        assertThat(basic(SHOP + "/v2/shop/web/manifests/1.0", "attach", password)
                        .status())
                .isEqualTo(200);
        Client.Reply wrong = basic(path, "attach", "wrong");
        assertThat(wrong.status()).isEqualTo(401);
        assertThat(error(wrong)).isEqualTo("UNAUTHORIZED");
        assertThat(Client.of(emulator).get(path).status()).isEqualTo(401);
        assertThat(basic(DATA + "/oauth2/token", "attach", password).status()).isEqualTo(401);
        assertThat(emulator.requests().list().toString()).doesNotContain(password);
    }

    @Test
    void aServicePrincipalMadeInGraphPullsWithEachOfItsPasswords() {
        Client graph = Client.of(emulator)
                .signedIn(Sample.ATTACH_APP, Sample.ATTACH_SECRET, "https://graph.microsoft.com/.default");
        JsonNode made = graph.post(
                        "/v1.0/applications",
                        "{'displayName':'pull-shop','passwordCredentials':[{'displayName':'a'},{'displayName':'b'}]}")
                .json();
        String appId = made.path("appId").asText();
        String principal = graph.post("/v1.0/servicePrincipals", "{'appId':'" + appId + "'}")
                .json()
                .path("id")
                .asText();
        Client.you(emulator)
                .put(
                        Sample.ACR_SHOP + Sample.ASSIGNMENTS + NAME,
                        Sample.assignment(Sample.ACR_PULL, principal, "ServicePrincipal"));
        for (JsonNode password : made.path("passwordCredentials")) {
            String secret = password.path("secretText").asText();
            assertThat(basic(SHOP + "/v2/shop/web/manifests/1.0", appId, secret).status())
                    .isEqualTo(200);
            assertThat(emulator.requests().list().toString()).doesNotContain(secret);
        }
        graph.delete("/v1.0/applications/" + made.path("id").asText());
        assertThat(basic(
                                SHOP + "/v2/shop/web/manifests/1.0",
                                appId,
                                made.path("passwordCredentials")
                                        .get(0)
                                        .path("secretText")
                                        .asText())
                        .status())
                .isEqualTo(401);
    }

    @Test
    void aPasswordEndsWithItsExpiry() {
        String password = token(
                "repositories/shop/web/content/read",
                ",'expiry':'" + Instant.now().plusSeconds(3600) + "'");
        String path = SHOP + "/oauth2/token?scope=repository:shop/web:pull";
        assertThat(basic(path, "attach", password).status()).isEqualTo(200);
        emulator.clock().advance(Duration.ofHours(1));
        assertThat(basic(path, "attach", password).status()).isEqualTo(401);
    }

    @Test
    void aRegistryOpenToAllAsksForNothing() {
        Client.you(emulator).send("PATCH", Sample.ACR_SHOP, "{'properties':{'anonymousPullEnabled':true}}");
        Client anybody = Client.of(emulator);
        String token = anybody.get(SHOP + "/oauth2/token?scope=repository:shop/web:pull,push")
                .json()
                .path("access_token")
                .asText();
        assertThat(anybody.with(token).get(SHOP + "/v2/shop/web/manifests/1.0").status())
                .isEqualTo(200);
    }

    @Test
    void thereIsNothingWithoutARegistry() {
        assertThat(Client.of(emulator)
                        .get("/_registries/acrnone.azurecr.io/v2/")
                        .status())
                .isEqualTo(404);
    }

    private void assign(String scope, String role, String more) {
        String body = Sample.assignment(role, Sample.SHOP_KUBELET, "ServicePrincipal");
        assertThat(Client.you(emulator)
                        .put(scope + Sample.ASSIGNMENTS + NAME, body.substring(0, body.length() - 2) + more + "}}")
                        .status())
                .isEqualTo(201);
    }

    private String token(String action, String more) {
        Client you = Client.you(emulator);
        String map = Sample.ACR_SHOP + "/scopeMaps/attach";
        String token = Sample.ACR_SHOP + "/tokens/attach";
        you.put(map, "{'properties':{'actions':['" + action + "']}}");
        you.put(token, "{'properties':{'scopeMapId':'" + map + "'}}");
        return you.post(Sample.ACR_SHOP + "/generateCredentials", "{'tokenId':'" + token + "'" + more + "}")
                .json()
                .path("passwords")
                .get(1)
                .path("value")
                .asText();
    }

    private boolean granted(String registry, String repository) {
        return !claims(kubelet(registry, repository).token()).path("access").isEmpty();
    }

    private Client kubelet(String registry, String repository) {
        return Client.of(emulator)
                .with(Client.of(emulator)
                        .form(
                                registry + "/oauth2/token",
                                Map.of(
                                        "grant_type",
                                        "refresh_token",
                                        "refresh_token",
                                        refreshToken(registry),
                                        "scope",
                                        "repository:" + repository + ":pull"))
                        .json()
                        .path("access_token")
                        .asText());
    }

    private String refreshToken(String registry) {
        return exchange(registry, emulator.tokenOf(Sample.SHOP_KUBELET, ACR))
                .json()
                .path("refresh_token")
                .asText();
    }

    private Client.Reply exchange(String registry, String accessToken) {
        return Client.of(emulator)
                .form(
                        registry + "/oauth2/exchange",
                        Map.of(
                                "grant_type",
                                "access_token",
                                "service",
                                registry.substring(registry.lastIndexOf('/') + 1),
                                "access_token",
                                accessToken));
    }

    private Client.Reply basic(String path, String user, String password) {
        String pair = Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
        return Client.of(emulator)
                .send(HttpRequest.newBuilder(URI.create(emulator.uri() + path))
                        .header("Authorization", "Basic " + pair)
                        .build());
    }

    private static JsonNode claims(String token) {
        return Json.parse(Base64.getUrlDecoder().decode(token.split("\\.")[1])).orElseThrow();
    }

    private static String error(Client.Reply reply) {
        return reply.json().path("errors").path(0).path("code").asText();
    }
}
