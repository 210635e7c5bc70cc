package io.github.acrattach.emulator.host;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.acrattach.emulator.http.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A function app as it lies in its folders, refused where the real host would not load it. */
public record FunctionApp(Path root, HostJson host, Map<String, FunctionDefinition> functions) {

    /** The folder that holds host.json and, for each function, a folder with its function.json. */
    public static FunctionApp read(Path folder) {
        return read(folder.resolve("host.json"), folder);
    }

    /** As in a source tree, where the functions need not lie beside host.json. */
    public static FunctionApp read(Path hostJson, Path functions) {
        if (!Files.isRegularFile(hostJson)) {
            throw new FunctionAppRefused("There is no host.json at " + hostJson);
        }
        Map<String, FunctionDefinition> definitions = definitions(functions);
        if (definitions.isEmpty()) {
            throw new FunctionAppRefused(
                    "No functions were found: no folder in " + functions + " holds a function.json");
        }
        HostJson host = HostJson.read(object(hostJson), definitions.keySet());
        Path root = hostJson.toAbsolutePath().getParent();
        return new FunctionApp(root, host, definitions);
    }

    /** As if host.json said so. */
    public FunctionApp withFunctionTimeout(Duration timeout) {
        return new FunctionApp(root, host.withFunctionTimeout(timeout), functions);
    }

    /** As if host.json said so of its queues. */
    public FunctionApp withVisibilityTimeout(Duration timeout) {
        return new FunctionApp(root, host.withVisibilityTimeout(timeout), functions);
    }

    public Collection<FunctionDefinition> triggeredBy(TriggerType type) {
        return functions.values().stream()
                .filter(function -> function.trigger() == type)
                .sorted(Comparator.comparing(FunctionDefinition::name))
                .toList();
    }

    FunctionDefinition function(String name) {
        if (!functions.containsKey(name)) {
            throw new IllegalArgumentException("The app has no function " + name + ", only "
                    + functions.keySet().stream().sorted().toList());
        }
        return functions.get(name);
    }

    /** The function with an HTTP trigger that takes such a request. */
    Optional<FunctionDefinition> functionFor(String method, String path) {
        return triggeredBy(TriggerType.HTTP).stream()
                .filter(each -> each.route().orElseThrow().takes(host.routePrefix(), method, path))
                .findFirst();
    }

    private static Map<String, FunctionDefinition> definitions(Path folder) {
        return subfolders(folder).stream()
                .filter(each -> Files.isRegularFile(each.resolve("function.json")))
                .map(each ->
                        FunctionDefinition.read(each.getFileName().toString(), object(each.resolve("function.json"))))
                .collect(Collectors.toMap(FunctionDefinition::name, Function.identity()));
    }

    private static List<Path> subfolders(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new FunctionAppRefused("There is no folder " + folder + " to look for functions in");
        }
        try (Stream<Path> children = Files.list(folder)) {
            return children.filter(Files::isDirectory).toList();
        } catch (IOException failed) {
            throw new UncheckedIOException(folder + " cannot be read", failed);
        }
    }

    private static JsonNode object(Path file) {
        try {
            return Json.parseObject(Files.readAllBytes(file))
                    .orElseThrow(() -> new FunctionAppRefused(file + " is not a JSON object"));
        } catch (IOException failed) {
            throw new UncheckedIOException(file + " cannot be read", failed);
        }
    }
}
