package io.github.acrattach.trigger.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.github.acrattach.domain.Change;
import io.github.acrattach.domain.Samples;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventReaderTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "aks-created.json",
                "aks-created-cloudevent.json",
                "aks-created-without-data-cloudevent.json",
                "aks-created-upper-case.json",
                "aks-updated.json"
            })
    void clusterThatWasWritten(String file) throws IOException {
        assertThat(changes(read(file))).containsExactly(new Change.ClusterWritten(Samples.CLUSTER));
    }

    @ParameterizedTest
    @ValueSource(strings = {"acr-created.json", "acr-created-cloudevent.json"})
    void registryThatWasWritten(String file) throws IOException {
        assertThat(changes(read(file))).containsExactly(new Change.RegistryWritten(Samples.REGISTRY));
    }

    @Test
    void deletionsAreUnderstood() throws IOException {
        assertThat(changes(read("acr-deleted.json"))).containsExactly(new Change.Deleted(Samples.REGISTRY));
        assertThat(changes(read("aks-deleted-cloudevent.json"))).containsExactly(new Change.Deleted(Samples.CLUSTER));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "aks-tagged.json",
                "aks-tagged-cloudevent.json",
                "aks-tagged-upper-case.json",
                "aks-tagged-without-data-cloudevent.json",
                "aks-tags-deleted.json"
            })
    void tagsThatWereSetOrTakenAwayAreAChangeOfTheirCluster(String file) throws IOException {
        assertThat(changes(read(file))).containsExactly(new Change.ClusterWritten(Samples.CLUSTER));
    }

    @ParameterizedTest
    @ValueSource(strings = {"acr-tagged.json", "acr-tagged-cloudevent.json", "acr-tags-deleted-cloudevent.json"})
    void tagsThatWereSetOrTakenAwayAreAChangeOfTheirRegistry(String file) throws IOException {
        assertThat(changes(read(file))).containsExactly(new Change.RegistryWritten(Samples.REGISTRY));
    }

    @ParameterizedTest
    @ValueSource(strings = {"aks-started.json", "aks-started-cloudevent.json", "aks-service-principal-reset.json"})
    void actionThatChangesWhoPullsOrIsReachedIsAChangeOfTheCluster(String file) throws IOException {
        assertThat(changes(read(file))).containsExactly(new Change.ClusterWritten(Samples.CLUSTER));
    }

    @Test
    void writeThatFailedOrWasCanceledMayHaveLeftWhatItBegan() throws IOException {
        for (String file : List.of("aks-creation-failed.json", "aks-update-canceled-cloudevent.json")) {
            assertThat(changes(read(file))).as(file).containsExactly(new Change.ClusterWritten(Samples.CLUSTER));
        }
        assertThat(changes(read("acr-update-failed.json")))
                .containsExactly(new Change.RegistryWritten(Samples.REGISTRY));
    }

    /** This program itself asks for kubeconfigs: an action that is not named could be its own. */
    @Test
    void actionWithoutANameIsIrrelevant() throws IOException {
        ObjectNode event = (ObjectNode) read("aks-started.json");
        event.remove("data");
        assertThat(changes(event)).singleElement().satisfies(EventReaderTest::assertIrrelevant);
    }

    /** The names of both are Azure's: neither may stand for the other. */
    @Test
    void operationThatDoesNotFitItsTypeIsIrrelevant() throws IOException {
        for (String operation : List.of("Microsoft.Resources/tags/delete", "Microsoft.Resources/tags/read")) {
            ObjectNode event = (ObjectNode) read("aks-tagged.json");
            ((ObjectNode) event.path("data")).put("operationName", operation);
            assertThat(changes(event)).singleElement().satisfies(EventReaderTest::assertIrrelevant);
        }
    }

    @Test
    void stopIsNothingToDoAndSaidSo() throws IOException {
        ObjectNode event = (ObjectNode) read("aks-started.json");
        ((ObjectNode) event.path("data"))
                .put("operationName", "Microsoft.ContainerService/managedClusters/stop/action");
        assertThat(changes(event)).singleElement().satisfies(change -> assertThat(((Change.Irrelevant) change).reason())
                .contains("stop/action"));
    }

    @Test
    void allElseIsIrrelevantForAReason() throws IOException {
        JsonNode events = read("not-for-us.json");
        assertThat(changes(events)).hasSameSizeAs(events).allSatisfy(EventReaderTest::assertIrrelevant);
    }

    @Test
    void eventComesQuotedOnceOrTwice() throws IOException {
        String event = read("aks-created.json").toString();
        String quoted = JSON.writeValueAsString(event);
        assertThat(changes(TextNode.valueOf(event))).containsExactly(new Change.ClusterWritten(Samples.CLUSTER));
        assertThat(changes(TextNode.valueOf(quoted))).containsExactly(new Change.ClusterWritten(Samples.CLUSTER));
    }

    @Test
    void itemsAndDataComeQuotedToo() throws IOException {
        ObjectNode event = (ObjectNode) read("aks-created.json");
        assertThat(changes(JSON.createArrayNode().add("\uFEFF" + event)))
                .containsExactly(new Change.ClusterWritten(Samples.CLUSTER));
        event.put("data", "not JSON");
        assertThat(changes(event)).containsExactly(new Change.ClusterWritten(Samples.CLUSTER));
        event.put("data", "{\"operationName\":\"Microsoft.ContainerService/managedClusters/agentPools/write\"}");
        assertThat(changes(event)).singleElement().satisfies(EventReaderTest::assertIrrelevant);
    }

    @Test
    void batchKeepsItsOrder() throws IOException {
        ArrayNode batch = JSON.createArrayNode().add(read("aks-created.json")).add(read("acr-created.json"));
        assertThat(changes(batch))
                .containsExactly(
                        new Change.ClusterWritten(Samples.CLUSTER), new Change.RegistryWritten(Samples.REGISTRY));
    }

    @Test
    void idsAreKeptForTheLogWithoutWhatCouldForgeALine() throws IOException {
        ResourceEvent event = EventReader.read(read("aks-created.json")).get(0);
        assertThat(event.id()).isEqualTo("4db48cba-50a2-455a-93b4-de41a3b5b7f6");
        assertThat(event.correlationId()).isEqualTo("2f9c4d7e-8a1b-4c3d-9e5f-6a7b8c9d0e1f");
        ObjectNode forged =
                JSON.createObjectNode().put("id", "1\n12:00:00 INFO Granted").put("type", "a\nb");
        assertThat(EventReader.read(forged).get(0).id()).doesNotContain("\n");
        assertThat(((Change.Irrelevant) EventReader.read(forged).get(0).change()).reason())
                .doesNotContain("\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "[[]]",
                "1",
                "true",
                "\"\"",
                "\"nonsense\"",
                "\"{\"",
                "{\"eventType\":7}",
                "{\"eventType\":\"Microsoft.Resources.ResourceWriteSuccess\"}",
                "{\"eventType\":\"Microsoft.Resources.ResourceWriteSuccess\",\"subject\":{}}",
                "{\"eventType\":\"Microsoft.Resources.ResourceWriteSuccess\",\"subject\":\"../../etc\"}",
                "{\"eventType\":\"Microsoft.Resources.ResourceWriteSuccess\",\"subject\":null,\"data\":\"x\"}"
            })
    void whatCannotBeReadIsIrrelevantForAReason(String json) throws IOException {
        assertThat(changes(JSON.readTree(json))).hasSize(1).allSatisfy(EventReaderTest::assertIrrelevant);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'subject':'/a','subject':'/b'}",
                "{'data':{'operationName':'a','operationName':'b'}}",
                "[{'id':1,'id':2}]",
                "{'data':'{\\\'operationName\\\':\\\'a\\\',\\\'operationName\\\':\\\'b\\\'}'}",
            })
    void eventWithTwoMeaningsIsIrrelevant(String event) {
        assertThat(changes(TextNode.valueOf(event.replace('\'', '"'))))
                .singleElement()
                .satisfies(change -> assertThat(((Change.Irrelevant) change).reason())
                        .contains("twice")
                        .endsWith("."));
    }

    @Test
    void eventThatIsLargerThanAnyIsIrrelevant() {
        for (String event : List.of("[".repeat(10_000), "[" + "[],".repeat(150_000) + "[]]", "1".repeat(10_000))) {
            assertThat(changes(TextNode.valueOf(event))).singleElement().satisfies(change -> assertThat(
                            ((Change.Irrelevant) change).reason())
                    .contains("too")
                    .endsWith("."));
        }
    }

    @Test
    void batchThatIsLargerThanAnyIsIrrelevant() throws IOException {
        ArrayNode batch = JSON.createArrayNode();
        JsonNode event = read("aks-created.json");
        for (int i = 0; i < 5_000; i++) {
            batch.add(event);
        }
        assertThat(changes(batch)).hasSize(5_000);
        assertThat(changes(batch.add(event))).singleElement().satisfies(change -> assertThat(
                        ((Change.Irrelevant) change).reason())
                .contains("5001", "5000"));
    }

    @Test
    void markInsideATextIsPartOfIt() throws IOException {
        String event = read("aks-created.json").toString();
        assertThat(changes(TextNode.valueOf("\uFEFF" + event)))
                .containsExactly(new Change.ClusterWritten(Samples.CLUSTER));
        assertThat(changes(TextNode.valueOf(event.replace("/aks-shop", "/aks\uFEFF-shop"))))
                .singleElement()
                .satisfies(EventReaderTest::assertIrrelevant);
    }

    @Test
    void nothingIsIrrelevantToo() {
        assertThat(changes(MissingNode.getInstance())).allSatisfy(EventReaderTest::assertIrrelevant);
        assertThat(changes(NullNode.getInstance())).allSatisfy(EventReaderTest::assertIrrelevant);
    }

    private static void assertIrrelevant(Change change) {
        assertThat(change).isInstanceOfSatisfying(Change.Irrelevant.class, irrelevant -> assertThat(irrelevant.reason())
                .endsWith("."));
    }

    private static List<Change> changes(JsonNode handedOver) {
        return EventReader.read(handedOver).stream().map(ResourceEvent::change).toList();
    }

    private static JsonNode read(String file) throws IOException {
        try (InputStream in = EventReaderTest.class.getResourceAsStream("/events/" + file)) {
            return JSON.readTree(in);
        }
    }
}
