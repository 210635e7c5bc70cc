package io.github.acrattach.emulator.graph;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.emulator.estate.Applications;
import io.github.acrattach.emulator.estate.Principal;
import io.github.acrattach.emulator.estate.PrincipalType;
import io.github.acrattach.emulator.estate.Tenant;
import io.github.acrattach.emulator.http.Json;
import java.util.Locale;
import java.util.stream.Stream;

/** Principals as Graph shows them; a service principal without an application is a managed identity. */
record DirectoryObjects(Tenant tenant, Applications applications) {

    ObjectNode body(Principal principal) {
        ObjectNode body = Json.object().put("id", principal.objectId()).putNull("deletedDateTime");
        if (principal.type() != PrincipalType.ServicePrincipal) {
            return body.put("displayName", principal.displayName());
        }
        boolean application = principal.homeTenant().isPresent()
                || principal.appId().flatMap(applications::byAppId).isPresent();
        body.put("accountEnabled", principal.enabled())
                .putNull("alternativeNames")
                .put("appDisplayName", principal.displayName())
                .put("appId", principal.appId().orElse(null))
                .put("appOwnerOrganizationId", principal.homeTenant().orElse(tenant.id()))
                .put("appRoleAssignmentRequired", false)
                .put("displayName", principal.displayName())
                .put("servicePrincipalType", application ? "Application" : "ManagedIdentity");
        body.set("servicePrincipalNames", Json.texts(principal.appId().stream()));
        Stream.of("tags", "appRoles", "oauth2PermissionScopes")
                .forEach(field -> body.set(field, Json.array(Stream.empty())));
        return body.setAll(CredentialsJson.write(principal.credentials()));
    }

    /** Lists of mixed kinds say of each object what it is. */
    ObjectNode typed(Principal principal) {
        String name = principal.type().name();
        String type = "#microsoft.graph." + name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
        return Json.object().put("@odata.type", type).setAll(body(principal));
    }
}
