package io.github.acrattach.domain.installation;

import java.util.List;
import java.util.Locale;

/**
 * Which events an event subscription lets through (learn.microsoft.com/azure/event-grid/event-filtering).
 *
 * @param types none: all of them
 * @param advanced all of them have to hold
 * @param subjectBegins empty: anything
 * @param subjectEnds empty: anything
 */
public record EventFilter(List<String> types, List<AdvancedFilter> advanced, String subjectBegins, String subjectEnds) {

    private static final String OPERATION = "data.operationName";
    private static final String SUBJECT = "subject";

    public EventFilter {
        types = List.copyOf(types);
        advanced = List.copyOf(advanced);
    }

    /**
     * The value at a key and one of these fit, without case.
     *
     * @param operator such as {@code StringIn}
     */
    public record AdvancedFilter(String operator, String key, List<String> values) {

        public AdvancedFilter {
            values = List.copyOf(values);
        }

        private boolean accepts(String text) {
            String value = text.toLowerCase(Locale.ROOT);
            return switch (operator) {
                case "StringIn" -> any(value::equals);
                case "StringContains" -> any(value::contains);
                case "StringBeginsWith" -> any(value::startsWith);
                case "StringEndsWith" -> any(value::endsWith);
                case "StringNotIn" -> !any(value::equals);
                case "StringNotContains" -> !any(value::contains);
                case "StringNotBeginsWith" -> !any(value::startsWith);
                case "StringNotEndsWith" -> !any(value::endsWith);
                // Of the others, none fits a text, but that there is one.
                default -> operator.equals("IsNotNull");
            };
        }

        private boolean any(java.util.function.Predicate<String> fits) {
            return values.stream().map(value -> value.toLowerCase(Locale.ROOT)).anyMatch(fits);
        }
    }

    /**
     * Whether it lets such events through, of the resources that the begin of the subject leaves; of other keys than the
     * operation and the subject nobody can tell beforehand what they hold.
     */
    boolean lets(WantedEvent event, String scope) {
        String subject = event.subjectIn(subjectBegins.isEmpty() ? scope : subjectBegins.replaceAll("/+$", ""));
        return (types.isEmpty() || types.stream().anyMatch(event.type()::equalsIgnoreCase))
                && advanced.stream().allMatch(filter -> switch (filter.key()) {
                    case OPERATION -> filter.accepts(event.operation());
                    case SUBJECT -> filter.accepts(subject);
                    default -> true;
                })
                && subjectEnds.isEmpty();
    }
}
