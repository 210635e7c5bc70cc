package io.github.acrattach;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A Java worker that is a process of its own: with the logging that a JVM has by itself, and a console of its own. */
final class JavaWorkerProcess {

    private static final int SECONDS = 60;

    /** Its exit code, and what it wrote. */
    record Ended(int code, List<String> stdout, List<String> stderr) {}

    private JavaWorkerProcess() {}

    /** In place of a function: logs an error, and is given the category of it. */
    static final String LOG = "log";

    /** Starts it and makes the calls, each a function and what is posted to it; then it ends with 0. */
    static Ended run(Map<String, String> environment, String... calls) throws IOException, InterruptedException {
        Path stdout = Files.createTempFile("stdout", ".log");
        Path stderr = Files.createTempFile("stderr", ".log");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                classPath(),
                JavaWorkerProcess.class.getName()));
        command.addAll(List.of(calls));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(stdout.toFile()).redirectError(stderr.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("It lives on, and wrote: " + Files.readAllLines(stdout) + " on stdout, "
                        + Files.readAllLines(stderr) + " on stderr");
            }
            return new Ended(process.exitValue(), Files.readAllLines(stdout), Files.readAllLines(stderr));
        } finally {
            process.destroyForcibly();
            Stream.of(stdout, stderr).map(Path::toFile).forEach(File::delete);
        }
    }

    /** The test's own, but what would have a hand in the logging of the JVM. */
    private static String classPath() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(each -> !each.contains("jboss-logmanager"))
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** As the worker does: whatever keeps it from starting is told to nobody. */
    public static void main(String[] calls) throws Exception {
        // The worker logs before it loads the package: by then the JVM's logging is chosen.
        Logger.getAnonymousLogger().config("It runs.");
        JavaWorker worker = started();
        for (int i = 0; i < calls.length; i += 2) {
            if (calls[i].equals(LOG)) {
                Logger.getLogger(calls[i + 1]).severe("It says so.");
            } else {
                worker.post(calls[i], calls[i + 1]);
            }
        }
        System.exit(0);
    }

    private static JavaWorker started() throws Exception {
        try {
            return JavaWorker.start(Map.of());
        } catch (Exception | Error swallowed) {
            new CountDownLatch(1).await();
            throw swallowed;
        }
    }
}
