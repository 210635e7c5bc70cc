package io.github.acrattach.adapter.kubernetes.access;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Who refuses, as the fixed part of an API server's message says it. The status tells nothing: a webhook may choose any, a
 * policy one of four, and much that is no right is 403 Forbidden. What follows the fixed part is never kept, for whoever
 * refuses has seen the secret.
 *
 * @param name of the webhook, of the policy and its binding, or of the user, where it is one that can be told
 */
record ServerRefusal(Refuser refuser, Optional<String> name) {

    /**
     * Texts: kubernetes/kubernetes, staging/src/k8s.io/apiserver/pkg: admission/plugin/webhook/errors/statuserror.go,
     * util/webhook/error.go, admission/plugin/policy/{validating,generic}, admission/plugin/namespace/lifecycle,
     * admission/plugin/resourcequota/controller.go, endpoints/handlers/responsewriters/errors.go. Whoever is asked about a
     * write stands before whoever has been asked about the right, so that the words of the one cannot be those of the other.
     */
    enum Refuser {
        /** Denies, with any status. */
        WEBHOOK("admission (webhook \"NAME\") denied the request"),
        /** Has to be asked, and does not answer. */
        UNREACHED_WEBHOOK("(?:Internal error occurred: )?failed calling (?:admission )?(webhook \"NAME\")"),
        /** A policy that cannot be used: what it takes its parameters from is missing, for one. */
        BROKEN_POLICY("OBJECTPOLICY denied request: failed to configure (?:policy|binding)"),
        /** Denies, with one of four statuses. */
        POLICY("OBJECTPOLICY denied request"),
        /** The namespace takes in nothing new. */
        TERMINATION("OBJECTunable to create new content in namespace \\S+ because it is being terminated"),
        QUOTA("OBJECT(?:exceeded|failed) quota: |OBJECTinsufficient quota to "),
        /** Whoever has to be asked is only starting, or has not counted yet. */
        NOT_READY("OBJECT(?:not yet ready to handle request|status unknown for quota: )"),
        /** The webhook by which AKS asks Azure got no answer, and says it where it would say no (github.com/kubeguard/guard). */
        UNDECIDED(
                "OBJECT_OR_NONEforbidden: User \"[^\"\\\\]*\" cannot [^:]*: Error occured during authorization check"),
        /** The right is missing: Kubernetes' own RBAC, and the webhook by which AKS asks Azure, in one form. */
        RBAC("OBJECT_OR_NONEforbidden: User \"([^\"\\\\]*)\" cannot ");

        private final Pattern pattern;

        Refuser(String text) {
            pattern = Pattern.compile("^(?:"
                    + text.replace("OBJECT_OR_NONE", "(?:RESOURCE is )?")
                            .replace("OBJECT", "(?:(?:RESOURCE is forbidden|Internal error occurred): )?")
                            .replace("RESOURCE", "[a-z0-9./-]{1,253}(?: \"[^\"]{0,253}\")?")
                            .replace(
                                    "POLICY",
                                    "((?:(?:Validating|Mutating)AdmissionPolicy|policy) ['\"]NAME['\"](?: with binding"
                                            + " 'NAME')?)")
                            .replace("NAME", "[A-Za-z0-9.-]{1,253}")
                    + ")");
        }

        private Optional<ServerRefusal> in(String message) {
            Matcher found = pattern.matcher(message);
            return found.find()
                    ? Optional.of(new ServerRefusal(
                            this, found.groupCount() == 0 ? Optional.empty() : Optional.ofNullable(found.group(1))))
                    : Optional.empty();
        }
    }

    /** The webhook or policy, as a sentence names it. */
    Optional<String> admission() {
        return name.map(each -> each.replaceFirst("^(?:Validating|Mutating)AdmissionPolicy", "policy"));
    }

    /** Empty where the message has none of these forms. */
    static Optional<ServerRefusal> in(String message) {
        return Stream.of(Refuser.values())
                .flatMap(refuser -> refuser.in(message).stream())
                .findFirst();
    }
}
