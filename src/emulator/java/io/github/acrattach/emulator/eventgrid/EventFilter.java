package io.github.acrattach.emulator.eventgrid;

import java.util.List;
import java.util.Locale;

/** Which events a subscription wants: those that fit each of its parts; an empty part wants all. */
public record EventFilter(
        String topic,
        List<String> includedEventTypes,
        List<AdvancedFilter> advancedFilters,
        String subjectBeginsWith,
        String subjectEndsWith) {

    /** learn.microsoft.com/azure/event-grid/event-filtering, "Limitations": of all advanced filters together. */
    private static final int MOST_VALUES = 25;

    public EventFilter {
        int count = advancedFilters.stream()
                .mapToInt(filter -> filter.values().size())
                .sum();
        if (count > MOST_VALUES) {
            throw new IllegalArgumentException("The advanced filters of an event subscription have at most "
                    + MOST_VALUES + " values together; these have " + count);
        }
    }

    public static EventFilter everything() {
        return new EventFilter("", List.of(), List.of(), "", "");
    }

    /** What happens to resources, by the names of the operations. */
    public static EventFilter operations(List<String> operations) {
        return new EventFilter(
                "",
                List.of("Microsoft.Resources.ResourceWriteSuccess", "Microsoft.Resources.ResourceDeleteSuccess"),
                List.of(new AdvancedFilter("data.operationName", AdvancedFilter.Operator.StringIn, operations)),
                "",
                "");
    }

    public boolean accepts(Event event) {
        return lower(event.topic()).startsWith(lower(topic))
                && (includedEventTypes.isEmpty()
                        || includedEventTypes.stream().anyMatch(event.type()::equalsIgnoreCase))
                && advancedFilters.stream().allMatch(filter -> filter.accepts(event))
                && lower(event.subject()).startsWith(lower(subjectBeginsWith))
                && lower(event.subject()).endsWith(lower(subjectEndsWith));
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
