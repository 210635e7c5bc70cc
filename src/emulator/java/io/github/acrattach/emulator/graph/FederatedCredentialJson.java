package io.github.acrattach.emulator.graph;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.emulator.estate.FederatedCredential;
import io.github.acrattach.emulator.http.Json;

/** Federated credentials as Graph shows them; wire: api/resources/federatedidentitycredential. */
final class FederatedCredentialJson {
    private FederatedCredentialJson() {}

    static ObjectNode write(FederatedCredential credential) {
        ObjectNode body = Json.object()
                .put("id", credential.id())
                .put("name", credential.name())
                .put("issuer", credential.issuer())
                .put("subject", credential.subject())
                .putNull("description");
        return body.set("audiences", Json.texts(credential.audiences().stream()));
    }
}
