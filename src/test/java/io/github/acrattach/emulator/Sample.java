package io.github.acrattach.emulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.emulator.estate.Estate;
import io.github.acrattach.emulator.http.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.function.Consumer;

/** Names of things in the sample estate. */
final class Sample {
    static final String TENANT = "6d1f0a52-7c3b-4e8d-9a41-2b5c7d9e0f31";
    static final String PRODUCTION = "/subscriptions/3f2b8c14-5d6e-4a7f-9b10-c2d3e4f5a601";
    static final String SHARED = "/subscriptions/8a9b0c1d-2e3f-4051-a263-b7c8d9e0f112";
    static final String PLATFORM = PRODUCTION + "/resourceGroups/platform";
    static final String CLUSTERS = "/providers/Microsoft.ContainerService/managedClusters";
    static final String REGISTRIES = "/providers/Microsoft.ContainerRegistry/registries";
    static final String ASSIGNMENTS = "/providers/Microsoft.Authorization/roleAssignments";
    static final String DEFINITIONS = "/providers/Microsoft.Authorization/roleDefinitions";
    static final String AKS_SHOP = PLATFORM + CLUSTERS + "/aks-shop";
    static final String AKS_LATE = PLATFORM + CLUSTERS + "/aks-late";
    static final String AKS_LEGACY = PLATFORM + CLUSTERS + "/aks-legacy";
    static final String ACR_SHOP = PLATFORM + REGISTRIES + "/acrshop";
    static final String ACR_PULL = "7f951dda-4ed3-4680-a7ca-43fe172d538d";
    static final String ACR_PUSH = "8311e382-0749-4cb8-b61a-304f252e45ec";
    static final String SHOP_KUBELET = "1b2c3d4e-5f60-4718-9293-a4b5c6d7e8f9";
    static final String ATTACH_APP = "e4a1b2c3-d4e5-4f60-8171-92a3b4c5d6e7";
    static final String ATTACH_OBJECT = "b7e2c9d4-1a3f-4c5e-8b6d-0f1e2d3c4b5a";
    static final String ATTACH_SECRET = "made-up-secret-of-acr-attach";
    static final String YOU_APP = "f5b6c7d8-e9f0-4a1b-8c2d-3e4f5a6b7c8d";
    static final String YOU_OBJECT = "c1d2e3f4-a5b6-4c7d-8e9f-0a1b2c3d4e5f";
    static final String YOU_SECRET = "made-up-secret-of-you";
    static final String LEGACY_APP = "a9b8c7d6-e5f4-4321-8fed-cba987654321";
    static final String LEGACY_SECRET = "made-up-secret-of-aks-legacy";

    private Sample() {}

    /** The body that assigns a role; without a type when that is blank. */
    static String assignment(String role, String principal, String type) {
        return "{'properties':{'roleDefinitionId':'" + PRODUCTION + DEFINITIONS + "/" + role + "','principalId':'"
                + principal + "'" + (type.isEmpty() ? "" : ",'principalType':'" + type + "'") + "}}";
    }

    static Estate changed(Consumer<ObjectNode> change) {
        try (InputStream in = Estate.class.getResourceAsStream("/emulator/sample-estate.json")) {
            ObjectNode json = Json.parseObject(in.readAllBytes()).orElseThrow();
            change.accept(json);
            return Estate.of(json);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
