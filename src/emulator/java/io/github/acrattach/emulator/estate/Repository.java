package io.github.acrattach.emulator.estate;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.acrattach.emulator.http.Json;
import java.util.List;

/** Images of one name in a registry, which is named by its own name. */
public record Repository(String registry, String name, List<String> tags) {

    static Repository read(JsonNode node) {
        String name = Required.text(node, "name", "a repository");
        return new Repository(
                Required.text(node, "registry", "repository " + name), name, Json.textsIn(node.path("tags")));
    }
}
