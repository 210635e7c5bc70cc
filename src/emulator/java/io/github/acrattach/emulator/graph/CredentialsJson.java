package io.github.acrattach.emulator.graph;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.emulator.estate.Credentials;
import io.github.acrattach.emulator.estate.KeyCredential;
import io.github.acrattach.emulator.http.Json;

/** The credentials of applications and service principals as Graph shows them; wire: api/resources/keycredential. */
final class CredentialsJson {
    private CredentialsJson() {}

    /** The two fields that hold them. */
    static ObjectNode write(Credentials credentials) {
        ObjectNode fields = Json.object();
        fields.set("keyCredentials", Json.array(credentials.keys().stream().map(CredentialsJson::key)));
        fields.set(
                "passwordCredentials",
                Json.array(credentials.passwords().stream().map(PasswordJson::write)));
        return fields;
    }

    private static ObjectNode key(KeyCredential key) {
        return Json.object()
                .putNull("customKeyIdentifier")
                .put("displayName", key.displayName())
                .put("endDateTime", Json.timestamp(key.end()))
                .putNull("key")
                .put("keyId", key.keyId())
                .put("startDateTime", Json.timestamp(key.start()))
                .put("type", "AsymmetricX509Cert")
                .put("usage", "Verify");
    }
}
