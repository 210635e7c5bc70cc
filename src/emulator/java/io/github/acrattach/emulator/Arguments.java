package io.github.acrattach.emulator;

import io.github.acrattach.emulator.estate.Estate;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The command line of the emulator; functions lie beside host.json unless their folder is given, too. */
record Arguments(
        EmulatorOptions options,
        boolean sample,
        Optional<Path> certificate,
        Optional<URI> handler,
        AppFolders folders) {
    static final String USAGE =
            "Usage: Main [--port N] [--estate FILE] [--certificate FILE] [--handler URL] [--app DIR] [--functions DIR]"
                    + " [--cluster-creation PT2S] [--time-scale N]";

    /** The message of the exception is meant for the person at the command line. */
    static Arguments parse(List<String> words) {
        Builder builder = new Builder();
        Iterator<String> rest = words.iterator();
        while (rest.hasNext()) {
            String option = rest.next();
            if (!Builder.OPTIONS.contains(option)) {
                throw new IllegalArgumentException("There is no option " + option);
            }
            if (!rest.hasNext()) {
                throw new IllegalArgumentException("The option " + option + " needs a value");
            }
            try {
                builder.set(option, rest.next());
            } catch (NumberFormatException notANumber) {
                throw new IllegalArgumentException("The value of " + option + " must be a number", notANumber);
            } catch (DateTimeParseException notADuration) {
                throw new IllegalArgumentException(
                        "The value of " + option + " must be an ISO 8601 duration such as PT2S", notADuration);
            }
        }
        return builder.build();
    }

    /** Where host.json lies, and the folders of the functions. */
    record AppFolders(Path app, Path functions) {}

    /** Collects the options as they come. */
    private static final class Builder {
        private static final Set<String> OPTIONS = Set.of(
                "--port",
                "--estate",
                "--certificate",
                "--handler",
                "--app",
                "--functions",
                "--cluster-creation",
                "--time-scale");

        private EmulatorOptions options = EmulatorOptions.of(Estate.sample());
        private boolean sample = true;
        private Optional<Path> certificate = Optional.empty();
        private Optional<URI> handler = Optional.empty();
        private Path app = Path.of("");
        private Optional<Path> functions = Optional.empty();

        private void set(String option, String value) {
            switch (option) {
                case "--port" -> options = options.withPort(Integer.parseInt(value));
                case "--estate" -> {
                    options = options.withEstate(Estate.read(Path.of(value)));
                    sample = false;
                }
                case "--certificate" -> certificate = Optional.of(Path.of(value));
                case "--handler" -> handler = Optional.of(URI.create(value));
                case "--app" -> app = Path.of(value);
                case "--functions" -> functions = Optional.of(Path.of(value));
                case "--cluster-creation" -> options = options.withClusterCreation(Duration.parse(value));
                case "--time-scale" -> options = options.withTimeScale(Double.parseDouble(value));
                default -> throw new IllegalStateException("The option " + option + " is known but not heard");
            }
        }

        private Arguments build() {
            return new Arguments(options, sample, certificate, handler, new AppFolders(app, functions.orElse(app)));
        }
    }
}
