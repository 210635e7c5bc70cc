package io.github.acrattach.emulator.eventgrid;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;

/** An advanced filter with the operator StringIn, compared without case: the value at a key is one of these. */
public record AdvancedFilter(String key, List<String> values) {

    boolean accepts(Event event) {
        return value(event)
                .filter(value -> values.stream().anyMatch(value::equalsIgnoreCase))
                .isPresent();
    }

    /** Keys are those of Event Grid's schema, a dot leads into the data. */
    private Optional<String> value(Event event) {
        JsonNode at = event.in(EventSchema.EventGridSchema);
        for (String field : key.split("\\.")) {
            at = at.path(field);
        }
        return Optional.ofNullable(at.textValue());
    }
}
