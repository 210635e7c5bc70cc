package io.github.acrattach.emulator.eventgrid;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiPredicate;

/**
 * An advanced filter: the text at a key and one of these values fit, compared without case
 * (learn.microsoft.com/azure/event-grid/event-filtering). An event that has nothing at the key is not let through.
 */
public record AdvancedFilter(String key, Operator operator, List<String> values) {
    private static final int LONGEST_VALUE = 512;

    /** By Azure's names for them. */
    public enum Operator {
        StringIn(String::equals),
        StringContains(String::contains);

        private final BiPredicate<String, String> fits;

        Operator(BiPredicate<String, String> fits) {
            this.fits = fits;
        }
    }

    public AdvancedFilter {
        values.stream().filter(value -> value.length() > LONGEST_VALUE).forEach(value -> {
            throw new IllegalArgumentException("A value of an advanced filter has at most " + LONGEST_VALUE
                    + " characters; one at " + key + " has " + value.length());
        });
    }

    boolean accepts(Event event) {
        return value(event)
                .map(AdvancedFilter::lower)
                .filter(text -> values.stream().anyMatch(value -> operator.fits.test(text, lower(value))))
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

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
