package io.github.acrattach.adapter.azure;

import io.github.acrattach.domain.Problem;
import io.github.acrattach.domain.Problem.Kind;
import java.util.Optional;

/**
 * What somebody has forbidden for everybody, whatever right they hold: by Azure Policy, by a policy of the directory, or
 * by Conditional Access. To give a right would not mend it.
 */
final class PolicyAnswer {

    /** Entra's codes for a sign-in that Conditional Access blocks: learn.microsoft.com/entra/identity-platform. */
    private static final String BLOCKED_SIGN_IN = "(?s).*AADSTS(?:53003|530035|53000|53001)\\b.*";

    private static final String APP_POLICY =
            "az rest --method GET --url https://graph.microsoft.com/v1.0/policies/defaultAppManagementPolicy";

    private PolicyAnswer() {}

    /** Empty when it is not a policy that refuses. */
    static Optional<Problem> problem(Fault fault, Operation operation) {
        if (fault.isCode("RequestDisallowedByPolicy") || fault.isCode("RequestDisallowedByAzure")) {
            return told(
                    operation,
                    "Azure Policy does not allow the change. " + fault.said(),
                    "az policy assignment list --scope \"" + operation.scope()
                            + "\" --disable-scope-strict-match   (shows what is assigned there; exempt this change, or let"
                            + " whoever owns the policy allow it, then attach again)");
        }
        if (fault.status() == 401 && fault.message().contains("Continuous access evaluation")) {
            return told(
                    operation, "Conditional Access does not let this program in. " + fault.said(), CONDITIONAL_ACCESS);
        }
        if (fault.isCode("Authorization_RequestDenied")
                && fault.message().contains("restricted management administrative unit")) {
            return told(
                    operation,
                    "What is to be changed is in a restricted management administrative unit of the directory, whose"
                            + " own administrators alone may change it. " + fault.said(),
                    "Take it out of that unit, or give this program a role that is scoped to the unit: Microsoft Entra"
                            + " admin center, Identity, Roles and admins, Admin units.");
        }
        if (fault.message().contains("not allowed as per assigned policy")) {
            return told(
                    operation,
                    "An application management policy of the directory forbids such a credential. " + fault.said(),
                    APP_POLICY + "   (shows it: except this program's applications, or have the rule use ACR tokens:"
                            + " ACR_ATTACH_RULES_<RULE>_SECRET_CREDENTIAL=acr-token)");
        }
        if (fault.isCode("CredentialInvalidLifetimeAsPerAppPolicy")) {
            return told(
                    operation,
                    "An application management policy of the directory forbids so long a lifetime. " + fault.said(),
                    APP_POLICY + "   (shows how long it may be: write no more into"
                            + " ACR_ATTACH_RULES_<RULE>_SECRET_LIFETIME, or have the rule use ACR tokens:"
                            + " ACR_ATTACH_RULES_<RULE>_SECRET_CREDENTIAL=acr-token)");
        }
        return Optional.empty();
    }

    /** The same for signing in. */
    static Optional<Problem> ofSignIn(Fault fault, Operation operation) {
        return fault.message().matches(BLOCKED_SIGN_IN)
                ? told(
                        operation,
                        "Conditional Access does not let this program sign in: " + fault.message(),
                        CONDITIONAL_ACCESS)
                : Optional.empty();
    }

    private static final String CONDITIONAL_ACCESS = "Microsoft Entra admin center, Monitoring, Sign-in logs, Service"
            + " principal sign-ins: shows which policy it was (add this program's outgoing addresses to its named locations,"
            + " or exclude the identity from it)";

    private static Optional<Problem> told(Operation operation, String cause, String fix) {
        return Optional.of(operation.problem(Kind.DISALLOWED_BY_POLICY, cause, fix));
    }
}
