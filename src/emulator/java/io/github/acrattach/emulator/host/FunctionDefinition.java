package io.github.acrattach.emulator.host;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.acrattach.emulator.http.Json;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/**
 * One function.json: which trigger, and the name of its binding.
 *
 * @param many whether events come many at a time
 * @param schedule of a timer, as NCRONTAB; else empty
 * @param queue of a queue trigger
 * @param route of an HTTP trigger
 */
public record FunctionDefinition(
        String name,
        TriggerType trigger,
        String binding,
        boolean many,
        String schedule,
        Optional<String> queue,
        Optional<HttpRoute> route) {

    /** learn.microsoft.com/rest/api/storageservices/naming-queues-and-metadata. */
    private static final Pattern QUEUE = Pattern.compile("(?=.{3,63}$)[a-z0-9]+(-[a-z0-9]+)*");

    static FunctionDefinition read(String name, JsonNode json) {
        if (!name.matches("[A-Za-z][A-Za-z0-9_-]{0,127}")) {
            throw new FunctionAppRefused("'" + name + "' is not a valid function name");
        }
        List<JsonNode> triggers = StreamSupport.stream(json.path("bindings").spliterator(), false)
                .filter(binding ->
                        binding.path("type").asText().toLowerCase(Locale.ROOT).endsWith("trigger"))
                .toList();
        if (triggers.size() != 1) {
            throw new FunctionAppRefused(
                    "The function " + name + " must have exactly one trigger binding, not " + triggers.size());
        }
        JsonNode trigger = triggers.get(0);
        if (Json.text(trigger, "direction").filter("in"::equalsIgnoreCase).isEmpty()) {
            throw new FunctionAppRefused("The direction of the trigger of " + name + " must be \"in\"");
        }
        TriggerType type = type(name, trigger.path("type").asText());
        return new FunctionDefinition(
                name,
                type,
                Json.text(trigger, "name")
                        .orElseThrow(() -> new FunctionAppRefused("The trigger of " + name + " has no name")),
                Json.text(trigger, "cardinality")
                        .filter("many"::equalsIgnoreCase)
                        .isPresent(),
                Json.text(trigger, "schedule").orElse(""),
                type == TriggerType.QUEUE ? Optional.of(queue(name, trigger)) : Optional.empty(),
                type == TriggerType.HTTP ? Optional.of(HttpRoute.read(name, trigger)) : Optional.empty());
    }

    private static TriggerType type(String name, String type) {
        return TriggerType.named(type)
                .orElseThrow(() -> new FunctionAppRefused(
                        "The function " + name + " has the trigger type '" + type + "', which no extension provides"));
    }

    private static String queue(String name, JsonNode trigger) {
        return Json.text(trigger, "queueName")
                .filter(queue -> QUEUE.matcher(queue).matches())
                .orElseThrow(() -> new FunctionAppRefused("The queue trigger of " + name
                        + " needs a queueName of 3 to 63" + " lower-case letters, digits and single hyphens"));
    }

    /** Of a cron expression the seconds stand first, where a plain number comes once in a minute; or it is a time span. */
    boolean runsWithinAMinute() {
        return schedule.matches("00:00:\\d\\d") || schedule.contains(" ") && !schedule.matches("\\d+ .*");
    }
}
