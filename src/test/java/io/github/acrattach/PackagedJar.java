package io.github.acrattach;

import io.github.acrattach.emulator.Emulator;
import io.github.acrattach.emulator.EmulatorOptions;
import io.github.acrattach.emulator.estate.Estate;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The jar, started with as little processor time as a JVM can do with: the integration tests start it some sixty times,
 * and none of them lives long enough to be worth compiling well. One run of it leaves its classes in an archive
 * (JEP 350), which the others map instead of reading and checking them again.
 */
final class PackagedJar {

    private static final Path JAR = Path.of("target", "acr-attach-runner.jar").toAbsolutePath();
    private static final Path ARCHIVE = JAR.resolveSibling("acr-attach-runner.jsa");

    private static final Pattern LISTENING = Pattern.compile("http://127[.]0[.]0[.]1:[0-9]+");

    private PackagedJar() {}

    static List<String> command() {
        return Once.COMMAND;
    }

    private static List<String> command(String archive) {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xlog:disable", archive));
        // As the executable has it built in, and docs/configuration.md has it set for the Java worker.
        command.add("-XX:+ExitOnOutOfMemoryError");
        command.addAll(List.of("-jar", JAR.toString()));
        return List.copyOf(command);
    }

    private static void makeArchive() throws IOException {
        if (Files.exists(ARCHIVE) && Files.getLastModifiedTime(ARCHIVE).compareTo(Files.getLastModifiedTime(JAR)) > 0) {
            return;
        }
        Files.deleteIfExists(ARCHIVE);
        try (Emulator emulator = Emulator.start(EmulatorOptions.of(Estate.sample()))) {
            ProcessBuilder program =
                    new ProcessBuilder(command("-XX:ArchiveClassesAtExit=" + ARCHIVE)).redirectErrorStream(true);
            program.environment().putAll(PackagedProgram.environment(emulator, Map.of()));
            program.environment().put("FUNCTIONS_CUSTOMHANDLER_PORT", "0");
            Process running = program.start();
            try (BufferedReader output = running.inputReader()) {
                Matcher address = output.lines()
                        .map(LISTENING::matcher)
                        .filter(Matcher::find)
                        .findFirst()
                        .orElseThrow(() -> new IOException("The jar does not start."));
                for (String registry : List.of("acrshop", "acrdata")) {
                    // However it ends, it takes the classes that attaching takes.
                    RestAssured.given()
                            .baseUri(address.group())
                            .contentType(ContentType.JSON)
                            .body(Map.of(
                                    "cluster", Estates.cluster("aks-shop"),
                                    "registry", Estates.registry(registry),
                                    "method", registry.equals("acrshop") ? "role" : "secret"))
                            .post("/api/attach");
                }
                // A process that is destroyed itself, and not its handle, has its output closed at once.
                running.toHandle().destroy();
                output.lines().forEach(line -> {});
            }
        }
    }

    /** Made when it is first asked for. */
    private static final class Once {

        private static final List<String> COMMAND;

        static {
            try {
                makeArchive();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            COMMAND = command("-XX:SharedArchiveFile=" + ARCHIVE);
        }
    }
}
