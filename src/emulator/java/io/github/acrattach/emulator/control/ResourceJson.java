package io.github.acrattach.emulator.control;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.emulator.http.Json;
import java.util.Set;

/** What properties a resource is to have from now on, in ARM's own form. */
record ResourceJson(String id, ObjectNode properties) {

    static ResourceJson read(Fields fields) {
        fields.allow(Set.of("id", "properties"));
        return new ResourceJson(
                fields.required("id"), fields.object("properties").orElseGet(Json::object));
    }
}
