package io.github.acrattach.infra;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** What a parameter file would make: a flat list of resources, whose names and ids are evaluated. */
public record Snapshot(JsonNode json) {

    private static final Pattern IDENTITY =
            Pattern.compile("\\[reference\\('[^']*/userAssignedIdentities/([^']+)'.*\\.principalId]");
    /** The name of each assignment is made of its scope, its principal and its role. */
    private static final Pattern NAME = Pattern.compile("\\[guid\\('([^']+)',.*");

    /**
     * A role that is given.
     *
     * @param identity the name of a user-assigned identity, or an object id
     * @param role the GUID of the role
     * @param scope where
     * @param condition empty where there is none
     */
    public record Assignment(String identity, String role, String scope, String condition, String principalType) {}

    public List<JsonNode> resources() {
        return StreamSupport.stream(json.path("predictedResources").spliterator(), false)
                .toList();
    }

    public Stream<JsonNode> ofType(String type) {
        return resources().stream().filter(each -> each.path("type").asText().equals(type));
    }

    public JsonNode only(String type) {
        List<JsonNode> found = ofType(type).toList();
        if (found.size() != 1) {
            throw new AssertionError(found.size() + " resources of the type " + type);
        }
        return found.get(0);
    }

    public List<Assignment> assignments() {
        return ofType("Microsoft.Authorization/roleAssignments")
                .map(each -> new Assignment(
                        identity(each.at("/properties/principalId").asText()),
                        last(each.at("/properties/roleDefinitionId").asText()),
                        scope(each),
                        each.at("/properties/condition").asText(),
                        each.at("/properties/principalType").asText()))
                .toList();
    }

    /** The custom roles by their GUID. */
    public Map<String, JsonNode> customRoles() {
        return ofType("Microsoft.Authorization/roleDefinitions")
                .collect(Collectors.toMap(
                        each -> each.path("name").asText(),
                        each -> each.path("properties").path("permissions").path(0)));
    }

    public JsonNode appSettings() {
        return ofType("Microsoft.Web/sites/config")
                .filter(each -> each.path("name").asText().endsWith("/appsettings"))
                .findFirst()
                .orElseThrow()
                .path("properties");
    }

    private static String identity(String principalId) {
        Matcher identity = IDENTITY.matcher(principalId);
        return identity.matches() ? identity.group(1) : principalId;
    }

    private static String scope(JsonNode assignment) {
        Matcher name = NAME.matcher(assignment.path("name").asText());
        String id = assignment.path("id").asText();
        return name.matches() && isAt(id, name.group(1))
                ? name.group(1)
                : id.replaceAll("/providers/Microsoft[.]Authorization/.*", "");
    }

    /** Whether the id, which is the function that makes it, is one at the scope. */
    private static boolean isAt(String id, String scope) {
        String[] parts = scope.split("/");
        return id.startsWith("[extensionResourceId('" + scope + "',")
                || id.startsWith("[subscriptionResourceId('" + parts[2] + "',") && parts.length == 3
                || parts.length == 5 && id.startsWith("[resourceId('" + parts[2] + "', '" + parts[4] + "', ");
    }

    public static String last(String id) {
        return id.substring(id.lastIndexOf('/') + 1);
    }
}
