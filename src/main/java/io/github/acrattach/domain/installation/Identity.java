package io.github.acrattach.domain.installation;

import java.util.Optional;

/**
 * Who this program is, as its token says; each is empty where the token does not tell.
 *
 * @param objectId what roles are given to
 * @param clientId what it signs in with
 */
public record Identity(Optional<String> objectId, Optional<String> clientId, Optional<String> tenantId) {

    @Override
    public String toString() {
        return "object id " + objectId.orElse("unknown") + ", client id " + clientId.orElse("unknown") + ", tenant "
                + tenantId.orElse("unknown");
    }
}
