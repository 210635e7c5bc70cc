package io.github.acrattach;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** The app settings that the templates make of parameter files, as far as they are known before Azure has made anything. */
final class InstalledSettings {

    private static final Path SETTINGS = Path.of("src/test/resources/infra/app-settings.json");

    private InstalledSettings() {}

    /** Those of one parameter file of {@code infra/parameters}. */
    static Map<String, String> of(String file) throws IOException {
        return new ObjectMapper()
                .readValue(SETTINGS.toFile(), new TypeReference<Map<String, Map<String, String>>>() {})
                .get(file);
    }
}
