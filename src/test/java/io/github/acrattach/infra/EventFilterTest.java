package io.github.acrattach.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is delivered are the events that the program reacts to; each other one would cost a start, and is ignored. */
class EventFilterTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String GROUP = "/subscriptions/" + Bicep.SUBSCRIPTION + "/resourceGroups/shop/providers/";

    private final EventFilter filter = EventFilter.of(Bicep.compiler().snapshot("default"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "acr-created",
                "acr-created-cloudevent",
                "acr-deleted",
                "aks-created",
                "aks-created-cloudevent",
                "aks-created-upper-case",
                "aks-deleted-cloudevent",
                "aks-updated"
            })
    void eventsOfClustersAndRegistriesAreDelivered(String name) throws IOException {
        assertThat(filter.delivers(JSON.readTree(
                        Path.of("src/test/resources/events", name + ".json").toFile())))
                .isTrue();
    }

    @Test
    void eventThatIsNotForUsIsNotDelivered() throws IOException {
        assertThat(filter.delivers(JSON.readTree(
                        Path.of("src/test/resources/events/not-for-us.json").toFile())))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "Microsoft.ContainerService/managedClusters/a, Microsoft.ContainerService/managedClusters/write, true",
        "Microsoft.ContainerService/managedClusters/a, Microsoft.ContainerService/managedClusters/start/action, true",
        "Microsoft.ContainerService/managedClusters/a, Microsoft.ContainerService/managedClusters/stop/action, false",
        "Microsoft.ContainerService/managedClusters/a/providers/Microsoft.Resources/tags/default,"
                + " Microsoft.Resources/tags/write, true",
        "Microsoft.ContainerRegistry/registries/a, Microsoft.Resources/tags/write, true",
        "Microsoft.ContainerRegistry/registries/a, Microsoft.Resources/tags/delete, true",
        "Microsoft.ContainerRegistry/registries/a, MICROSOFT.CONTAINERREGISTRY/REGISTRIES/DELETE, true",
        "Microsoft.Compute/virtualMachines/a, Microsoft.Resources/tags/write, false",
        "Microsoft.ContainerService/managedClusters/a/agentPools/b,"
                + " Microsoft.ContainerService/managedClusters/agentPools/write, false",
        "Microsoft.ContainerRegistry/registries/a/tokens/b, Microsoft.ContainerRegistry/registries/tokens/write, false",
        "Microsoft.ContainerRegistry/registries/a/providers/Microsoft.Authorization/roleAssignments/b,"
                + " Microsoft.Authorization/roleAssignments/write, false",
        "Microsoft.ContainerRegistry/registries/a, '', false",
    })
    void operationAndSubjectDecide(String subject, String operation, boolean delivered) {
        ObjectNode event = JSON.createObjectNode().put("type", type(operation)).put("subject", GROUP + subject);
        event.putObject("data").put("operationName", operation);
        assertThat(filter.delivers(event)).isEqualTo(delivered);
    }

    /** Event Grid has a type of events for each kind of operation; that of an action is neither a write nor a delete. */
    private static String type(String operation) {
        String verb = operation.toLowerCase(Locale.ROOT).replaceAll(".*/", "");
        return "Microsoft.Resources.Resource"
                + switch (verb) {
                    case "action" -> "Action";
                    case "delete" -> "Delete";
                    default -> "Write";
                }
                + "Success";
    }

    @Test
    void failuresAreNotDelivered() {
        ObjectNode event = JSON.createObjectNode()
                .put("type", "Microsoft.Resources.ResourceWriteFailure")
                .put("subject", GROUP + "Microsoft.ContainerRegistry/registries/a");
        event.putObject("data").put("operationName", "Microsoft.ContainerRegistry/registries/write");
        assertThat(filter.delivers(event)).isFalse();
    }
}
