package io.github.acrattach.emulator.arm.authorization;

import io.github.acrattach.emulator.arm.ArmError;
import io.github.acrattach.emulator.estate.Directory;
import io.github.acrattach.emulator.estate.Grant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The role assignments of the tenant; each change is checked and made in one step. */
public final class RoleAssignments {
    private final int limitPerSubscription;
    private final Map<String, RoleAssignment> byId = new ConcurrentHashMap<>();
    private final Map<String, RoleAssignment> byMeaning = new ConcurrentHashMap<>();
    private final Map<String, Map<String, RoleAssignment>> byPrincipal = new ConcurrentHashMap<>();

    public RoleAssignments(int limitPerSubscription) {
        this.limitPerSubscription = limitPerSubscription;
    }

    /** Starts again with the assignments of an estate. */
    public synchronized void load(Collection<Grant> grants, RoleDefinitions definitions, Directory directory) {
        byId.clear();
        byMeaning.clear();
        byPrincipal.clear();
        grants.forEach(grant -> keep(RoleAssignment.of(grant, definitions, directory)));
    }

    /** Nobody's rights are asked; what ARM refuses for the sake of other assignments is refused. */
    public RoleAssignment assign(Grant grant, RoleDefinitions definitions, Directory directory) {
        return put(RoleAssignment.of(grant, definitions, directory)).assignment();
    }

    public List<RoleAssignment> list() {
        return List.copyOf(byId.values());
    }

    public Collection<RoleAssignment> of(String principalId) {
        return byPrincipal.getOrDefault(lower(principalId), Map.of()).values();
    }

    Optional<RoleAssignment> get(String id) {
        return Optional.ofNullable(byId.get(lower(id)));
    }

    /** What writing an assignment did. */
    record Written(RoleAssignment assignment, Effect effect) {}

    /** An assignment can be new, say something new, or be there already. */
    enum Effect {
        CREATED,
        UPDATED,
        UNCHANGED
    }

    synchronized Written put(RoleAssignment wanted) {
        RoleAssignment sameName = byId.get(lower(wanted.id()));
        if (sameName != null) {
            return rewrite(sameName, wanted);
        }
        // Unique in the tenant, even where the scope is narrower: learn.microsoft.com/azure/role-based-access-control.
        if (byId.values().stream().anyMatch(each -> each.name().equalsIgnoreCase(wanted.name()))) {
            throw nameTaken();
        }
        RoleAssignment sameMeaning = byMeaning.get(wanted.meaning());
        if (sameMeaning != null) {
            throw new ArmError(
                    409,
                    "RoleAssignmentExists",
                    "The role assignment already exists. The ID of the existing role assignment is "
                            + sameMeaning.name().replace("-", "") + ".");
        }
        if (countIn(wanted.scope()) >= limitPerSubscription) {
            throw ArmError.badRequest(
                    "RoleAssignmentLimitExceeded",
                    "No more role assignments can be created (code: RoleAssignmentLimitExceeded). The limit is "
                            + limitPerSubscription + " per subscription.");
        }
        keep(wanted);
        return new Written(wanted, Effect.CREATED);
    }

    synchronized Optional<RoleAssignment> remove(String id) {
        RoleAssignment gone = byId.remove(lower(id));
        if (gone != null) {
            byMeaning.remove(gone.meaning());
            byPrincipal.get(lower(gone.principalId())).remove(lower(id));
        }
        return Optional.ofNullable(gone);
    }

    /** A resource takes the assignments at and below it along. */
    public synchronized void removeAt(String resourceId) {
        Scope scope = Scope.of(resourceId);
        list().stream()
                .filter(assignment -> scope.covers(assignment.scope().path()))
                .forEach(assignment -> remove(assignment.id()));
    }

    private Written rewrite(RoleAssignment before, RoleAssignment wanted) {
        if (!before.meaning().equals(wanted.meaning())) {
            throw nameTaken();
        }
        if (before.extras().equals(wanted.extras())) {
            return new Written(before, Effect.UNCHANGED);
        }
        RoleAssignment after = new RoleAssignment(
                before.scope(),
                before.name(),
                before.roleDefinition(),
                before.principalId(),
                before.principalType(),
                wanted.extras(),
                before.createdOn(),
                wanted.updatedOn(),
                before.createdBy(),
                wanted.updatedBy());
        keep(after);
        return new Written(after, Effect.UPDATED);
    }

    private static ArmError nameTaken() {
        return ArmError.badRequest(
                "RoleAssignmentUpdateNotPermitted",
                "Tenant ID, application ID, principal ID, and scope are not allowed to be updated.");
    }

    private void keep(RoleAssignment assignment) {
        byId.put(lower(assignment.id()), assignment);
        byMeaning.put(assignment.meaning(), assignment);
        byPrincipal
                .computeIfAbsent(lower(assignment.principalId()), key -> new ConcurrentHashMap<>())
                .put(lower(assignment.id()), assignment);
    }

    private long countIn(Scope scope) {
        String[] segments = scope.path().split("/");
        if (segments.length < 3) {
            return 0;
        }
        Scope subscription = Scope.of("/subscriptions/" + segments[2]);
        return byId.values().stream()
                .filter(assignment -> subscription.covers(assignment.scope().path()))
                .count();
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
