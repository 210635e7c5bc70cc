package io.github.acrattach.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.RealRegistry;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the emulator's token service grants, judged by a registry that is none of ours. */
class RealRegistryTest {
    private static final String IMAGE = "shop/web:1.0";
    private static final String SHOP_ASSIGNMENT =
            Sample.ACR_SHOP + Sample.ASSIGNMENTS + "/11111111-2222-4333-8444-555555555555";

    private static RealRegistry registry;
    private static Emulator emulator;

    @BeforeAll
    static void start() {
        registry = RealRegistry.start();
        registry.seed("shop/web", "1.0");
        registry.seed("shop/secret", "1.0");
        emulator = Emulator.start(EmulatorOptions.of(
                Sample.changed(estate -> estate.path("resources").forEach(resource -> {
                    if (resource.path("name").asText().equals("acrshop")) {
                        ((ObjectNode) resource.path("properties")).put("loginServer", registry.loginServer());
                    }
                }))));
        registry.protect(emulator);
    }

    @BeforeEach
    void startAgain() {
        emulator.reset();
    }

    @AfterAll
    static void stop() {
        if (emulator != null) {
            emulator.close();
        }
        if (registry != null) {
            registry.close();
        }
    }

    @Test
    void aKubeletPullsOnceItHasItsRole() {
        Path before = kubelet();
        assertThat(registry.inspect(before, IMAGE).exit()).isNotZero();
        assertThat(registry.inspect(before, IMAGE).output()).contains("denied").contains("access");

        Client.you(emulator)
                .put(SHOP_ASSIGNMENT, Sample.assignment(Sample.ACR_PULL, Sample.SHOP_KUBELET, "ServicePrincipal"));
        RealRegistry.Result pulled = registry.copy(kubelet(), IMAGE);
        assertThat(pulled.exit()).as(pulled.output()).isZero();
    }

    @Test
    void aTokenOfTheRegistryPullsWhatItsScopeMapNames() {
        Client you = Client.you(emulator);
        you.put(
                Sample.ACR_SHOP + "/scopeMaps/attach",
                "{'properties':{'actions':['repositories/shop/web/content/read']}}");
        you.put(
                Sample.ACR_SHOP + "/tokens/attach",
                "{'properties':{'scopeMapId':'" + Sample.ACR_SHOP + "/scopeMaps/attach'}}");
        String password = generated(you);
        Path authFile = registry.authFile("attach", password);

        RealRegistry.Result seen = registry.inspect(authFile, IMAGE);
        assertThat(seen.exit()).as(seen.output()).isZero();
        assertThat(seen.output()).contains("\"1.0\"");
        assertThat(registry.inspect(authFile, "shop/secret:1.0").exit()).isNotZero();
        assertThat(registry.inspect(registry.authFile("attach", "wrong"), IMAGE).output())
                .contains("unauthorized");

        String next = generated(you);
        assertThat(registry.inspect(authFile, IMAGE).exit()).isNotZero();
        assertThat(registry.inspect(registry.authFile("attach", next), IMAGE).exit())
                .isZero();
        you.send("PATCH", Sample.ACR_SHOP + "/tokens/attach", "{'properties':{'status':'disabled'}}");
        assertThat(registry.inspect(registry.authFile("attach", next), IMAGE).exit())
                .isNotZero();
    }

    @Test
    void aServicePrincipalPullsWithItsSecret() {
        Path authFile = registry.authFile(Sample.LEGACY_APP, Sample.LEGACY_SECRET);
        assertThat(registry.inspect(authFile, IMAGE).exit()).isNotZero();
        Client.you(emulator)
                .put(
                        SHOP_ASSIGNMENT,
                        Sample.assignment(Sample.ACR_PULL, "d8e9f0a1-b2c3-4d4e-9f5a-6b7c8d9e0f1a", "ServicePrincipal"));
        RealRegistry.Result seen = registry.inspect(authFile, IMAGE);
        assertThat(seen.exit()).as(seen.output()).isZero();
    }

    private Path kubelet() {
        String refreshToken = Client.of(emulator)
                .form(
                        "/_registries/" + registry.loginServer() + "/oauth2/exchange",
                        Map.of(
                                "grant_type",
                                "access_token",
                                "service",
                                registry.loginServer(),
                                "access_token",
                                emulator.tokenOf(Sample.SHOP_KUBELET, "https://containerregistry.azure.net")))
                .json()
                .path("refresh_token")
                .asText();
        return registry.identityFile(refreshToken);
    }

    private static String generated(Client you) {
        return you.post(
                        Sample.ACR_SHOP + "/generateCredentials",
                        "{'tokenId':'" + Sample.ACR_SHOP + "/tokens/attach','name':'password1'}")
                .json()
                .path("passwords")
                .get(0)
                .path("value")
                .asText();
    }
}
