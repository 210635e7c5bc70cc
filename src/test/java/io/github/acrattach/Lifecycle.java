package io.github.acrattach;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.restassured.response.ValidatableResponse;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/** What tests of how access begins and ends have in common: one cluster, one registry, and a program that is asked for both. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class Lifecycle {

    static final String CLUSTER = Estates.cluster("aks-shop");
    static final String REGISTRY = Estates.registry("acrshop");
    static final String APPLICATIONS = "/v1.0/applications?$filter=tags/any(t:t%20eq%20'acr-attach')";
    static final String SUBSCRIBED = "ResourceChanged";

    /** With the sample estate, for all tests that need no other. */
    private PullScene sample;

    PullScene scene;
    PackagedProgram program;

    @BeforeAll
    void arrange() {
        sample = PullScene.emulated(estate -> {});
    }

    @AfterAll
    void clear() {
        sample.close();
    }

    void start(Map<String, String> settings) {
        sample.reset();
        scene = sample;
        program = scene.program(settings);
    }

    void start(Map<String, String> settings, Consumer<ObjectNode> change) {
        scene = PullScene.emulated(change);
        program = scene.program(settings);
    }

    void goOnWith(Map<String, String> settings) {
        program = scene.program(settings);
    }

    @AfterEach
    void stop() {
        scene.azure.eventGrid().unsubscribe(SUBSCRIBED);
        if (scene != sample) {
            scene.close();
        }
    }

    /** A rule that names aks-shop and acrshop alone, so that the timer makes nothing for others. */
    static Map<String, String> onlyThePair(String setting, String value) {
        return Map.of(
                "ACR_ATTACH_RULES_TEAM_CLUSTERS_NAMES",
                "aks-shop",
                "ACR_ATTACH_RULES_TEAM_REGISTRIES_NAMES",
                "acrshop",
                setting,
                value);
    }

    JsonNode event(ObjectNode event) {
        return outcomes(event).path(0);
    }

    JsonNode outcomes(ObjectNode event) {
        return program.host()
                .invoke("ResourceChanged", event)
                .answer()
                .orElseThrow()
                .path("ReturnValue");
    }

    ValidatableResponse call(String what) {
        return post(what, Map.of("cluster", CLUSTER, "registry", REGISTRY));
    }

    ValidatableResponse post(String what, Object body) {
        return program.post("/api/" + what, body).then();
    }
}
