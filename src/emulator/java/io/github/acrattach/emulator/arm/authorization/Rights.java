package io.github.acrattach.emulator.arm.authorization;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.acrattach.emulator.arm.Call;
import io.github.acrattach.emulator.estate.Directory;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Whether somebody may do something: the union of what the role assignments allow that they and their groups have at or above
 * a scope, less what a deny assignment refuses.
 */
public final class Rights {
    private final RoleAssignments assignments;
    private final RoleDefinitions definitions;
    private final DenyAssignments denials;
    private final Directory directory;
    private final Hierarchy hierarchy;

    public Rights(
            RoleAssignments assignments,
            RoleDefinitions definitions,
            DenyAssignments denials,
            Directory directory,
            Hierarchy hierarchy) {
        this.assignments = assignments;
        this.definitions = definitions;
        this.denials = denials;
        this.directory = directory;
        this.hierarchy = hierarchy;
    }

    public boolean allow(String principalId, String action, String scope) {
        return held(principalId, scope).flatMap(this::role).anyMatch(role -> role.allows(action))
                && denial(principalId, action, false, scope, Map.of()).isEmpty();
    }

    /** What comes of asking whether somebody may. */
    public enum Verdict {
        ALLOWED,
        /** Only assignments whose condition does not allow this request would do. */
        CONDITION_NOT_FULFILLED,
        /** A role would do, and a deny assignment is stronger. */
        DENIED,
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
        if (denial(caller, action, false, scope, attributes).isPresent()) {
            return Verdict.DENIED;
        }
        return allowing.stream()
                        .map(assignment -> assignment.extras().condition())
                        .anyMatch(condition -> condition
                                .flatMap(text -> Condition.fulfilled(text, action, attributes))
                                // Others are kept, not evaluated.
                                .orElse(true))
                ? Verdict.ALLOWED
                : Verdict.CONDITION_NOT_FULFILLED;
    }

    /** What ARM says of the deny assignment by which a request is refused. */
    public String denial(String action, String scope, Call call) {
        return denial(call.caller().objectId(), action, false, scope, attributes(call))
                .map(each -> "the deny assignment with name '" + each.displayName() + "' and Id '"
                        + each.name().replace("-", "") + "' at scope '"
                        + each.scope().text() + "'")
                .orElseThrow();
    }

    private Optional<DenyAssignment> denial(
            String principalId, String action, boolean data, String scope, Map<String, String> attributes) {
        return denials.refusing(directory.withGroupsOf(principalId), action, data, scope, attributes);
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

    /** An action on the resource itself has no attributes: a condition lets it through by the action, or not at all. */
    public boolean allowWithoutAttributes(String principalId, String action, String scope) {
        return held(principalId, scope)
                        .filter(assignment -> assignment
                                .extras()
                                .condition()
                                .map(text -> Condition.fulfilled(text, action, Map.of())
                                        .orElse(false))
                                .orElse(true))
                        .flatMap(this::role)
                        .anyMatch(role -> role.allows(action))
                && denial(principalId, action, false, scope, Map.of()).isEmpty();
    }

    /** The same for what lies inside a resource: an owner of a cluster has no right to its secrets. */
    public boolean allowData(String principalId, String dataAction, String scope) {
        return allowData(principalId, dataAction, scope, Map.of());
    }

    /** A condition that is not fulfilled, or that cannot be judged by these attributes, lets nothing through. */
    public boolean allowData(String principalId, String dataAction, String scope, Map<String, String> attributes) {
        return held(principalId, scope)
                        .filter(assignment -> role(assignment).anyMatch(role -> role.allowsData(dataAction)))
                        .anyMatch(assignment -> assignment
                                .extras()
                                .condition()
                                .map(text -> Condition.fulfilled(text, dataAction, attributes)
                                        .orElse(false))
                                .orElse(true))
                && denial(principalId, dataAction, true, scope, attributes).isEmpty();
    }

    private Stream<RoleAssignment> held(String principalId, String scope) {
        return reaching(principalId).filter(assignment -> hierarchy.covers(assignment.scope(), scope));
    }

    /** Those of somebody, and of the groups that somebody is in, whatever their scope. */
    private Stream<RoleAssignment> reaching(String principalId) {
        return directory.withGroupsOf(principalId).stream().flatMap(id -> assignments.of(id).stream());
    }

    private Stream<RoleDefinition> role(RoleAssignment assignment) {
        return definitions.byGuid(assignment.roleDefinition()).stream();
    }

    /** What each role of somebody allows that holds at a scope, in an order that stays. */
    Stream<JsonNode> permissions(String principalId, String scope) {
        return held(principalId, scope)
                .sorted(Comparator.comparing(RoleAssignment::id))
                .flatMap(this::role)
                .flatMap(role -> role.permissions().stream())
                .map(Permission::body);
    }

    /** Who holds a role that allows it at, above or below a scope sees that the scope exists. */
    public boolean see(String principalId, String action, String scope) {
        return reaching(principalId)
                .filter(held -> hierarchy.covers(held.scope(), scope)
                        || hierarchy.covers(Scope.of(scope), held.scope().path()))
                .flatMap(this::role)
                .anyMatch(role -> role.allows(action));
    }
}
