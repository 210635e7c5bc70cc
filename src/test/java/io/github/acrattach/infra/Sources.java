package io.github.acrattach.infra;

import io.github.acrattach.domain.installation.Right;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The sources of the product, as far as they name rights of Azure RBAC: each request says which one it takes. */
final class Sources {

    private static final Path ADAPTERS = Path.of("src/main/java/io/github/acrattach/adapter");

    /** Named as such. */
    private static final Pattern WHOLE = Pattern.compile("\"(Microsoft\\.\\w+/[\\w/]+/(?:read|write|delete|action))\"");

    /** Named by a constant. */
    private static final Pattern RIGHT = Pattern.compile("\\bRight\\.([A-Z_]+)\\b");

    /** Named below registries: as such, or as a constant and the rest. */
    private static final Pattern OF_REGISTRIES =
            Pattern.compile("management\\.operation\\((?:(\\w+) \\+ )?\"([\\w/]+)\"");

    private static final Pattern CONSTANT = Pattern.compile("static final String (\\w+) = \"(\\w+)\"");

    private Sources() {}

    static Set<String> actions() {
        try (Stream<Path> files = Files.walk(ADAPTERS)) {
            return files.filter(Files::isRegularFile)
                    .map(Sources::text)
                    .flatMap(text -> Stream.of(
                                    WHOLE.matcher(text).results().map(found -> found.group(1)),
                                    RIGHT.matcher(text).results().map(found -> Right.valueOf(found.group(1))
                                            .action()),
                                    ofRegistries(text))
                            .flatMap(each -> each))
                    .collect(Collectors.toCollection(TreeSet::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<String> ofRegistries(String text) {
        Map<String, String> constants = CONSTANT.matcher(text)
                .results()
                .collect(Collectors.toMap(found -> found.group(1), found -> found.group(2)));
        Matcher named = OF_REGISTRIES.matcher(text);
        return named.results()
                .map(found -> "Microsoft.ContainerRegistry/registries/"
                        + (found.group(1) == null ? "" : constants.get(found.group(1))) + found.group(2));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
