package io.github.acrattach.trigger.ops;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.acrattach.domain.PairReference;
import io.github.acrattach.domain.PairingRule.Method;
import io.github.acrattach.trigger.Telling;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Arrays;
import java.util.Optional;

/**
 * A request to let a cluster pull.
 *
 * @param method how it is let in; left out: as the rule for the pair says, else a role
 */
@RegisterForReflection
record AttachRequest(
        @JsonProperty("cluster") String cluster,
        @JsonProperty("registry") String registry,
        @JsonProperty("method") String method) {

    private static final String EXAMPLE =
            "{\"cluster\": \"...\", \"registry\": \"...\"}, and \"method\": \"role\", \"secret\" or \"auto\" if wanted";

    static AttachRequest fromBody(byte[] body) {
        return StrictBody.read(body, AttachRequest.class, EXAMPLE);
    }

    PairReference pair() {
        return new PairRequest(cluster, registry).pair();
    }

    Optional<Method> wanted() {
        return Optional.ofNullable(method).map(text -> Arrays.stream(Method.values())
                .filter(each -> Telling.word(each).equals(text))
                .findFirst()
                .orElseThrow(() -> new BadRequest("method", "The field method is role, secret or auto.")));
    }
}
