package io.github.acrattach.emulator.kubernetes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.emulator.http.Json;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Somebody who refuses what is written into a cluster, though the caller has the right to.
 *
 * @param resources which are judged; none: all
 * @param namespaces where; none: everywhere
 * @param sparesAdministrators whether system:masters may do it all the same, as match conditions often have it
 */
public record AdmissionRule(
        Set<String> resources, Set<String> namespaces, boolean sparesAdministrators, Refuser refuser) {

    /** Who refuses, and how the API server tells it. */
    public sealed interface Refuser {

        Refusal refusal(String resource, String name);
    }

    /**
     * Texts and statuses: kubernetes/staging/src/k8s.io/apiserver/pkg/admission/plugin/webhook/errors/statuserror.go.
     *
     * @param code any; without one, or with one below 400, the API server answers 400
     */
    public record Webhook(String name, OptionalInt code, Optional<String> reason, Optional<String> message)
            implements Refuser {
        @Override
        public Refusal refusal(String resource, String object) {
            String why = Stream.concat(message.stream(), reason.stream())
                    .findFirst()
                    .map(words -> ": " + words)
                    .orElse(" without explanation");
            int status = code.orElse(400);
            return Refusal.notAdmitted(
                    status < 400 ? 400 : status,
                    reason.orElse(""),
                    "admission webhook \"" + name + "\" denied the request" + why,
                    null);
        }
    }

    /**
     * A webhook that must answer and does not: .../pkg/util/webhook/error.go, and NewInternalError.
     *
     * @param why of the connection
     */
    public record UnreachableWebhook(String name, String why) implements Refuser {
        @Override
        public Refusal refusal(String resource, String object) {
            String failed = "failed calling webhook \"" + name + "\": " + why;
            ObjectNode details = Json.object();
            details.set("causes", Json.array(Stream.of(Json.object().put("message", failed))));
            return Refusal.notAdmitted(500, "InternalError", "Internal error occurred: " + failed, details);
        }
    }

    /**
     * A ValidatingAdmissionPolicy: .../pkg/admission/plugin/policy/validating/dispatcher.go.
     *
     * @param binding none: the policy itself could not be used
     * @param reason one of four; Invalid unless it says another
     */
    public record Policy(String name, Optional<String> binding, Optional<String> reason, String message)
            implements Refuser {
        private static final Map<String, Integer> CODES =
                Map.of("Unauthorized", 401, "Forbidden", 403, "RequestEntityTooLarge", 413, "Invalid", 422);

        public Policy {
            if (!reason.map(CODES::containsKey).orElse(true)) {
                throw new IllegalArgumentException("A policy's reason is one of " + CODES.keySet());
            }
        }

        @Override
        public Refusal refusal(String resource, String object) {
            String told = "ValidatingAdmissionPolicy '" + name + "'"
                    + binding.map(each -> " with binding '" + each + "'").orElse("") + " denied request: " + message;
            ObjectNode details = Json.object().put("name", object).put("kind", resource);
            details.set("causes", Json.array(Stream.of(Json.object().put("message", told))));
            String why = reason.orElse("Invalid");
            return Refusal.notAdmitted(
                    CODES.get(why), why, resource + " \"" + object + "\" is forbidden: " + told, details);
        }
    }

    boolean judges(User user, Kind kind, String namespace) {
        return (resources.isEmpty() || resources.contains(kind.plural()))
                && (namespaces.isEmpty() || namespaces.contains(namespace))
                && !(sparesAdministrators && user.master());
    }
}
