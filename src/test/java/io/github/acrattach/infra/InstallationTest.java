package io.github.acrattach.infra;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.acrattach.Pom;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What each parameter file would make, as a whole. */
@Order(2)
class InstallationTest {

    private final Bicep bicep = Bicep.compiler();

    static Stream<String> files() throws IOException {
        try (Stream<Path> files = Files.list(Bicep.INFRA.resolve("parameters"))) {
            return files
                    .map(file -> file.getFileName().toString().replace(".bicepparam", ""))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void nothingIsLeftOpenAndNothingIsMadeTwice(String file) {
        Snapshot snapshot = bicep.snapshot(file);
        assertThat(snapshot.resources()).isNotEmpty().noneMatch(each -> each.has("condition"));
        Set<String> ids = new HashSet<>();
        assertThat(snapshot.resources())
                .allMatch(each -> ids.add(each.path("id").asText().toLowerCase(Locale.ROOT)));
        assertThat(snapshot.json().path("diagnostics")).isEmpty();
    }

    @Test
    void versionIsThatOfTheProgram() throws IOException {
        String contract = Files.readString(Bicep.INFRA.resolve("contract.bicep"));
        assertThat(contract).contains("var version = '" + Pom.version() + "'");
    }
}
