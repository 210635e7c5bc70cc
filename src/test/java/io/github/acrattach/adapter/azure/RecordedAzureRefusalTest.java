package io.github.acrattach.adapter.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.domain.AzCommand;
import io.github.acrattach.domain.Problem;
import io.github.acrattach.domain.Problem.Kind;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What Azure answers where it refuses, as recorded in public reports and documentation, with names made up: the code and
 * the fixed part of the message tell what it means, the status alone does not.
 */
class RecordedAzureRefusalTest {

    private static final String CALLER = "0c421105-9e6b-4a09-bcda-fa4ddd2e70da";
    private static final String WRITE = "Microsoft.Authorization/roleAssignments/write";
    private static final String SUBSCRIPTION = "/subscriptions/3f2b8c14-5d6e-4a7f-9b10-c2d3e4f5a601";
    private static final String REGISTRY =
            SUBSCRIPTION + "/resourceGroups/platform/providers/Microsoft.ContainerRegistry/registries/acrshop";
    private static final String CLIENT = "The client 'app' with object id '" + CALLER + "' ";
    private static final String AT_REGISTRY = "over scope '" + REGISTRY
            + "/providers/Microsoft.Authorization/roleAssignments/7d1f' or the scope is invalid. If access was recently"
            + " granted, please refresh your credentials.";
    private static final String CONDITION =
            CLIENT + "has an authorization with ABAC condition that is not fulfilled to perform action '" + WRITE + "' "
                    + AT_REGISTRY;
    private static final String DENIED =
            CLIENT + "has permission to perform action '" + WRITE + "' on scope '" + REGISTRY
                    + "'; however, the access is denied because of the deny assignment with name 'Deny assignment"
                    + " 'd-1' created by Deployment Stack '/subscriptions/x/deploymentStacks/base'' and Id"
                    + " '605ab1c2d3e4' at scope '" + SUBSCRIPTION + "/resourceGroups/platform'.";
    private static final String PAGE =
            "<html><head><title>403 Forbidden</title></head><body>Blocked by policy" + "</body></html>";

