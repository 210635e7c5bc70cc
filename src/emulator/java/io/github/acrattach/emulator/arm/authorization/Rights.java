package io.github.acrattach.emulator.arm.authorization;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.acrattach.emulator.arm.Call;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** Whether somebody may do something: the union of what their role assignments allow at or above a scope. */
public final class Rights {
    private final RoleAssignments assignments;
    private final RoleDefinitions definitions;

    public Rights(RoleAssignments assignments, RoleDefinitions definitions) {
        this.assignments = assignments;
        this.definitions = definitions;
    }

    public boolean allow(String principalId, String action, String scope) {
        return held(principalId, scope).flatMap(this::role).anyMatch(role -> role.allows(action));
    }

    /** What comes of asking whether somebody may. */
    public enum Verdict {
        ALLOWED,
        /** Only assignments whose condition does not allow this request would do. */
        CONDITION_NOT_FULFILLED,
        MISSING
    }

    /** The same for a request, whose attributes conditions ask for. */
    public Verdict judge(String action, String scope, Call call) {
        String caller = call.caller().objectId();
        List<RoleAssignment> allowing = held(caller, scope)
                .filter(assignment -> role(assignment).anyMatch(role -> role.allows(action)))
                .toList();
        if (allowing.isEmpty()) {
            return Verdict.MISSING;
        }
        Map<String, String> attributes = attributes(call);
        return allowing.stream()
                        .map(assignment -> assignment.extras().condition())
                        .anyMatch(condition -> condition
                                .flatMap(text -> Condition.fulfilled(text, action, attributes))
                                // Others are kept, not evaluated.
                                .orElse(true))
                ? Verdict.ALLOWED
                : Verdict.CONDITION_NOT_FULFILLED;
    }

    /** Those of role assignments: of the one that is to be written, and of the one that is there. */
    private Map<String, String> attributes(Call call) {
        Map<String, String> attributes = new HashMap<>();
        if (call.request().path().toLowerCase(Locale.ROOT).contains("/roleassignments/")) {
            assignments
                    .get(call.request().path())
                    .ifPresent(there -> put(
                            attributes,
                            "@resource",
                            there.roleDefinition(),
                            there.principalId(),
                            there.principalType().name()));
            if (call.request().method().equals("PUT")) {
                JsonNode properties = call.body().path("properties");
                String role = properties.path("roleDefinitionId").asText();
                put(
                        attributes,
                        "@request",
                        role.substring(role.lastIndexOf('/') + 1),
                        properties.path("principalId").asText(),
                        properties.path("principalType").asText());
            }
        }
        return attributes;
    }

    private static void put(
            Map<String, String> attributes, String source, String role, String principal, String principalType) {
        String prefix = source + "[microsoft.authorization/roleassignments:";
        attributes.put(prefix + "roledefinitionid]", role);
        attributes.put(prefix + "principalid]", principal);
        attributes.put(prefix + "principaltype]", principalType);
    }

    /** Leaves out assignments with a condition: nothing here can tell whether one holds. */
    public boolean allowUnconditionally(String principalId, String action, String scope) {
        return unconditional(principalId, scope).anyMatch(role -> role.allows(action));
    }

    /** The same for what lies inside a resource: an owner of a cluster has no right to its secrets. */
    public boolean allowData(String principalId, String dataAction, String scope) {
        return unconditional(principalId, scope).anyMatch(role -> role.allowsData(dataAction));
    }

    private Stream<RoleDefinition> unconditional(String principalId, String scope) {
        return held(principalId, scope)
                .filter(assignment -> assignment.extras().condition().isEmpty())
                .flatMap(this::role);
    }

    private Stream<RoleAssignment> held(String principalId, String scope) {
        return assignments.of(principalId).stream()
                .filter(assignment -> assignment.scope().covers(scope));
    }

    private Stream<RoleDefinition> role(RoleAssignment assignment) {
        return definitions.byGuid(assignment.roleDefinition()).stream();
    }

    /** What each role of somebody allows that holds at a scope, in an order that stays. */
    Stream<JsonNode> permissions(String principalId, String scope) {
        return held(principalId, scope)
                .sorted(Comparator.comparing(RoleAssignment::id))
                .flatMap(this::role)
                .map(RoleDefinition::permission);
    }

    /** Who holds a role that allows it at, above or below a scope sees that the scope exists. */
    public boolean see(String principalId, String action, String scope) {
        return assignments.of(principalId).stream()
                .filter(held -> held.scope().covers(scope)
                        || Scope.of(scope).covers(held.scope().path()))
                .flatMap(this::role)
                .anyMatch(role -> role.allows(action));
    }
}
