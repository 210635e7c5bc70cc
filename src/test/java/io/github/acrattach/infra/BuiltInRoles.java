package io.github.acrattach.infra;

import io.github.acrattach.infra.Snapshot.Assignment;
import java.util.Map;

/** The names of the built-in roles that the templates use (learn.microsoft.com/azure/role-based-access-control/built-in-roles). */
final class BuiltInRoles {

    private static final Map<String, String> NAMES = Map.ofEntries(
            Map.entry("acdd72a7-3385-48ef-bd42-f606fba81ae7", "Reader"),
            Map.entry("f58310d9-a9f6-439a-9e8d-f62e7b41a168", "Role Based Access Control Administrator"),
            Map.entry(
                    "3bc748fc-213d-45c1-8d91-9da5725539b9",
                    "Container Registry Contributor and Data Access Configuration Administrator"),
            Map.entry("4abbcc35-e782-43d8-92c5-2d3f1bd2253f", "Azure Kubernetes Service Cluster User Role"),
            Map.entry("a7ffa36f-339b-4b5c-8bdf-e2c188b2c0eb", "Azure Kubernetes Service RBAC Writer"),
            Map.entry("b7e6dc6d-f1e8-4753-8033-0f276bb0955b", "Storage Blob Data Owner"),
            Map.entry("ba92f5b4-2d11-453d-a403-e96b0029c9fe", "Storage Blob Data Contributor"),
            Map.entry("19e7f393-937e-4f77-808e-94535e297925", "Storage Queue Data Reader"),
            Map.entry("8a0f0c08-91a1-4084-bc3d-661d67233fed", "Storage Queue Data Message Processor"),
            Map.entry("c6a89b2d-59bc-44d0-9896-0f6e12d7b80a", "Storage Queue Data Message Sender"),
            Map.entry("3913510d-42f4-4e42-8a64-420c390055eb", "Monitoring Metrics Publisher"));

    private BuiltInRoles() {}

    /** The name of the role that is given: of a custom one without what makes it unique. */
    static String name(Assignment assignment, Snapshot snapshot) {
        return snapshot.ofType("Microsoft.Authorization/roleDefinitions")
                .filter(each -> each.path("name").asText().equals(assignment.role()))
                .map(each -> each.at("/properties/roleName").asText().replaceAll(" \\(.*", ""))
                .findFirst()
                .orElseGet(() -> NAMES.getOrDefault(assignment.role(), assignment.role()));
    }
}
