package io.github.acrattach.emulator.host;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.acrattach.emulator.http.Json;
import java.util.Set;

/**
 * What host.json must say for a custom handler; reference:
 * learn.microsoft.com/azure/azure-functions/functions-host-json.
 */
final class HostJson {
    private static final Set<String> BUNDLES =
            Set.of("Microsoft.Azure.Functions.ExtensionBundle", "Microsoft.Azure.Functions.ExtensionBundle.Preview");

    private HostJson() {}

    static void check(JsonNode host, Set<String> functions) {
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
