package io.github.acrattach;

import static io.restassured.RestAssured.given;

import io.github.acrattach.emulator.Emulator;
import io.github.acrattach.emulator.EmulatorOptions;
import io.github.acrattach.emulator.estate.Estate;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RoleWayIT {
    @Test
    void slice() {
        try (Emulator emulator = Emulator.start(EmulatorOptions.of(Estate.sample()));
                PackagedProgram program = PackagedProgram.start(
                        emulator,
                        Map.of(
                                "ACR_ATTACH_RULES_TEAM_CLUSTERS_NAMES", "aks-*",
                                "ACR_ATTACH_RULES_TEAM_REGISTRIES_NAMES", "*",
                                "ACR_ATTACH_RULES_TEAM_JOIN_ON_TAGS", "team"))) {
            for (int i = 0; i < 2; i++) {
                given().baseUri(program.uri().toString())
                        .contentType("application/json")
                        .body(
                                """
                    {"Data":{"event":{"id":"1","eventType":"Microsoft.Resources.ResourceWriteSuccess","subject":"/subscriptions/3f2b8c14-5d6e-4a7f-9b10-c2d3e4f5a601/resourcegroups/platform/providers/Microsoft.ContainerService/managedClusters/aks-shop"}},"Metadata":{}}
                    """)
                        .post("/ResourceChanged")
                        .then()
                        .log()
                        .all();
            }
            System.out.println(program.log());
            emulator.requests().list().forEach(System.out::println);
        }
    }
}
