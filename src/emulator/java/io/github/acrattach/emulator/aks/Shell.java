package io.github.acrattach.emulator.aks;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** Runs a command as Run Command's pod does: among the files that came with it, with a kubeconfig, for a limited time. */
record Shell(Optional<Path> kubectl, Duration limit) {
    /** learn.microsoft.com/azure/aks/access-private-cluster: the output is limited to 512 kB. */
    private static final int LARGEST = 512 * 1024;

    /** What came of a command. */
    record Output(int exitCode, String logs) {}

    Output run(String command, byte[] context, String kubeconfig) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory(
                "run-command", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        try {
            Path files = Files.createDirectory(folder.resolve("context"));
            unpack(context, files);
            Path config = Files.writeString(folder.resolve("kubeconfig"), kubeconfig);
            return execute(command, files, config);
        } finally {
            remove(folder);
        }
    }

    private Output execute(String command, Path files, Path config) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder("sh", "-c", command)
                .directory(files.toFile())
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
        Map<String, String> environment = builder.environment();
        String path = environment.getOrDefault("PATH", "/usr/bin:/bin");
        // Nothing of the emulator's own surroundings, which the pod would not have either.
        environment.clear();
        environment.put(
                "PATH", kubectl.map(dir -> dir + File.pathSeparator + path).orElse(path));
        environment.put("KUBECONFIG", config.toString());
        environment.put("HOME", files.toString());
        Process process = builder.start();
        CompletableFuture<String> logs = CompletableFuture.supplyAsync(() -> read(process.getInputStream()));
        try {
            if (!process.waitFor(limit.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new IOException("The command was still running after " + limit);
            }
            return new Output(process.exitValue(), logs.get(limit.toNanos(), TimeUnit.NANOSECONDS));
        } catch (TimeoutException orphan) {
            throw new IOException("Something the command began still held its output after " + limit, orphan);
        } catch (ExecutionException bug) {
            throw new IllegalStateException("The output of a command could not be read", bug);
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    /** Reads on after the limit, or the command would wait for a reader for ever. */
    private static String read(InputStream output) {
        ByteArrayOutputStream kept = new ByteArrayOutputStream();
        byte[] buffer = new byte[8192];
        try {
            for (int count = output.read(buffer); count >= 0; count = output.read(buffer)) {
                kept.write(buffer, 0, Math.min(count, LARGEST - kept.size()));
            }
        } catch (IOException killed) {
            return kept.toString(StandardCharsets.UTF_8);
        }
        return kept.toString(StandardCharsets.UTF_8);
    }

    private static void unpack(byte[] zip, Path folder) throws IOException {
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                Path target = folder.resolve(entry.getName()).normalize();
                if (!target.startsWith(folder)) {
                    throw new IOException("The context holds a file outside of its folder");
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(target);
                } else {
                    Files.createDirectories(target.getParent());
                    Files.copy(in, target);
                }
            }
        }
    }

    private static void remove(Path folder) throws IOException {
        List<Path> all;
        try (Stream<Path> paths = Files.walk(folder)) {
            all = paths.sorted(Comparator.reverseOrder()).toList();
        } catch (UncheckedIOException vanished) {
            throw vanished.getCause();
        }
        for (Path path : all) {
            Files.deleteIfExists(path);
        }
    }
}