    private static Stream<Arguments> refusals() {
        return Stream.of(
                refusal(
                        403,
                        "AuthorizationFailed",
                        CLIENT + "does not have authorization to perform action '" + WRITE + "' " + AT_REGISTRY,
                        Kind.MISSING_RIGHT,
                        "lacks the right " + WRITE),
                refusal(403, "AuthorizationFailed", CONDITION, Kind.CONDITION_NOT_FULFILLED, "holds the right"),
                refusal(403, "authorizationfailed", CONDITION, Kind.CONDITION_NOT_FULFILLED, "a condition"),
                refusal(403, "DenyAssignmentAuthorizationFailed", DENIED, Kind.DENY_ASSIGNMENT, "deny assignment"),
                refusal(403, "AuthorizationFailed", DENIED, Kind.DENY_ASSIGNMENT, "605ab1c2d3e4"),
                refusal(
                        403,
                        "DenyAssignmentAuthorizationFailed",
                        CLIENT + "has permission to perform action '" + WRITE
                                + "' on scope '/s'; however, the access is denied because of the deny assignment with Id"
                                + " '4e1d5354563b53f0a6639624ce82fcc6'.",
                        Kind.DENY_ASSIGNMENT,
                        "4e1d5354563b53f0a6639624ce82fcc6"),
                refusal(
                        403,
                        "LinkedAuthorizationFailed",
                        CLIENT + "has permission to perform action 'a/b/write' on scope '/s'; however, it does not have"
                                + " permission to perform action 'c/d/join/action' on the '0' linked scope(s) '' or the"
                                + " linked scope(s) are invalid and is blocked by deny assignments on the '1' linked"
                                + " scope(s) '/t'.",
                        Kind.DENY_ASSIGNMENT,
                        "deny assignment"),
                refusal(
                        403,
                        "LinkedAuthorizationFailed",
                        CLIENT + "has permission to perform action 'a/b/write' on scope '/s'; however, it does not have"
                                + " permission to perform action(s) 'c/d/join/action' on the linked scope(s) '/t' (respectively)"
                                + " or the linked scope(s) are invalid.",
                        Kind.MISSING_RIGHT,
                        "lacks the right c/d/join/action at /t"),
                refusal(
                        403,
                        "RequestDisallowedByPolicy",
                        "Resource 'acrshop' was disallowed by policy. Policy identifiers: '[...]'.",
                        Kind.DISALLOWED_BY_POLICY,
                        "Azure Policy"),
                refusal(
                        403,
                        "RequestDisallowedByAzure",
                        "Resource 'acrshop' was disallowed by Azure: This policy maintains a set of best available regions.",
                        Kind.DISALLOWED_BY_POLICY,
                        "RequestDisallowedByAzure"),
                refusal(
                        403,
                        "ScopeLocked",
                        "The scope '/s' cannot perform write operation because following scope(s) are locked: '/s'.",
                        Kind.LOCKED,
                        "A lock"),
                refusal(
                        403,
                        "ReadOnlyDisabledSubscription",
                        "The subscription 'x' is disabled and therefore marked as read only.",
                        Kind.SUBSCRIPTION_DISABLED,
                        "disabled"),
                refusal(
                        409,
                        "ReadOnlyDisabledSubscription",
                        "The subscription 'x' is disabled and therefore marked as read only.",
                        Kind.SUBSCRIPTION_DISABLED,
                        "disabled"),
                refusal(
                        403,
                        "SubscriptionNotRegistered",
                        "The subscription is not registered to use namespace 'Microsoft.ContainerService'.",
                        Kind.NOT_REGISTERED,
                        "not registered"),
                refusal(
                        401,
                        "InvalidAuthenticationTokenTenant",
                        "The access token is from the wrong issuer 'https://sts.windows.net/a/'. It must match the tenant"
                                + " 'https://sts.windows.net/b/' associated with this subscription.",
                        Kind.SIGN_IN_FAILED,
                        "another tenant"),
                refusal(
                        401,
                        "InvalidAuthenticationToken",
                        "Continuous access evaluation resulted in challenge with result: InteractionRequired and code:"
                                + " LocationConditionEvaluationSatisfied",
                        Kind.DISALLOWED_BY_POLICY,
                        "Conditional Access"),
                refusal(
                        403,
                        "Authorization_RequestDenied",
                        "Insufficient privileges to complete the operation.",
                        Kind.MISSING_RIGHT,
                        "lacks the right"),
                refusal(
                        403,
                        "Authorization_RequestDenied",
                        "Insufficient privileges to complete the operation. Target object is a member of a restricted"
                                + " management administrative unit and can only be modified by administrators scoped to that"
                                + " administrative unit.",
                        Kind.DISALLOWED_BY_POLICY,
                        "restricted management administrative unit"),
                refusal(
                        400,
                        "Request_BadRequest",
                        "Credential type not allowed as per assigned policy.",
                        Kind.DISALLOWED_BY_POLICY,
                        "application management policy"),
                refusal(
                        400,
                        "CredentialInvalidLifetimeAsPerAppPolicy",
                        "Credential lifetime exceeds the max value allowed as per assigned policy"
                                + " '538f1913-366a-440a-95a0-e195cb55b282'.",
                        Kind.DISALLOWED_BY_POLICY,
                        "forbids so long a lifetime"),
                refusal(
                        403,
                        "Directory_QuotaExceeded",
                        "The directory object quota limit for the Principal has been exceeded.",
                        Kind.LIMIT_EXCEEDED,
                        "directory"),
                refusal(403, "Forbidden", "This request is not allowed.", Kind.REJECTED, "Forbidden"),
                arguments(403, PAGE, Kind.REJECTED, "not one of Azure's"),
                arguments(403, "", Kind.REJECTED, "not one of Azure's"),
                arguments(403, "{\"message\":\"blocked\"}", Kind.REJECTED, "not one of Azure's"),
                arguments(401, PAGE, Kind.REJECTED, "not one of Azure's"),
                arguments(407, PAGE, Kind.REJECTED, "not one of Azure's"));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void refusalIsToldForWhatItsCodeAndItsFixedWordsSay(int status, String body, Kind kind, String cause) {
        Problem problem = problem(status, body);
        assertThat(problem.kind()).isEqualTo(kind);
        assertThat(problem.cause()).contains(cause);
        assertThat(problem.fix()).isNotBlank();
        assertThat(Fault.answer(status, null, body).passes()).isFalse();
    }

    @Test
    void unfulfilledConditionIsShownAndTheRightIsNotGivenOnceMore() {
        Problem problem = problem(403, error("AuthorizationFailed", CONDITION));
        assertThat(problem.caller()).contains(CALLER);
        assertThat(problem.action()).contains(WRITE);
        assertThat(problem.fix())
                .startsWith("az role assignment list --assignee \"" + CALLER + "\" --scope \"" + REGISTRY
                        + "\" --include-inherited --query \"[?condition]")
                .contains(
                        "ServicePrincipal",
                        "7f951dda-4ed3-4680-a7ca-43fe172d538d",
                        "b93aa761-3e63-49ed-ac28-beffa264f7ac",
                        "docs/permissions.md")
                .doesNotContain("az role assignment create");
    }

    /** Nobody gives a right at an operation: it is over by then, and the next one has another name. */
    @Test
    void rightToFollowAnOperationIsGivenWhereItWasBegun() {
        String status = "Microsoft.ContainerRegistry/registries/tokens/operationStatuses/read";
        Problem problem = problem(
                403,
                error(
                        "AuthorizationFailed",
                        CLIENT + "does not have authorization to perform action '" + status + "' over scope '"
                                + REGISTRY + "/tokens/t/operationStatuses/tokens-2f91' or the scope is invalid."));
        assertThat(problem.action()).contains(status);
        assertThat(problem.scope()).contains(REGISTRY);
        assertThat(problem.fix()).endsWith("--scope \"" + REGISTRY + '"').doesNotContain("tokens-2f91");
    }

    @Test
    void rightAtSomethingThatIsLinkedIsGivenThere() {
        String join = "Microsoft.Network/virtualNetworks/subnets/join/action";
        Problem problem = problem(
                403,
                error(
                        "LinkedAuthorizationFailed",
                        CLIENT + "has permission to perform action '" + WRITE + "' on scope '" + REGISTRY
                                + "'; however, it does not have permission to perform action(s) '" + join
                                + "' on the linked scope(s) '" + REGISTRY + "2' (respectively) or the linked scope(s)"
                                + " are invalid."));
        assertThat(problem.scope()).contains(REGISTRY + '2');
    }

    @Test
    void lifetimeThatThePolicyForbidsIsMendedByItsSetting() {
        assertThat(problem(
                                400,
                                error(
                                        "CredentialInvalidLifetimeAsPerAppPolicy",
                                        "Credential lifetime exceeds the max value allowed as per assigned policy 'p'."))
                        .fix())
                .contains("defaultAppManagementPolicy", "ACR_ATTACH_RULES_<RULE>_SECRET_LIFETIME");
    }

    @Test
    void signInThatConditionalAccessBlocksIsNotAMistakeInTheSettings() {
        Problem problem = Diagnosis.of(
                new Fault(
                        Fault.Origin.SIGN_IN,
                        0,
                        "",
                        "MsalServiceException: AADSTS53003: Access has been blocked by Conditional Access policies.",
                        Optional.empty()),
                operation());
        assertThat(problem.kind()).isEqualTo(Kind.DISALLOWED_BY_POLICY);
        assertThat(problem.fix()).contains("Sign-in logs", "named locations");
    }

    @Test
    void namesInARefusalCannotSmuggleACommandIntoTheFix() {
        Problem problem = problem(
                403,
                error(
                        "AuthorizationFailed",
                        CONDITION.replace(CALLER, "$(reboot)").replace(WRITE, "a;reboot")));
        assertThat(problem.kind()).isEqualTo(Kind.CONDITION_NOT_FULFILLED);
        assertThat(problem.fix()).doesNotContain("reboot");
        assertThat(problem(403, error("DenyAssignmentAuthorizationFailed", DENIED.replace("605ab1c2d3e4", "`reboot`")))
                        .fix())
                .doesNotContain("reboot");
    }

    private static Arguments refusal(int status, String code, String message, Kind kind, String cause) {
        return arguments(status, error(code, message), kind, cause);
    }

    private static String error(String code, String message) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.putObject("error").put("code", code).put("message", message);
        return json.toString();
    }

    private static Problem problem(int status, String body) {
        return Diagnosis.of(Fault.answer(status, null, body), operation());
    }

    private static Operation operation() {
        return new Operation(WRITE, REGISTRY, Optional::empty, who -> AzCommand.allow(WRITE, REGISTRY, who));
    }
}
