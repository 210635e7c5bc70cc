package io.github.acrattach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;

/** What is deployed is the product alone, whatever was built in the same folder before. */
class PackagesIT {

    private static final Path TARGET = Path.of("target");

    /** What the names of the emulator and of the local run begin with, as class files and as an executable hold them. */
    private static final List<String> NOT_SHIPPED = List.of(
            "io/github/acrattach/emulator",
            "io.github.acrattach.emulator",
            "io/github/acrattach/local",
            "io.github.acrattach.local",
            "sample-estate.json",
            "application-local.properties");

    @Test
    void holdNothingOfTheEmulator() throws IOException {
        List<String> contents = PackagedProgram.isExecutable() ? ofTheCustomHandler() : ofTheJars();
        assertThat(contents).hasSizeGreaterThan(10).noneMatch(each -> NOT_SHIPPED.stream()
                .anyMatch(each::contains));
    }

    /** On a machine with an older one the loader refuses it, and the Functions host only says that it exited. */
    @Test
    void executableNeedsTheGlibcThatTheReadmeNames() throws IOException {
        assumeTrue(PackagedProgram.isExecutable(), "only the executable is linked with glibc");
        String executable =
                Files.readString(Path.of(System.getProperty("program.executable")), StandardCharsets.ISO_8859_1);
        Matcher readme =
                Pattern.compile("needs [*]{2}glibc 2[.](\\d+)[*]{2}").matcher(Files.readString(Path.of("README.md")));
        assertThat(readme.find()).as("the README names a version").isTrue();
        assertThat(Pattern.compile("GLIBC_2[.](\\d+)")
                        .matcher(executable)
                        .results()
                        .mapToInt(version -> Integer.parseInt(version.group(1)))
                        .max())
                .hasValue(Integer.parseInt(readme.group(1)));
    }

    private static List<String> ofTheJars() throws IOException {
        Path worker = TARGET.resolve(Path.of("azure-functions", "acr-attach"));
        return Stream.concat(
                        entries(TARGET.resolve("acr-attach-runner.jar")),
                        entries(worker.resolve("acr-attach-runner.jar")))
                .toList();
    }

    /** The executable by what is written in it, the rest by name. */
    private static List<String> ofTheCustomHandler() throws IOException {
        String executable =
                Files.readString(TARGET.resolve(Path.of("custom-handler", "acr-attach")), StandardCharsets.ISO_8859_1);
        assertThat(executable).as("what would be found").contains("io.github.acrattach.domain");
        try (Stream<Path> files = Files.walk(TARGET.resolve("custom-handler"))) {
            return Stream.of(
                            files.map(Path::toString),
                            entries(TARGET.resolve("custom-handler.zip")),
                            NOT_SHIPPED.stream().filter(executable::contains))
                    .flatMap(each -> each)
                    .toList();
        }
    }

    private static Stream<String> entries(Path archive) throws IOException {
        try (ZipFile zip = new ZipFile(archive.toFile())) {
            return zip.stream().map(ZipEntry::getName).toList().stream();
        }
    }
}
