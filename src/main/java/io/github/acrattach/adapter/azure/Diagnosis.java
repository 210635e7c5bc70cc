package io.github.acrattach.adapter.azure;

import io.github.acrattach.domain.AzCommand;
import io.github.acrattach.domain.OutsideText;
import io.github.acrattach.domain.Problem;
import io.github.acrattach.domain.Problem.Kind;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Turns a fault of an operation into a problem: its true cause, whom it concerns, and what mends it. */
final class Diagnosis {

    private static final Set<String> NO_RIGHT =
            Set.of("authorizationfailed", "linkedauthorizationfailed", "authorization_requestdenied", "forbidden");

    // ARM says: The client 'x' with object id 'y' does not have authorization to perform action 'a' over scope 's' ...
    // What is taken from it ends up in commands that people copy, so it has to be what it says it is.
    private static final Pattern CALLER = Pattern.compile("with object id '([0-9a-fA-F-]{36})'");

    private static final Pattern ACTION = Pattern.compile(
            "(?:authorization to perform action|permission to perform action\\(s\\)) '([A-Za-z0-9./]{1,300})'");
    private static final Pattern SCOPE =
            Pattern.compile("(?:over scope|on the linked scope\\(s\\)) '(/[\\p{L}\\p{N}_./()-]{0,900})'");
    private static final Pattern NAMESPACE = Pattern.compile("namespace '([A-Za-z.]{1,100})'");

    private Diagnosis() {}

    static Problem of(Fault fault, Operation operation) {
        return switch (fault.origin()) {
            case CONNECTION ->
                problem(
                        Kind.UNAVAILABLE,
                        "There was no usable answer from Azure: " + fault.message(),
                        operation,
                        Problem.WAITING_HELPS);
            case SIGN_IN_CONNECTION ->
                problem(
                        fault.status() == 429 ? Kind.THROTTLED : Kind.UNAVAILABLE,
                        "Whoever signs this program in gave no usable answer: " + fault.message(),
                        operation,
                        Problem.WAITING_HELPS);
            case SIGN_IN ->
                problem(
                        Kind.SIGN_IN_FAILED,
                        "Signing in failed: " + fault.message(),
                        operation,
                        fault.fix()
                                .orElse(
                                        "check the settings ACR_ATTACH_AZURE_CREDENTIAL, AZURE_TENANT_ID, AZURE_CLIENT_ID and"
                                                + " AZURE_CLIENT_SECRET, and that the identity exists: az ad sp show --id"
                                                + " \"<client id>\""));
            case CERTIFICATE ->
                problem(
                        Kind.UNTRUSTED_CERTIFICATE,
                        "The other side showed a certificate that is not trusted: " + fault.message(),
                        operation,
                        "set ACR_ATTACH_AZURE_TRUSTED_CERTIFICATES to a PEM file with the certificate of the proxy or"
                                + " private cloud; if there is none, something intercepts the connection");
            case ANSWER -> ofAnswer(fault, operation);
        };
    }

