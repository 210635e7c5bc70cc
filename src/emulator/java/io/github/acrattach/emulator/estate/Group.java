package io.github.acrattach.emulator.estate;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.acrattach.emulator.http.Json;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * A security group of the directory: who is in it, directly or through another group in it, has what is given to it. Its
 * members are named by their object ids, and need not exist.
 */
public record Group(String objectId, String displayName, Set<String> members) {

    static Group read(JsonNode node) {
        String displayName = Required.text(node, "displayName", "a group");
        return new Group(
                Required.guid(node, "objectId", "group " + displayName),
                displayName,
                new LinkedHashSet<>(Json.textsIn(node.path("members"))));
    }
}
