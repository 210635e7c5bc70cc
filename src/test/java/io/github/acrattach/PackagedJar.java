package io.github.acrattach;

import io.github.acrattach.emulator.Emulator;
import io.github.acrattach.emulator.EmulatorOptions;
import io.github.acrattach.emulator.estate.Estate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The jar, started with as little processor time as a JVM can do with: the integration tests start it some sixty times,
 * and none of them lives long enough to be worth compiling well. One run of it leaves its classes in an archive
 * (JEP 350), which the others map instead of reading and checking them again.
 */
final class PackagedJar {

    private static final Path JAR = Path.of("target", "acr-attach-runner.jar").toAbsolutePath();
    private static final Path ARCHIVE = JAR.resolveSibling("acr-attach-runner.jsa");

    private PackagedJar() {}

    static List<String> command() {
        return Once.COMMAND;
    }

    private static List<String> command(String archive) {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xlog:disable", archive));
        command.addAll(List.of("-jar", JAR.toString()));
        return List.copyOf(command);
    }

    private static void makeArchive() throws IOException {
        if (Files.exists(ARCHIVE) && Files.getLastModifiedTime(ARCHIVE).compareTo(Files.getLastModifiedTime(JAR)) > 0) {
            return;
        }
        Files.deleteIfExists(ARCHIVE);
        Map<String, String> pair =
                Map.of("cluster", Estates.cluster("aks-shop"), "registry", Estates.registry("acrshop"));
        Map<String, String> bySecret =
                Map.of("cluster", pair.get("cluster"), "registry", Estates.registry("acrdata"), "method", "secret");
        try (Emulator emulator = Emulator.start(EmulatorOptions.of(Estate.sample()));
                PackagedProgram program =
                        PackagedProgram.startCold(emulator, Map.of(), command("-XX:ArchiveClassesAtExit=" + ARCHIVE))) {
            program.post("/api/attach", pair).then().statusCode(200);
            program.post("/api/attach", bySecret).then().statusCode(200);
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
