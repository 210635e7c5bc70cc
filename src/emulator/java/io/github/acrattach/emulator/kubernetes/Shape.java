package io.github.acrattach.emulator.kubernetes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.emulator.http.Json;
import io.github.acrattach.emulator.http.Request;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** How much of an object the Accept header asks for: all of it, or its metadata alone. */
enum Shape {
    WHOLE,
    METADATA,
    METADATA_LIST;

    private static final String META = "meta.k8s.io/v1";

    /** Of several media types the first that is served counts; kubectl asks for a table and takes the objects. */
    static Shape asked(Request request) {
        return Arrays.stream(request.header("Accept").orElse("*/*").split(","))
                .map(Shape::of)
                .flatMap(Optional::stream)
                .findFirst()
                .orElseThrow(
                        () -> Refusal.notAcceptable("only the following media types are accepted: application/json"));
    }

    ObjectNode applied(ObjectNode answer) {
        boolean list = answer.has("items");
        if (this == WHOLE) {
            return answer;
        }
        if (list != (this == METADATA_LIST)) {
            throw Refusal.notAcceptable(
                    "you requested " + title() + ", but the requested object is " + (list ? "a list" : "not a list")
                            + " (*core." + answer.path("kind").asText() + ")");
        }
        if (!list) {
            return metadata(answer);
        }
        ObjectNode partial = Json.object().put("kind", title()).put("apiVersion", META);
        partial.set("metadata", answer.get("metadata"));
        partial.set(
                "items",
                Json.array(StreamSupport.stream(answer.path("items").spliterator(), false)
                        .map(item -> metadata((ObjectNode) item))));
        return partial;
    }

    private static ObjectNode metadata(ObjectNode object) {
        return Json.object()
                .put("kind", METADATA.title())
                .put("apiVersion", META)
                .set("metadata", object.get("metadata"));
    }

    private String title() {
        return this == METADATA_LIST ? "PartialObjectMetadataList" : "PartialObjectMetadata";
    }

    private static Optional<Shape> of(String media) {
        List<String> parts = Arrays.stream(media.split(";")).map(String::strip).toList();
        if (!List.of("application/json", "application/*", "*/*").contains(parts.get(0))) {
            return Optional.empty();
        }
        Map<String, String> parameters = parts.stream()
                .skip(1)
                .map(part -> part.split("=", 2))
                .filter(pair -> pair.length == 2)
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1], (first, second) -> first));
        if (!parameters.containsKey("as")) {
            return Optional.of(WHOLE);
        }
        boolean served = META.equals(parameters.get("g") + "/" + parameters.get("v"));
        return Arrays.stream(values())
                .filter(shape -> served && shape != WHOLE && shape.title().equals(parameters.get("as")))
                .findFirst();
    }
}
