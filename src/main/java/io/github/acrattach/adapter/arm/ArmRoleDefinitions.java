package io.github.acrattach.adapter.arm;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.acrattach.adapter.azure.Answers;
import io.github.acrattach.adapter.azure.ArmRequests;
import io.github.acrattach.adapter.azure.Azure;
import io.github.acrattach.concurrent.Deadline;
import io.github.acrattach.domain.ArmId;
import io.github.acrattach.domain.Lookup;
import io.github.acrattach.domain.OutsideText;
import io.github.acrattach.domain.Problem;
import io.github.acrattach.domain.RoleDefinition;
import io.github.acrattach.domain.installation.Right;
import io.github.acrattach.port.CloudUnavailable;
import io.github.acrattach.port.RoleDefinitions;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;

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
    private final Map<UUID, Reading> readings = new ConcurrentHashMap<>();

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
        return no != null && isYounger(no.readAt(), REFUSED) ? new Lookup.Denied<>(no.problem()) : once(registry, id);
    }

    /** Many pairs ask for the same role at once: one of them reads it, and the others wait for that. */
    private Lookup<RoleDefinition> once(ArmId registry, UUID id) {
        Reading own = new Reading(registry, new CompletableFuture<>());
        Reading first = readings.putIfAbsent(id, own);
        return first == null ? readFor(own, id) : first.answerFor(registry).orElseGet(() -> read(registry, id));
    }

    private Lookup<RoleDefinition> readFor(Reading own, UUID id) {
        try {
            Lookup<RoleDefinition> answer = read(own.registry(), id);
            own.answer().complete(Optional.of(answer));
            return answer;
        } catch (CloudUnavailable failure) {
            own.answer().completeExceptionally(failure);
            throw failure;
        } finally {
            // For who gave it up, as when its time is over, nobody else has to.
            own.answer().complete(Optional.empty());
            readings.remove(id, own);
        }
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

    /** A call that goes on. */
    private record Reading(ArmId registry, CompletableFuture<Optional<Lookup<RoleDefinition>>> answer) {

        /** Empty where it says nothing of that registry: another one may be read by other rights, and in more time. */
        Optional<Lookup<RoleDefinition>> answerFor(ArmId asked) {
            try {
                return Deadline.await(answer, () -> {})
                        .filter(told -> told.found().isPresent() || asked.equals(registry));
            } catch (ExecutionException failed) {
                CloudUnavailable told = (CloudUnavailable) failed.getCause();
                throw new CloudUnavailable(told.problem(), told.retryAfter());
            }
        }
    }

    private static boolean isYounger(long readAt, Duration age) {
        return System.nanoTime() - readAt < age.toNanos();
    }

    private record Kept(RoleDefinition role, long readAt) {}

    private record Asked(ArmId registry, UUID id) {}

    private record Refused(Problem problem, long readAt) {}
}
