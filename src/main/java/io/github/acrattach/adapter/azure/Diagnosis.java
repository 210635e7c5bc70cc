package io.github.acrattach.adapter.azure;

import io.github.acrattach.domain.AzCommand;
import io.github.acrattach.domain.Problem;
import io.github.acrattach.domain.Problem.Kind;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Turns a fault of an operation into a problem: its true cause, whom it concerns, and what mends it. */
final class Diagnosis {

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
                PolicyAnswer.ofSignIn(fault, operation)
                        .orElseGet(() -> problem(
                                Kind.SIGN_IN_FAILED,
                                "Signing in failed: " + fault.message(),
                                operation,
                                fault.fix()
                                        .orElse("check the settings ACR_ATTACH_AZURE_CREDENTIAL, AZURE_TENANT_ID,"
                                                + " AZURE_CLIENT_ID and AZURE_CLIENT_SECRET, and that the identity"
                                                + " exists: az ad sp show --id \"<client id>\"")));
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
        return PolicyAnswer.problem(fault, operation)
                .or(() -> AuthorizationAnswer.problem(fault, operation))
                .orElseGet(() -> byCode(fault, operation));
    }

    private static Problem byCode(Fault fault, Operation operation) {
        return switch (lower(fault.code())) {
            case "principalnotfound" ->
                problem(
                        Kind.PRINCIPAL_NOT_FOUND,
                        "The directory does not know the cluster's identity: it is too new to be seen everywhere, or was deleted. "
                                + fault.said(),
                        operation,
                        Problem.WAITING_HELPS);
            case "roleassignmentlimitexceeded" ->
                problem(
                        Kind.LIMIT_EXCEEDED,
                        "The subscription holds as many role assignments as it may. " + fault.said(),
                        operation,
                        "az role assignment list --all --subscription \"" + subscription(operation)
                                + "\"   (those without a principalName are of principals that are gone: they can go, then attach"
                                + " again)");
            // learn.microsoft.com/entra/identity/enterprise-apps/delete-recover-faq
            case "directory_quotaexceeded" ->
                problem(
                        Kind.LIMIT_EXCEEDED,
                        "The directory holds as many objects as it may; one that was deleted counts for 30 days, unless it is"
                                + " deleted for good. " + fault.said(),
                        operation,
                        AzCommand.deletedApplications()
                                + "   (and delete for good what nobody needs: az rest --method DELETE --url"
                                + " \"https://graph.microsoft.com/v1.0/directory/deletedItems/<id>\"; then attach again), or have the rule use ACR tokens:"
                                + " ACR_ATTACH_RULES_<RULE>_SECRET_CREDENTIAL=acr-token");
            case "scopelocked" ->
                problem(
                        Kind.LOCKED,
                        "A lock forbids the change. " + fault.said(),
                        operation,
                        "az lock list --subscription \"" + subscription(operation)
                                + "\"   (who set it, and why, is in its notes: it protects something. Ask for a narrower one, then"
                                + " attach again)");
            case "readonlydisabledsubscription" ->
                problem(
                        Kind.SUBSCRIPTION_DISABLED,
                        "The subscription is disabled, so that nothing in it can be changed. " + fault.said(),
                        operation,
                        "az account subscription show --id \"" + subscription(operation)
                                + "\"   (shows its state: let its owner enable it, then attach again)");
            case "missingsubscriptionregistration", "subscriptionnotregistered" ->
                problem(
                        Kind.NOT_REGISTERED,
                        "The subscription is not registered for the resource provider. " + fault.said(),
                        operation,
                        "az provider register --namespace \"" + namespace(fault, operation) + "\" --subscription \""
                                + subscription(operation) + '"');
            case "subscriptionnotfound" ->
                problem(
                        Kind.REJECTED,
                        "The subscription does not exist in this tenant. " + fault.said(),
                        operation,
                        "Correct the subscription in the rule or request: az account list --query \"[].id\"");
            default -> byStatus(fault, operation);
        };
    }

    private static Problem byStatus(Fault fault, Operation operation) {
        if (fault.status() == 429) {
            return problem(
                    Kind.THROTTLED, "Azure asks to slow down. " + fault.said(), operation, Problem.WAITING_HELPS);
        }
        if (fault.isOfAStranger()) {
            return problem(
                    Kind.REJECTED,
                    "The answer " + fault.status() + " is not one of Azure's, for it has no error code: a proxy or"
                            + " firewall in between refuses the call.",
                    operation,
                    "Let this program call management.azure.com, graph.microsoft.com and login.microsoftonline.com, or"
                            + " their like in your cloud, past it; curl -v https://management.azure.com from where it runs"
                            + " shows what answers.");
        }
        if (fault.status() == 401) {
            return problem(
                    Kind.SIGN_IN_FAILED,
                    (fault.isCode("InvalidAuthenticationTokenTenant")
                                    ? "This program signs in to another tenant than that of the subscription. "
                                    : "Azure does not accept this program's token. ")
                            + fault.said(),
                    operation,
                    "az account list --query \"[?id=='" + subscription(operation)
                            + "'].[tenantId,environmentName]\"   (shows what AZURE_TENANT_ID and"
                            + " ACR_ATTACH_AZURE_CLOUD have to be)");
        }
        return fault.passes()
                ? problem(
                        Kind.UNAVAILABLE,
                        "Azure could not do it now. " + fault.said(),
                        operation,
                        Problem.WAITING_HELPS)
                : problem(
                        Kind.REJECTED,
                        "Azure rejects the request. " + fault.said(),
                        operation,
                        "Mend what Azure's message names, then attach again.");
    }

    private static Problem problem(Kind kind, String cause, Operation operation, String fix) {
        return operation.problem(kind, cause, fix);
    }

    private static String subscription(Operation operation) {
        String[] segments = operation.scope().split("/");
        return segments.length > 2 ? segments[2] : "<subscription>";
    }

    private static String namespace(Fault fault, Operation operation) {
        Matcher named = NAMESPACE.matcher(fault.message());
        return named.find()
                ? named.group(1)
                : operation.action().substring(0, Math.max(0, operation.action().indexOf('/')));
    }

    private static String lower(String code) {
        return code.toLowerCase(Locale.ROOT);
    }
}
