package io.github.acrattach.emulator.control;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.emulator.estate.Tenant;
import io.github.acrattach.emulator.http.Json;
import java.util.Set;

/** Scope maps and tokens of others as JSON, with ARM's names for what ARM has. */
record RegistryChildJson(String id, ObjectNode properties, String createdBy) {

    static RegistryChildJson read(Fields fields) {
        fields.allow(Set.of("id", "properties", "createdBy"));
        return new RegistryChildJson(
                fields.required("id"),
                fields.object("properties").orElseGet(Json::object),
                fields.text("createdBy").orElse(Tenant.ADMINISTRATOR));
    }
}
