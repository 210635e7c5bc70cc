package io.github.acrattach.emulator.host;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.acrattach.emulator.http.Json;
import java.time.Duration;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What host.json says, and must say for a custom handler; reference:
 * learn.microsoft.com/azure/azure-functions/functions-host-json.
 *
 * @param functionTimeout when it says nothing, that of every plan but Consumption
 * @param dependencyTracking whether Application Insights stores the URL of each call to the handler
 */
public record HostJson(Duration functionTimeout, String routePrefix, boolean dependencyTracking, QueueRules queues) {
    private static final Set<String> BUNDLES =
            Set.of("Microsoft.Azure.Functions.ExtensionBundle", "Microsoft.Azure.Functions.ExtensionBundle.Preview");

    /** A .NET TimeSpan: hours, minutes, seconds. */
    private static final Pattern TIME_SPAN = Pattern.compile("(\\d{1,2}):(\\d{2}):(\\d{2})");

    static HostJson read(JsonNode host, Set<String> functions) {
        check(host, functions);
        JsonNode insights = host.path("logging").path("applicationInsights");
        return new HostJson(
                timeSpan(host, "functionTimeout", Duration.ofMinutes(30)),
                host.path("extensions").path("http").path("routePrefix").asText("api"),
                insights.path("enableDependencyTracking").asBoolean(true),
                QueueRules.read(host.path("extensions").path("queues")));
    }

    HostJson withFunctionTimeout(Duration other) {
        return new HostJson(other, routePrefix, dependencyTracking, queues);
    }

    HostJson withVisibilityTimeout(Duration other) {
        return new HostJson(functionTimeout, routePrefix, dependencyTracking, queues.withVisibilityTimeout(other));
    }

    static Duration timeSpan(JsonNode node, String field, Duration absent) {
        if (node.path(field).isMissingNode()) {
            return absent;
        }
        Matcher span = TIME_SPAN.matcher(node.path(field).asText());
        if (!span.matches()) {
            throw new FunctionAppRefused("The " + field + " in host.json must be hh:mm:ss, not "
                    + node.path(field).asText());
        }
        return Duration.ofHours(Long.parseLong(span.group(1)))
                .plusMinutes(Long.parseLong(span.group(2)))
                .plusSeconds(Long.parseLong(span.group(3)));
    }

    private static void check(JsonNode host, Set<String> functions) {
        if (!host.path("version").asText().equals("2.0")) {
            throw new FunctionAppRefused("The version in host.json must be \"2.0\"");
        }
        JsonNode handler = host.path("customHandler");
        if (!handler.isObject()) {
            throw new FunctionAppRefused("host.json has no customHandler section");
        }
        if (Json.text(handler, "description", "defaultExecutablePath").isEmpty()) {
            throw new FunctionAppRefused("host.json lacks customHandler.description.defaultExecutablePath");
        }
        if (!handler.path("http").path("routes").isMissingNode()) {
            throw new FunctionAppRefused(
                    "customHandler.http.routes cannot be used beside function.json files, and there are "
                            + functions.stream().sorted().toList());
        }
        checkBundle(host.path("extensionBundle"));
    }

    private static void checkBundle(JsonNode bundle) {
        if (!bundle.isObject()) {
            throw new FunctionAppRefused(
                    "host.json has no extensionBundle section, so the triggers have no extension to serve them");
        }
        if (Json.text(bundle, "id").filter(BUNDLES::contains).isEmpty()) {
            throw new FunctionAppRefused("The id of the extensionBundle must be one of "
                    + BUNDLES.stream().sorted().toList());
        }
        if (Json.text(bundle, "version")
                .filter(range -> range.matches("[\\[(].+,.+[\\])]"))
                .isEmpty()) {
            throw new FunctionAppRefused("The version of the extensionBundle must be a range such as \"[4.*, 5.0.0)\"");
        }
    }
}
