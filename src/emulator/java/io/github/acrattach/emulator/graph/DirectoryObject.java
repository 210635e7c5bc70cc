package io.github.acrattach.emulator.graph;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.emulator.estate.Principal;
import io.github.acrattach.emulator.estate.PrincipalType;
import io.github.acrattach.emulator.estate.Tenant;
import io.github.acrattach.emulator.http.Json;
import java.util.Locale;
import java.util.stream.Stream;

/** A principal as Graph shows it; one without an application is a managed identity. */
record DirectoryObject(Principal principal, boolean application) {

    ObjectNode body(Tenant tenant) {
        ObjectNode body = Json.object().put("id", principal.objectId()).putNull("deletedDateTime");
        if (principal.type() != PrincipalType.ServicePrincipal) {
            return body.put("displayName", principal.displayName());
        }
        body.put("accountEnabled", true)
                .putNull("alternativeNames")
                .put("appDisplayName", principal.displayName())
                .put("appId", principal.appId().orElse(null))
                .put("appOwnerOrganizationId", tenant.id())
                .put("appRoleAssignmentRequired", false)
                .put("displayName", principal.displayName())
                .put("servicePrincipalType", application ? "Application" : "ManagedIdentity");
        body.set("servicePrincipalNames", Json.texts(principal.appId().stream()));
        Stream.of("tags", "appRoles", "keyCredentials", "oauth2PermissionScopes", "passwordCredentials")
                .forEach(field -> body.set(field, Json.array(Stream.empty())));
        return body;
    }

    /** Lists of mixed kinds say of each object what it is. */
    ObjectNode typed(Tenant tenant) {
        String name = principal.type().name();
        String type = "#microsoft.graph." + name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
        return Json.object().put("@odata.type", type).setAll(body(tenant));
    }
}
