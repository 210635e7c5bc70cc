package io.github.acrattach.adapter.graph;

import com.azure.resourcemanager.authorization.AuthorizationManager;
import com.azure.resourcemanager.authorization.fluent.ServicePrincipalsServicePrincipalsClient;
import com.azure.resourcemanager.authorization.fluent.models.MicrosoftGraphServicePrincipalInner;
import com.azure.resourcemanager.authorization.fluent.models.ServicePrincipalsServicePrincipalSelect;
import io.github.acrattach.adapter.azure.Answers;
import io.github.acrattach.adapter.azure.Azure;
import io.github.acrattach.domain.DirectoryPrincipal;
import io.github.acrattach.domain.Guid;
import io.github.acrattach.domain.Lookup;
import io.github.acrattach.port.Directory;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import reactor.core.publisher.Mono;

/** Looks up service principals. */
@ApplicationScoped
class GraphDirectory implements Directory {

    private final Azure azure;
    private final ServicePrincipalsServicePrincipalsClient servicePrincipals;
    private final PrincipalPasswords passwords;

    GraphDirectory(Azure azure) {
        this.azure = azure;
        passwords = new PrincipalPasswords(azure);
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
}
