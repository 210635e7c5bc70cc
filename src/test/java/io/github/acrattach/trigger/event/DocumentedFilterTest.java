package io.github.acrattach.trigger.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.domain.Change;
import io.github.acrattach.emulator.eventgrid.AdvancedFilter;
import io.github.acrattach.emulator.eventgrid.Event;
import io.github.acrattach.emulator.eventgrid.EventFilter;
import io.github.acrattach.emulator.eventgrid.FilterCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** The filter that docs/events.md shows lets through what the program reacts to, and little else. */
class DocumentedFilterTest {

    private static final EventFilter FILTER = FilterCommand.in(Path.of("docs", "events.md"));
    private static final Path EVENTS = Path.of("src", "test", "resources", "events");

    @Test
    void filterNamesTheOperationsAndTypesThatAreReactedTo() {
        assertThat(FILTER.includedEventTypes())
                .containsExactlyInAnyOrderElementsOf(Stream.of(Reaction.values())
                        .flatMap(reaction -> reaction.eventTypes().stream())
                        .distinct()
                        .toList());
        assertThat(FILTER.advancedFilters().get(0))
                .isEqualTo(new AdvancedFilter(
                        "data.operationName",
                        AdvancedFilter.Operator.StringIn,
                        FILTER.advancedFilters().get(0).values()));
        assertThat(FILTER.advancedFilters().get(0).values())
                .containsExactlyInAnyOrderElementsOf(
                        Stream.of(Reaction.values()).map(Reaction::operation).toList());
    }

    @Test
    void tableNamesThemToo() throws IOException {
        String table = Files.readString(Path.of("docs", "events.md")).split("## The event subscription")[0];
        for (Reaction reaction : Reaction.values()) {
            assertThat(table.lines().filter(line -> line.contains('`' + reaction.operation() + '`')))
                    .as(reaction.operation())
                    .singleElement()
                    .satisfies(line -> assertThat(reaction.eventTypes()).allSatisfy(type -> assertThat(line)
                            .contains('`' + type.replace("Microsoft.Resources.", "") + '`')));
        }
    }

    @Test
    void whateverIsReactedToIsLetThrough() {
        List<ObjectNode> events = events().filter(event -> !(change(event) instanceof Change.Irrelevant))
                .filter(event -> event.has("data"))
                .toList();
        assertThat(events).hasSizeGreaterThan(18);
        assertThat(events).allSatisfy(event -> assertThat(FILTER.accepts(Event.of(event)))
                .as(event.toString())
                .isTrue());
    }

    @Test
    void allElseIsKeptOutButSomeTags() {
        assertThat(events().filter(event -> change(event) instanceof Change.Irrelevant)
                        .filter(event -> FILTER.accepts(Event.of(event)))
                        .map(event -> event.path("eventType").asText() + " "
                                + event.path("subject").asText().replaceFirst(".*/managedClusters/", "")))
                .as("of a node pool, and those that could not be set")
                .containsExactlyInAnyOrder(
                        "Microsoft.Resources.ResourceWriteSuccess"
                                + " aks-shop/agentPools/nodepool2/providers/Microsoft.Resources/tags/default",
                        "Microsoft.Resources.ResourceWriteFailure aks-shop");
    }

    private static Change change(ObjectNode event) {
        return EventReader.read(event).get(0).change();
    }

    private static Stream<ObjectNode> events() {
        try (Stream<Path> files = Files.list(EVENTS)) {
            return files.sorted().map(DocumentedFilterTest::json).toList().stream()
                    .flatMap(json -> json.isArray() ? StreamSupport.stream(json.spliterator(), false) : Stream.of(json))
                    .map(ObjectNode.class::cast);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode json(Path file) {
        try {
            return new ObjectMapper().readTree(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
