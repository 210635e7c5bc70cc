package io.github.acrattach.emulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/** Tries whether somebody gets a token of a registry with which a repository can be pulled, as a kubelet does. */
public record Pulls(Emulator emulator, String loginServer) {
    public static final String SHOP = "acrshop.azurecr.io";
    public static final String DATA = "acrdata-a1b2c3d4e5f6.azurecr.io";
    private static final String ACR = "https://containerregistry.azure.net";

    public boolean allow(String principal, String repository) {
        JsonNode token = accessToken(refreshToken(principal), repository).json();
        Client.Reply manifest = Client.of(emulator)
                .with(token.path("access_token").asText())
                .get(path("/v2/" + repository + "/manifests/1"));
        return manifest.status() == 200 || manifest.status() == 404;
    }

    String refreshToken(String principal) {
        return exchange(principal).json().path("refresh_token").asText();
    }

    Client.Reply exchange(String principal) {
        return Client.of(emulator)
                .form(
                        path("/oauth2/exchange"),
                        Map.of(
                                "grant_type",
                                "access_token",
                                "service",
                                loginServer,
                                "access_token",
                                emulator.tokenOf(principal, ACR)));
    }

    Client.Reply accessToken(String refreshToken, String repository) {
        return Client.of(emulator)
                .form(
                        path("/oauth2/token"),
                        Map.of(
                                "grant_type",
                                "refresh_token",
                                "refresh_token",
                                refreshToken,
                                "scope",
                                "repository:" + repository + ":pull"));
    }

    String path(String rest) {
        return "/_registries/" + loginServer + rest;
    }
}
