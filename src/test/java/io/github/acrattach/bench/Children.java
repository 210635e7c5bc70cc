package io.github.acrattach.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The processes that this one has started and seen end. */
final class Children {

    private Children() {}

    /** Their processor time so far in milliseconds; the kernel counts in hundredths of a second. */
    static double processorTime() {
        try {
            String[] fields = Files.readString(Path.of("/proc/self/stat"))
                    .replaceAll(".*\\) ", "")
                    .split(" ");
            return (Long.parseLong(fields[13]) + Long.parseLong(fields[14])) * 10.0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
