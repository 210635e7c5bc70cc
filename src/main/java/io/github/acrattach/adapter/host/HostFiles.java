package io.github.acrattach.adapter.host;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.acrattach.domain.installation.FunctionApp;
import io.github.acrattach.domain.installation.HostSettings;
import io.github.acrattach.port.FunctionApps;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Reads what the Functions host reads, too: environment variables, and host.json. Names:
 * learn.microsoft.com/azure/azure-functions/functions-app-settings, and EnvironmentSettingNames of azure-functions-host.
 */
@Singleton
class HostFiles implements FunctionApps {

    /** The host sets it for a custom handler; the Java worker is started in the root of the app. */
    private static final String ROOT = "FUNCTIONS_APP_ROOT_PATH";

    private static final long LONGEST_FILE = 1 << 20;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, String> environment;

    @Inject
    HostFiles() {
        this(System.getenv());
    }

    HostFiles(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public FunctionApp own() {
        AppName name = AppName.in(environment);
        return new FunctionApp(
                environment.containsKey("FUNCTIONS_CUSTOMHANDLER_PORT"),
                name.id(),
                name.hostIds(),
                hostJson(),
                StorageSettings.in(environment));
    }

    private Optional<Map<String, String>> hostJson() {
        Path file = Path.of(environment.getOrDefault(ROOT, ""), "host.json");
        try {
            if (!Files.isRegularFile(file) || Files.size(file) > LONGEST_FILE) {
                return Optional.empty();
            }
            Map<String, String> values = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            flatten("", JSON.readTree(file.toFile()), values);
            environment.forEach((setting, value) -> {
                if (setting.regionMatches(true, 0, HostSettings.OVERRIDE, 0, HostSettings.OVERRIDE.length())) {
                    values.put(setting.substring(HostSettings.OVERRIDE.length()), value);
                }
            });
            return Optional.of(values);
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    private static void flatten(String path, JsonNode node, Map<String, String> values) {
        if (node.isValueNode()) {
            values.put(path, node.asText());
        }
        node.properties()
                .forEach(field -> flatten(
                        path.isEmpty() ? field.getKey() : path + "__" + field.getKey(), field.getValue(), values));
    }
}
