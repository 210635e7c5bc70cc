package io.github.acrattach.adapter.arm;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.acrattach.adapter.azure.Answers;
import io.github.acrattach.adapter.azure.ArmRequests;
import io.github.acrattach.adapter.azure.Azure;
import io.github.acrattach.concurrent.SideBySide;
import io.github.acrattach.domain.Guid;
import io.github.acrattach.domain.Lookup;
import io.github.acrattach.domain.OutsideText;
import io.github.acrattach.domain.Permission;
import io.github.acrattach.domain.installation.OwnGrant;
import io.github.acrattach.domain.installation.Right;
import io.github.acrattach.port.Permissions;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Reads what ARM says this program may do. Wire: learn.microsoft.com/rest/api/authorization/permissions,
 * .../role-assignments/list-for-scope and .../role-definitions/get-by-id, all of 2022-04-01.
 */
@ApplicationScoped
class ArmPermissions implements Permissions {

    private static final String VERSION = "api-version=2022-04-01";
    private static final String AUTHORIZATION = "/providers/Microsoft.Authorization/";

    /** Ends up in commands that people copy. */
    private static final Pattern ID = Pattern.compile("/[\\p{L}\\p{N}_./()-]{0,1000}");

    private final Azure azure;

    ArmPermissions(Azure azure) {
        this.azure = azure;
    }

    @Override
    public Lookup<List<Permission>> at(String scope) {
        return Answers.unlessRefused(
                () -> new Lookup.Found<>(arm().list(scope + AUTHORIZATION + "permissions?" + VERSION).stream()
                        .map(PermissionJson::read)
                        .toList()),
                azure.operation(Right.READ_PERMISSIONS.action(), scope));
    }

    @Override
    public Lookup<List<OwnGrant>> grants(String principal, String scope) {
        String filter = ArmRequests.encoded("assignedTo('" + principal + "')");
        Lookup<List<JsonNode>> assignments = Answers.unlessRefused(
                () -> new Lookup.Found<>(
                        arm().list(scope + AUTHORIZATION + "roleAssignments?" + VERSION + "&$filter=" + filter).stream()
                                .filter(each -> isId(each.path("id"))
                                        && isId(each.path("properties").path("roleDefinitionId")))
                                .toList()),
                azure.operation(Right.READ_ASSIGNMENTS.action(), scope));
        return assignments.flatMap(all -> Answers.unlessRefused(
                () -> new Lookup.Found<>(grants(all)), azure.operation(Right.READ_ROLES.action(), scope)));
    }

    private List<OwnGrant> grants(List<JsonNode> assignments) {
        List<String> ids =
                assignments.stream().map(ArmPermissions::role).distinct().toList();
        Map<String, JsonNode> roles =
                SideBySide.each(
                                ids,
                                (String id) -> Map.entry(
                                        id, arm().get(id + '?' + VERSION).path("properties")))
                        .stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        return assignments.stream()
                .map(assignment -> grant(assignment, roles.get(role(assignment))))
                .toList();
    }

    private static String role(JsonNode assignment) {
        return assignment.path("properties").path("roleDefinitionId").asText();
    }

    private static OwnGrant grant(JsonNode assignment, JsonNode role) {
        JsonNode properties = assignment.path("properties");
        return new OwnGrant(
                assignment.path("id").asText(),
                isId(properties.path("scope")) ? properties.path("scope").asText() : "/",
                OutsideText.word(role.path("roleName").asText("a role without a name")),
                PermissionJson.all(role.path("permissions")),
                Optional.ofNullable(properties.path("condition").textValue()).filter(condition -> !condition.isBlank()),
                Guid.parse(properties.path("principalId").asText()));
    }

    private static boolean isId(JsonNode text) {
        return ID.matcher(text.asText("")).matches();
    }

    private ArmRequests arm() {
        return new ArmRequests(azure);
    }
}
