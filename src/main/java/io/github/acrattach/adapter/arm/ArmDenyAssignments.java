package io.github.acrattach.adapter.arm;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.acrattach.adapter.azure.Answers;
import io.github.acrattach.adapter.azure.ArmRequests;
import io.github.acrattach.adapter.azure.Azure;
import io.github.acrattach.domain.ArmId;
import io.github.acrattach.domain.DenyAssignment;
import io.github.acrattach.domain.Guid;
import io.github.acrattach.domain.Lookup;
import io.github.acrattach.domain.OutsideText;
import io.github.acrattach.domain.installation.Right;
import io.github.acrattach.port.DenyAssignments;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads deny assignments. Wire: learn.microsoft.com/rest/api/authorization/deny-assignments/list-for-scope of 2022-04-01. */
@ApplicationScoped
class ArmDenyAssignments implements DenyAssignments {

    private final Azure azure;

    ArmDenyAssignments(Azure azure) {
        this.azure = azure;
    }

    @Override
    public Lookup<List<DenyAssignment>> at(ArmId registry) {
        String path = registry + "/providers/Microsoft.Authorization/denyAssignments?api-version=2022-04-01&$filter="
                + ArmRequests.encoded("atScope()");
        return Answers.unlessRefused(
                () -> new Lookup.Found<>(new ArmRequests(azure)
                        .list(path).stream().map(ArmDenyAssignments::denial).toList()),
                azure.operation(Right.READ_DENIALS.action(), registry.toString()));
    }

    private static DenyAssignment denial(JsonNode body) {
        JsonNode properties = body.path("properties");
        return new DenyAssignment(
                OutsideText.word(body.path("id").asText()),
                OutsideText.word(properties.path("denyAssignmentName").asText("a deny assignment without a name")),
                properties.path("scope").asText("/"),
                properties.path("doNotApplyToChildScopes").asBoolean(),
                PermissionJson.all(properties.path("permissions")),
                ids(principals(properties)),
                ids(PermissionJson.stream(properties.path("excludePrincipals"))),
                ids(Stream.concat(principals(properties), PermissionJson.stream(properties.path("excludePrincipals")))
                        .filter(each -> each.path("type").asText().equalsIgnoreCase("Group"))),
                Guid.parse(properties.path("createdBy").asText()).map(UUID::toString),
                time(properties.path("createdOn").asText()));
    }

    private static Stream<JsonNode> principals(JsonNode properties) {
        return PermissionJson.stream(properties.path("principals"));
    }

    /** That of all zeros stands for everyone. */
    private static Set<UUID> ids(Stream<JsonNode> principals) {
        return principals
                .map(each -> each.path("id").asText())
                .flatMap(id -> id.equals(DenyAssignment.EVERYONE.toString())
                        ? Optional.of(DenyAssignment.EVERYONE).stream()
                        : Guid.parse(id).stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Optional<Instant> time(String text) {
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeParseException unreadable) {
            return Optional.empty();
        }
    }
}