    private static Problem ofAnswer(Fault fault, Operation operation) {
        if (fault.status() == 403 && (fault.code().isEmpty() || NO_RIGHT.contains(lower(fault.code())))) {
            return missingRight(fault, operation);
        }
        return switch (lower(fault.code())) {
            case "principalnotfound" ->
                problem(
                        Kind.PRINCIPAL_NOT_FOUND,
                        "The directory does not know the cluster's identity: it is too new to be seen everywhere, or was deleted. "
                                + said(fault),
                        operation,
                        Problem.WAITING_HELPS);
            case "roleassignmentlimitexceeded" ->
                problem(
                        Kind.LIMIT_EXCEEDED,
                        "The subscription holds as many role assignments as it may. " + said(fault),
                        operation,
                        "az role assignment list --all --subscription \"" + subscription(operation)
                                + "\"   (and delete those that nobody needs, then attach again)");
            // learn.microsoft.com/entra/identity/enterprise-apps/delete-recover-faq
            case "directory_quotaexceeded" ->
                problem(
                        Kind.LIMIT_EXCEEDED,
                        "The directory holds as many objects as it may; one that was deleted counts for 30 days, unless it is"
                                + " deleted for good. " + said(fault),
                        operation,
                        AzCommand.deletedApplications()
                                + "   (and delete for good what nobody needs: az rest --method DELETE --url"
                                + " \"https://graph.microsoft.com/v1.0/directory/deletedItems/<id>\"; then attach again)");
            case "scopelocked" ->
                problem(
                        Kind.LOCKED,
                        "A lock forbids the change. " + said(fault),
                        operation,
                        "az lock list --subscription \"" + subscription(operation)
                                + "\"   (and az lock delete --ids \"<id of the lock>\", then attach again)");
            case "missingsubscriptionregistration" ->
                problem(
                        Kind.NOT_REGISTERED,
                        "The subscription is not registered for the resource provider. " + said(fault),
                        operation,
                        "az provider register --namespace \"" + namespace(fault, operation) + "\" --subscription \""
                                + subscription(operation) + '"');
            case "subscriptionnotfound" ->
                problem(
                        Kind.REJECTED,
                        "The subscription does not exist in this tenant. " + said(fault),
                        operation,
                        "Correct the subscription in the rule or request: az account list --query \"[].id\"");
            default -> byStatus(fault, operation);
        };
    }

    private static Problem byStatus(Fault fault, Operation operation) {
        if (fault.status() == 429) {
            return problem(Kind.THROTTLED, "Azure asks to slow down. " + said(fault), operation, Problem.WAITING_HELPS);
        }
        if (fault.status() == 401) {
            return problem(
                    Kind.SIGN_IN_FAILED,
                    "Azure does not accept this program's token. " + said(fault),
                    operation,
                    "Check that acr-attach.azure.cloud and tenant-id are those of the subscription.");
        }
        return fault.passes()
                ? problem(
                        Kind.UNAVAILABLE, "Azure could not do it now. " + said(fault), operation, Problem.WAITING_HELPS)
                : problem(
                        Kind.REJECTED,
                        "Azure rejects the request. " + said(fault),
                        operation,
                        "Mend what Azure's message names, then attach again.");
    }

    private static Problem missingRight(Fault fault, Operation operation) {
        Optional<String> caller = found(CALLER, fault.message()).or(operation.caller());
        String action = found(ACTION, fault.message()).orElse(operation.action());
        boolean asked = action.equalsIgnoreCase(operation.action());
        // Azure names the assignment that would be made; the right is given where it would be made.
        String scope = asked ? operation.scope() : found(SCOPE, fault.message()).orElse(operation.scope());
        return new Problem(
                Kind.MISSING_RIGHT,
                caller.map(id -> "The caller " + id).orElse("This program's identity") + " lacks the right " + action
                        + " at " + scope + ".",
                Optional.of(action),
                Optional.of(scope),
                caller,
                asked ? operation.howToAllow().apply(caller) : AzCommand.allow(action, scope, caller));
    }

    private static Problem problem(Kind kind, String cause, Operation operation, String fix) {
        return new Problem(
                kind,
                cause,
                Optional.of(operation.action()),
                Optional.of(operation.scope()),
                operation.caller().get(),
                fix);
    }

    private static String said(Fault fault) {
        return "Azure answered " + fault.status() + (fault.code().isEmpty() ? "" : " " + fault.code())
                + (fault.message().isEmpty() ? "." : ": " + OutsideText.line(fault.message()));
    }

    private static String subscription(Operation operation) {
        String[] segments = operation.scope().split("/");
        return segments.length > 2 ? segments[2] : "<subscription>";
    }

    private static String namespace(Fault fault, Operation operation) {
        return found(NAMESPACE, fault.message())
                .orElse(operation
                        .action()
                        .substring(0, Math.max(0, operation.action().indexOf('/'))));
    }

    private static Optional<String> found(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    private static String lower(String code) {
        return code.toLowerCase(Locale.ROOT);
    }
}
