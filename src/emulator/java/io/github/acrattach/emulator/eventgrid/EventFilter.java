package io.github.acrattach.emulator.eventgrid;

import java.util.List;
import java.util.Locale;

/** Which events a subscription wants; an empty part wants all. */
public record EventFilter(
        String topic,
        List<String> includedEventTypes,
        List<AdvancedFilter> advancedFilters,
        String subjectBeginsWith,
        String subjectEndsWith) {

    public static EventFilter everything() {
        return new EventFilter("", List.of(), List.of(), "", "");
    }

    /** What happens to resources, by the names of the operations. */
    public static EventFilter operations(List<String> operations) {
        return new EventFilter(
                "",
                List.of("Microsoft.Resources.ResourceWriteSuccess", "Microsoft.Resources.ResourceDeleteSuccess"),
                List.of(new AdvancedFilter("data.operationName", operations)),
                "",
                "");
    }

    boolean accepts(Event event) {
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
