package io.github.acrattach.adapter.graph;

import com.azure.resourcemanager.authorization.AuthorizationManager;
import com.azure.resourcemanager.authorization.fluent.ServicePrincipalsServicePrincipalsClient;
import com.azure.resourcemanager.authorization.fluent.models.MicrosoftGraphServicePrincipalInner;
import com.azure.resourcemanager.authorization.fluent.models.ServicePrincipalsServicePrincipalSelect;
import io.github.acrattach.adapter.azure.Answers;
import io.github.acrattach.adapter.azure.ArmRequests;
import io.github.acrattach.adapter.azure.Azure;
import io.github.acrattach.domain.DirectoryPrincipal;
import io.github.acrattach.domain.Guid;
import io.github.acrattach.domain.Lookup;
import io.github.acrattach.port.Directory;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import reactor.core.publisher.Mono;

/** Looks up service principals. */
@ApplicationScoped
class GraphDirectory implements Directory {

    private final Azure azure;
    private final ServicePrincipalsServicePrincipalsClient servicePrincipals;
    private final PrincipalPasswords passwords;
    private final GraphRequests graph;

    GraphDirectory(Azure azure) {
        this.azure = azure;
        passwords = new PrincipalPasswords(azure);
        graph = new GraphRequests(azure);
        servicePrincipals = AuthorizationManager.authenticate(azure.graph(), azure.profile())
                .serviceClient()
                .getServicePrincipalsServicePrincipals();
    }

    @Override
    public Lookup<UUID> objectIdOf(UUID clientId) {
        Mono<UUID> objectId = servicePrincipals
                .listServicePrincipalAsync(
                        null,
                        1,
                        null,
                        null,
                        "appId eq '" + clientId + "'",
                        null,
                        null,
                        List.of(
                                ServicePrincipalsServicePrincipalSelect.ID,
                                ServicePrincipalsServicePrincipalSelect.APP_ID),
                        null)
                .map(MicrosoftGraphServicePrincipalInner::id)
                .map(Guid::parse)
                .flatMapIterable(id -> id.stream().toList())
                .next();
        return Answers.search(
                objectId, GraphPermission.READ.on("the service principal with client id " + clientId, azure));
    }

    @Override
    public Lookup<DirectoryPrincipal> servicePrincipal(UUID clientId) {
        return passwords.of(clientId);
    }

    @Override
    public Lookup<Set<UUID>> existing(Set<UUID> objectIds) {
        String ids = objectIds.stream().map(id -> "'" + id + "'").collect(Collectors.joining(","));
        return Answers.unlessRefused(
                () ->
                        new Lookup.Found<>(graph
                                .list("servicePrincipals?$select=id&$filter="
                                        + ArmRequests.encoded("id in (" + ids + ")"))
                                .stream()
                                .flatMap(each -> Guid.parse(each.path("id").textValue()).stream())
                                .collect(Collectors.toUnmodifiableSet())),
                GraphPermission.READ.on("the service principals " + ids, azure));
    }
}
