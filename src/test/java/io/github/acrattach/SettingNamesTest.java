package io.github.acrattach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.ConfigMappings;
import io.smallrye.config.ConfigMappings.ConfigClass;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The names that are let in are those of the settings that the program reads. */
class SettingNamesTest {

    @Test
    void everySettingIsLetIn() throws IOException, URISyntaxException {
        List<String> names;
        Path root = Path.of(SettingNames.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        try (Stream<Path> files = Files.walk(root)) {
            names = files.map(file -> root.relativize(file).toString())
                    .filter(file -> file.endsWith(".class"))
                    .map(SettingNamesTest::type)
                    .filter(type -> type.isAnnotationPresent(ConfigMapping.class))
                    .flatMap(type -> ConfigMappings.getProperties(ConfigClass.configClass(type)).keySet().stream())
                    .map(SettingNamesTest::variable)
                    .toList();
        }
        assertThat(names)
                .contains(
                        "ACR_ATTACH_AZURE_ENDPOINTS_REGISTRY",
                        "ACR_ATTACH_LOG_FORMAT",
                        "ACR_ATTACH_KUBERNETES_RUN_COMMAND_ENTRA_CLUSTERS",
                        "ACR_ATTACH_RULES_TEAM_SECRET_RENEW_AFTER");
        for (String name : names) {
            assertThatNoException().as(name).isThrownBy(() -> SettingNames.check(Map.of(name, "true")));
        }
    }

    private static Class<?> type(String file) {
        String name = file.replaceAll("[.]class$", "").replace(File.separatorChar, '.');
        try {
            return Class.forName(name, false, SettingNamesTest.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Of a property: the name of a rule stands for all of them, and a list is one variable. */
    private static String variable(String property) {
        return property.replace("[*]", "")
                .replace("*", "team")
                .replaceAll("[.-]", "_")
                .toUpperCase(Locale.ROOT);
    }
}
