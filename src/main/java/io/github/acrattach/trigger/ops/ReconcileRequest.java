package io.github.acrattach.trigger.ops;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * A request to bring everything to where the rules want it.
 *
 * @param revoke whether to take back what no rule wants; left out, it is told only
 */
@RegisterForReflection
record ReconcileRequest(@JsonProperty("revoke") Boolean revoke) {

    static boolean revokes(byte[] body) {
        return Boolean.TRUE.equals(StrictBody.read(body, ReconcileRequest.class, "{\"revoke\": true}, or {}").revoke);
    }
}
