package io.github.acrattach.adapter.arm;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.acrattach.adapter.azure.Answers;
import io.github.acrattach.adapter.azure.ArmRequests;
import io.github.acrattach.adapter.azure.Azure;
import io.github.acrattach.domain.ArmId;
import io.github.acrattach.domain.Lookup;
import io.github.acrattach.domain.OutsideText;
import io.github.acrattach.domain.Problem;
import io.github.acrattach.domain.RoleDefinition;
import io.github.acrattach.domain.installation.Right;
import io.github.acrattach.port.RoleDefinitions;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Reads role definitions and keeps them. Wire: learn.microsoft.com/rest/api/authorization/role-definitions/get of 2022-04-01.
 */
@ApplicationScoped
class ArmRoleDefinitions implements RoleDefinitions {

    /** Many pairs of one registry are looked at one after the other: none of them is allowed what another was not. */
    private static final Duration REFUSED = Duration.ofSeconds(30);

    private final Azure azure;
    private final Map<UUID, Kept> kept = new ConcurrentHashMap<>();
    private final Map<Asked, Refused> refused = new ConcurrentHashMap<>();

    ArmRoleDefinitions(Azure azure) {
        this.azure = azure;
    }

    @Override
    public Lookup<RoleDefinition> find(ArmId registry, UUID id, Duration age) {
        Kept there = kept.get(id);
        if (there != null && isYounger(there.readAt(), age)) {
            return new Lookup.Found<>(there.role());
        }
        Refused no = refused.get(new Asked(registry, id));
        return no != null && isYounger(no.readAt(), REFUSED) ? new Lookup.Denied<>(no.problem()) : read(registry, id);
    }

    private Lookup<RoleDefinition> read(ArmId registry, UUID id) {
        String path = registry + "/providers/Microsoft.Authorization/roleDefinitions/" + id + "?api-version=2022-04-01";
        return Answers.<RoleDefinition>unlessRefused(
                        () -> new Lookup.Found<>(role(id, new ArmRequests(azure).get(path))),
                        azure.operation(Right.READ_ROLES.action(), registry.toString()))
                .fold(
                        role -> new Lookup.Found<>(keep(id, role)),
                        Lookup.Absent::new,
                        problem -> new Lookup.Denied<>(keep(new Asked(registry, id), problem)));
    }

    private Problem keep(Asked asked, Problem problem) {
        refused.values().removeIf(each -> !isYounger(each.readAt(), REFUSED));
        refused.put(asked, new Refused(problem, System.nanoTime()));
        return problem;
    }

    private RoleDefinition keep(UUID id, RoleDefinition role) {
        kept.put(id, new Kept(role, System.nanoTime()));
        return role;
    }

    private static RoleDefinition role(UUID id, JsonNode body) {
        JsonNode properties = body.path("properties");
        if (!properties.path("permissions").isArray()) {
            throw Answers.useless("the role definition shows no permissions");
        }
        return new RoleDefinition(
                id,
                OutsideText.word(properties.path("roleName").asText("a role without a name")),
                properties.path("type").asText("").equalsIgnoreCase("CustomRole"),
                PermissionJson.all(properties.path("permissions")));
    }

    private static boolean isYounger(long readAt, Duration age) {
        return System.nanoTime() - readAt < age.toNanos();
    }

    private record Kept(RoleDefinition role, long readAt) {}

    private record Asked(ArmId registry, UUID id) {}

    private record Refused(Problem problem, long readAt) {}
}
