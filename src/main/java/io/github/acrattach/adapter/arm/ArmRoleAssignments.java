package io.github.acrattach.adapter.arm;

import com.azure.resourcemanager.authorization.AuthorizationManager;
import com.azure.resourcemanager.authorization.fluent.RoleAssignmentsClient;
import com.azure.resourcemanager.authorization.fluent.models.RoleAssignmentInner;
import com.azure.resourcemanager.authorization.models.PrincipalType;
import com.azure.resourcemanager.authorization.models.RoleAssignmentCreateParameters;
import io.github.acrattach.adapter.azure.Absence;
import io.github.acrattach.adapter.azure.Answers;
import io.github.acrattach.adapter.azure.Azure;
import io.github.acrattach.adapter.azure.Backoff;
import io.github.acrattach.adapter.azure.Pages;
import io.github.acrattach.domain.ArmId;
import io.github.acrattach.domain.Authorship;
import io.github.acrattach.domain.AzCommand;
import io.github.acrattach.domain.Guid;
import io.github.acrattach.domain.Lookup;
import io.github.acrattach.domain.PrincipalKind;
import io.github.acrattach.domain.Problem;
import io.github.acrattach.domain.PullGrant;
import io.github.acrattach.domain.RoleAssignment;
import io.github.acrattach.domain.Version;
import io.github.acrattach.port.CloudUnavailable;
import io.github.acrattach.port.RoleAssignments;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** Reads, makes and removes role assignments. */
@ApplicationScoped
class ArmRoleAssignments implements RoleAssignments {

    private final Azure azure;
    private final Version version;
    private final RoleAssignmentsClient client;
    private final Backoff backoff;

    ArmRoleAssignments(Azure azure, Version version) {
        this.azure = azure;
        this.version = version;
        client = AuthorizationManager.authenticate(azure.arm(), azure.profile())
                .roleServiceClient()
                .getRoleAssignments();
        // 2, 4, 5 and 5 s.
        backoff = azure.backoff(4, Duration.ofSeconds(2), Duration.ofSeconds(5));
    }

    @Override
    public Lookup<List<RoleAssignment>> at(ArmId registry) {
        return Answers.resource(
                Pages.all(
                        // At the scope and above it; without the filter those of everything below come too.
                        client.listForScopeAsync(registry.toString(), "atScope()", null, null),
                        inner -> assignment(inner).stream()),
                registry,
                azure.operation("Microsoft.Authorization/roleAssignments/read", registry.toString()));
    }

    @Override
    public Lookup<List<RoleAssignment>> reaching(UUID principal, String scope) {
        return Answers.list(
                Pages.all(
                        client.listForScopeAsync(scope, "assignedTo('" + principal + "')", null, null),
                        inner -> assignment(inner).stream()),
                azure.operation("Microsoft.Authorization/roleAssignments/read", scope));
    }

    @Override
    public Lookup<PullGrant> make(PullGrant grant) {
        for (int tries = 1; ; tries++) {
            try {
                return makeOnce(grant);
            } catch (CloudUnavailable unavailable) {
                if (!principalTooYoung(unavailable) || !backoff.pauseAfter(tries)) {
                    throw unavailable;
                }
            }
        }
    }

    private Lookup<PullGrant> makeOnce(PullGrant grant) {
        String registry = grant.registry().toString();
        var assignment = new RoleAssignmentCreateParameters()
                .withRoleDefinitionId(grant.roleDefinitionId())
                .withPrincipalId(grant.principal().toString())
                // Without it a fresh identity is not found until it has spread through the directory.
                .withPrincipalType(PrincipalType.SERVICE_PRINCIPAL)
                .withDescription(grant.description(version).toString());
        return Answers.attempt(
                () -> {
                    Answers.await(client.createAsync(registry, grant.name().toString(), assignment));
                    return new Lookup.Found<>(grant);
                },
                refusal -> refused(grant, refusal),
                azure.operation("Microsoft.Authorization/roleAssignments/write", registry));
    }

    @Override
    public Lookup<String> remove(String assignmentId) {
        return Answers.removal(
                client.deleteByIdAsync(assignmentId).map(removed -> assignmentId),
                azure.operation("Microsoft.Authorization/roleAssignments/delete", scopeOf(assignmentId)));
    }

    /** Where the assignment was made, which is also where the right to remove it is given. */
    private static String scopeOf(String assignmentId) {
        int end = assignmentId.toLowerCase(Locale.ROOT).lastIndexOf("/providers/microsoft.authorization/");
        return end > 0 ? assignmentId.substring(0, end) : assignmentId;
    }

    private static Lookup<PullGrant> refused(PullGrant grant, Answers.Refusal refusal) {
        if (refusal.isCode("RoleAssignmentExists")) {
            return new Lookup.Denied<>(Problem.of(
                    Problem.Kind.GRANT_NOT_LISTED,
                    "Azure says that the role assignment exists already, but does not list it yet.",
                    grant.registry(),
                    Problem.WAITING_HELPS));
        }
        if (refusal.isCode("RoleAssignmentUpdateNotPermitted")) {
            return new Lookup.Denied<>(nameTaken(grant));
        }
        // A role that the cloud does not have is a 404 too.
        return Absence.isOf(grant.registry(), refusal) ? new Lookup.Absent<>() : new Lookup.Denied<>(refusal.problem());
    }

    /** The name follows from the grant, and Azure gives a name once in a tenant, at whatever scope. */
    private static Problem nameTaken(PullGrant grant) {
        return Problem.of(
                Problem.Kind.REJECTED,
                "The name " + grant.name()
                        + ", which the role assignment would have, is that of one for another principal or"
                        + " role, or at another scope. Somebody made it under this name, and it was left alone.",
                grant.registry(),
                AzCommand.grantPull(grant) + "   (which takes a name of its own)");
    }

    private static boolean principalTooYoung(CloudUnavailable unavailable) {
        return unavailable.problem().kind() == Problem.Kind.PRINCIPAL_NOT_FOUND;
    }

    /** Empty for an assignment that cannot concern a pull: its principal or role is not named by a GUID. */
    private Optional<RoleAssignment> assignment(RoleAssignmentInner inner) {
        Optional<UUID> principal = Guid.parse(inner.principalId());
        Optional<UUID> role = Optional.ofNullable(inner.roleDefinitionId())
                .flatMap(id -> Guid.parse(id.substring(id.lastIndexOf('/') + 1)));
        if (principal.isEmpty() || role.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new RoleAssignment(
                inner.id(),
                Optional.ofNullable(inner.scope()).orElse(""),
                principal.get(),
                PrincipalKind.of(
                        inner.principalType() == null
                                ? null
                                : inner.principalType().toString()),
                role.get(),
                Optional.ofNullable(inner.condition()).filter(condition -> !condition.isBlank()),
                Optional.ofNullable(inner.description()).filter(description -> !description.isBlank()),
                authorship(inner)));
    }

    private Authorship authorship(RoleAssignmentInner inner) {
        return new Authorship(
                Guid.parse(inner.createdBy()).map(UUID::toString),
                Optional.ofNullable(inner.createdOn()).map(OffsetDateTime::toInstant),
                Optional.ofNullable(inner.updatedOn()).map(OffsetDateTime::toInstant),
                inner.createdOn() != null
                        && azure.caller()
                                .filter(us -> us.equalsIgnoreCase(inner.createdBy()))
                                .isPresent());
    }
}
