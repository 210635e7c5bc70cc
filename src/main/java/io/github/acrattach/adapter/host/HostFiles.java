package io.github.acrattach.adapter.host;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.acrattach.domain.installation.HostSettings;
import io.github.acrattach.domain.installation.HostedApp;
import io.github.acrattach.port.FunctionApps;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Reads what the Functions host reads, too: environment variables, and host.json. Names:
 * learn.microsoft.com/azure/azure-functions/functions-app-settings, and EnvironmentSettingNames of azure-functions-host.
 */
@Singleton
class HostFiles implements FunctionApps {

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
    public HostedApp own() {
        AppName name = AppName.in(environment);
        return new HostedApp(
                environment.containsKey("FUNCTIONS_CUSTOMHANDLER_PORT"),
                name.id(),
                name.hostIds(),
                hostJson(),
                StorageSettings.in(environment));
    }

    private Optional<Map<String, String>> hostJson() {
        return roots().map(root -> Path.of(root, "host.json"))
                .filter(Files::isRegularFile)
                .findFirst()
                .flatMap(this::values);
    }

    /**
     * Where the root of the app can be: the host names it to a custom handler, and its own setting to whatever it starts; it
     * starts the Java worker in it, unless it started it before it knew the app.
     */
    private Stream<String> roots() {
        return Stream.of(
                        named("FUNCTIONS_APP_ROOT_PATH"),
                        named("AzureWebJobsScriptRoot"),
                        Optional.of(""),
                        named("HOME").map(home -> home + "/site/wwwroot"))
                .flatMap(Optional::stream);
    }

    private Optional<String> named(String variable) {
        return Optional.ofNullable(environment.get(variable)).filter(root -> !root.isBlank());
    }

    private Optional<Map<String, String>> values(Path file) {
        try {
            if (Files.size(file) > LONGEST_FILE) {
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
