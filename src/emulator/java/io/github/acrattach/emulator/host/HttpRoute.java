package io.github.acrattach.emulator.host;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.acrattach.emulator.http.Json;
import java.util.List;

/**
 * Which requests an HTTP trigger takes, and whether they need a key:
 * learn.microsoft.com/azure/azure-functions/functions-bindings-http-webhook-trigger#configuration.
 *
 * @param path below the app's route prefix; a function's own name when its function.json says nothing
 * @param methods none: any
 */
public record HttpRoute(String path, List<String> methods, boolean needsKey) {

    static HttpRoute read(String function, JsonNode trigger) {
        String path = Json.text(trigger, "route").orElse(function);
        if (path.contains("{")) {
            throw new FunctionAppRefused(
                    "The route of " + function + " has parameters, which this stand-in cannot match");
        }
        return new HttpRoute(
                path,
                Json.textsIn(trigger.path("methods")),
                Json.text(trigger, "authLevel")
                        .filter("anonymous"::equalsIgnoreCase)
                        .isEmpty());
    }

    /** Routes and methods match without case. */
    boolean takes(String prefix, String method, String requested) {
        String whole = prefix.isEmpty() ? "/" + path : "/" + prefix + "/" + path;
        String asked = requested.length() > 1 && requested.endsWith("/")
                ? requested.substring(0, requested.length() - 1)
                : requested;
        return whole.equalsIgnoreCase(asked)
                && (methods.isEmpty() || methods.stream().anyMatch(method::equalsIgnoreCase));
    }
}
