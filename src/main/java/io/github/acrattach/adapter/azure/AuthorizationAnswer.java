package io.github.acrattach.adapter.azure;

import io.github.acrattach.domain.AzCommand;
import io.github.acrattach.domain.Problem;
import io.github.acrattach.domain.Problem.Kind;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What Azure RBAC, or the directory, says where it refuses: a right that nobody gave, one that a condition keeps from this request, or one
 * that a deny assignment takes away. All three can come as 403 {@code AuthorizationFailed}; the fixed part of the message
 * tells them apart (learn.microsoft.com/azure/role-based-access-control: troubleshooting, conditions-troubleshoot and
 * deny-assignments, and public reports of each text).
 *
 * @param caller whom it names, or else this program
 * @param action the right that it names, or else the one that was asked for
 * @param scope where the right is given, or withheld
 * @param asked whether it is about what was asked for, and not about something linked to it
 */
record AuthorizationAnswer(Fault fault, Optional<String> caller, String action, String scope, boolean asked) {

    /** The last is Graph's: the caller lacks an application permission. */
    private static final List<String> CODES = List.of(
            "AuthorizationFailed",
            "LinkedAuthorizationFailed",
            "DenyAssignmentAuthorizationFailed",
            "Authorization_RequestDenied");

    // ARM says: The client 'x' with object id 'y' does not have authorization to perform action 'a' over scope 's' ...
    // What is taken from it ends up in commands that people copy, so it has to be what it says it is.
    private static final Pattern CALLER = Pattern.compile("with object id '([0-9a-fA-F-]{36})'");

    private static final Pattern ACTION = Pattern.compile(
            "(?:authorization to perform action|that is not fulfilled to perform action|have permission to perform"
                    + " action(?:\\(s\\))?) '([A-Za-z0-9./]{1,300})'");
    private static final Pattern SCOPE =
            Pattern.compile("(?:over scope|on the linked scope\\(s\\)) '(/[\\p{L}\\p{N}_./()-]{0,900})'");
    private static final String CONDITION = "with ABAC condition that is not fulfilled";
    private static final Pattern DENIED =
            Pattern.compile("because of the deny assignment |is blocked by deny assignments on ");

    /** Empty when it is not Azure RBAC that refuses. */
    static Optional<Problem> problem(Fault fault, Operation operation) {
        boolean judged = CODES.stream().anyMatch(fault::isCode)
                || fault.message().contains("does not have authorization to perform action '");
        return fault.status() == 403 && judged
                ? Optional.of(of(fault, operation).told(operation))
                : Optional.empty();
    }

    private static AuthorizationAnswer of(Fault fault, Operation operation) {
        String action = found(ACTION, fault.message()).orElse(operation.action());
        boolean asked = action.equalsIgnoreCase(operation.action());
        // Azure names the assignment that would be made; the right is given where it would be made.
        // So it is with the status of what was begun, which is read with a right of its own.
        String scope = found(SCOPE, fault.message())
                .filter(linked -> !asked && !isBelow(linked, operation.scope()))
                .orElse(operation.scope());
        return new AuthorizationAnswer(
                fault, found(CALLER, fault.message()).or(operation.caller()), action, scope, asked);
    }

    private static boolean isBelow(String scope, String above) {
        return scope.regionMatches(true, 0, above + '/', 0, above.length() + 1);
    }

    private Problem told(Operation operation) {
        if (fault.isCode("DenyAssignmentAuthorizationFailed")
                || DENIED.matcher(fault.message()).find()) {
            return problem(
                    Kind.DENY_ASSIGNMENT,
                    "A deny assignment forbids " + action + " at " + scope + ", whatever role the caller holds. "
                            + fault.said(),
                    AzCommand.denyAssignments(scope));
        }
        if (fault.message().contains(CONDITION)) {
            return problem(
                    Kind.CONDITION_NOT_FULFILLED,
                    who() + " holds the right " + action + " at " + scope
                            + ", but a condition on its role assignment does not allow this request.",
                    AzCommand.conditions(action, scope, caller));
        }
        return problem(
                Kind.MISSING_RIGHT,
                who() + " lacks the right " + action + " at " + scope + ".",
                asked ? operation.howToAllow().apply(caller) : AzCommand.allow(action, scope, caller));
    }

    private String who() {
        return caller.map(id -> "The caller " + id).orElse("This program's identity");
    }

    private Problem problem(Kind kind, String cause, String fix) {
        return new Problem(kind, cause, Optional.of(action), Optional.of(scope), caller, fix);
    }

    private static Optional<String> found(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
}
