package io.github.acrattach.adapter.graph;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.acrattach.adapter.azure.Answers;
import io.github.acrattach.adapter.azure.Azure;
import io.github.acrattach.adapter.azure.Operation;
import io.github.acrattach.adapter.azure.Reply;
import io.github.acrattach.domain.DirectoryPrincipal;
import io.github.acrattach.domain.Guid;
import io.github.acrattach.domain.Lookup;
import io.github.acrattach.domain.Password;
import io.github.acrattach.port.CloudUnavailable;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Reads whether a service principal can sign in: learn.microsoft.com/graph/api/resources/serviceprincipal. Certificates are not
 * asked for: AKS takes a password and nothing else, and Graph answers $select=keyCredentials 150 times a minute for a whole
 * tenant.
 */
final class PrincipalPasswords {

    private static final String PRINCIPAL =
            "servicePrincipals?$select=id,appId,accountEnabled,appOwnerOrganizationId,passwordCredentials&$filter=appId%%20eq%%20'%s'";

    private static final String APPLICATION = "applications(appId='%s')?$select=id,passwordCredentials";

    private final Azure azure;
    private final GraphRequests graph;

    PrincipalPasswords(Azure azure) {
        this.azure = azure;
        graph = new GraphRequests(azure);
    }

    /** The one with that client id, as the directory of this program's own tenant knows it. */
    Lookup<DirectoryPrincipal> of(UUID clientId) {
        return Answers.unlessRefused(
                () -> graph.list(PRINCIPAL.formatted(clientId)).stream()
                        .flatMap(each -> principal(clientId, each).stream())
                        .findFirst()
                        .<Lookup<DirectoryPrincipal>>map(Lookup.Found::new)
                        .orElseGet(Lookup.Absent::new),
                asked("the service principal with client id " + clientId));
    }

    private Optional<DirectoryPrincipal> principal(UUID clientId, JsonNode shown) {
        Optional<UUID> home = Guid.parse(shown.path("appOwnerOrganizationId").textValue());
        Optional<UUID> directory = azure.claimsAtGraph()
                .found()
                .flatMap(claims -> Guid.parse(claims.path("tid").textValue()));
        return Guid.parse(shown.path("id").textValue())
                .map(objectId -> new DirectoryPrincipal(
                        clientId,
                        objectId,
                        shown.path("accountEnabled").asBoolean(true),
                        home,
                        directory,
                        home.isPresent() && home.equals(directory)
                                ? ofApplication(clientId).map(those -> Stream.concat(those.stream(), passwords(shown))
                                        .toList())
                                : new Lookup.Absent<>()));
    }

    /** One that is gone has none. They are told beside what matters more, so that no failure to read them stops that. */
    private Lookup<List<Password>> ofApplication(UUID clientId) {
        try {
            return Answers.unlessRefused(
                    () -> {
                        Reply reply = graph.get(APPLICATION.formatted(clientId));
                        return new Lookup.Found<>(
                                GraphRequests.isUnknown(reply)
                                        ? List.of()
                                        : passwords(reply.orFail().json()).toList());
                    },
                    asked("the application with client id " + clientId));
        } catch (CloudUnavailable later) {
            return new Lookup.Denied<>(later.problem());
        }
    }

    private Operation asked(String what) {
        return GraphPermission.READ.on(what, azure);
    }

    private static Stream<Password> passwords(JsonNode holder) {
        return Registration.elements(holder, "passwordCredentials").map(Registration::password);
    }
}
