package io.github.acrattach.emulator.kubernetes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.emulator.http.Answer;
import io.github.acrattach.emulator.http.Json;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

/** What a client asks before it asks for anything: which API is this, and is it well. */
final class Discovery {
    private Discovery() {}

    /** Empty when the path is none of discovery's. */
    static Optional<Answer> answer(String path, AksCluster cluster) {
        return switch (path) {
            case "/healthz", "/livez", "/readyz" -> Optional.of(Answer.text(200, "text/plain; charset=utf-8", "ok"));
            // In protobuf, a description of nothing is no bytes: kubectl then sends without checking fields itself.
            case "/openapi/v2" -> Optional.of(Answer.empty(200).with("Content-Type", "application/octet-stream"));
            case "/version" ->
                Optional.of(Answer.json(200, version(cluster.version().orElse("1.33.5"))));
            case "/api" ->
                Optional.of(Answer.json(
                        200, Json.object().put("kind", "APIVersions").set("versions", Json.texts(Stream.of("v1")))));
            case "/apis" ->
                Optional.of(Answer.json(
                        200,
                        Json.object()
                                .put("kind", "APIGroupList")
                                .put("apiVersion", "v1")
                                .set("groups", Json.array(Stream.empty()))));
            case "/api/v1" ->
                Optional.of(Answer.json(
                        200,
                        Json.object()
                                .put("kind", "APIResourceList")
                                .put("groupVersion", "v1")
                                .set(
                                        "resources",
                                        Json.array(Arrays.stream(Kind.values()).map(Kind::discovery)))));
            default -> Optional.empty();
        };
    }

    private static ObjectNode version(String version) {
        String[] numbers = version.split("\\.");
        return Json.object()
                .put("major", numbers[0])
                .put("minor", numbers.length > 1 ? numbers[1] : "0")
                .put("gitVersion", "v" + version)
                .put("platform", "linux/amd64");
    }
}
