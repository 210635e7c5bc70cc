package io.github.acrattach.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.acrattach.emulator.eventgrid.AdvancedFilter;
import io.github.acrattach.emulator.eventgrid.EventFilter;
import io.github.acrattach.emulator.eventgrid.FilterCommand;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The templates deliver what docs/events.md says: of its filter {@code DocumentedFilterTest} knows that it lets through what
 * the program reacts to.
 */
class EventFilterTest {

    private final EventFilter documented = FilterCommand.in(Path.of("docs", "events.md"));

    @ParameterizedTest
    @ValueSource(strings = {"default", "existing-topic", "function-delivery", "workload", "enrol"})
    void filterIsTheDocumentedOne(String file) {
        assertThat(filter(Bicep.compiler().snapshot(file)))
                .usingRecursiveComparison()
                .ignoringCollectionOrder()
                .isEqualTo(documented);
    }

    private static EventFilter filter(Snapshot snapshot) {
        JsonNode filter = snapshot.only("Microsoft.EventGrid/systemTopics/eventSubscriptions")
                .at("/properties/filter");
        assertThat(filter.properties())
                .extracting(part -> part.getKey())
                .containsExactlyInAnyOrder("includedEventTypes", "advancedFilters", "enableAdvancedFilteringOnArrays");
        return new EventFilter(
                "",
                texts(filter.path("includedEventTypes")),
                StreamSupport.stream(filter.path("advancedFilters").spliterator(), false)
                        .map(each -> new AdvancedFilter(
                                each.path("key").asText(),
                                AdvancedFilter.Operator.valueOf(
                                        each.path("operatorType").asText()),
                                texts(each.path("values"))))
                        .toList(),
                "",
                "");
    }

    private static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }
}
