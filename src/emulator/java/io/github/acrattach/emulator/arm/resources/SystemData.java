package io.github.acrattach.emulator.arm.resources;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.emulator.http.Json;
import java.time.Instant;
import java.util.Optional;

/**
 * Who made a resource, and who changed it last; wire: systemData in common-types/resource-management of
 * Azure/azure-rest-api-specs, which does not say by which id an application is named: here by its object id.
 */
final class SystemData {
    private SystemData() {}

    /** After somebody has written the resource; who made it stays. */
    static ObjectNode writtenBy(String objectId, Optional<ObjectNode> before) {
        String now = Json.timestamp(Instant.now());
        ObjectNode data = before.map(body -> body.withObject("/systemData").deepCopy())
                .orElseGet(() -> Json.object()
                        .put("createdBy", objectId)
                        .put("createdByType", "Application")
                        .put("createdAt", now));
        return data.put("lastModifiedBy", objectId)
                .put("lastModifiedByType", "Application")
                .put("lastModifiedAt", now);
    }
}
