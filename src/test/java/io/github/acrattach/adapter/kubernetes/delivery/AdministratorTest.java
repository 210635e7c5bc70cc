package io.github.acrattach.adapter.kubernetes.delivery;

import static io.github.acrattach.adapter.azure.Answered.found;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.acrattach.Estates;
import io.github.acrattach.adapter.kubernetes.access.ApiRequest;
import io.github.acrattach.domain.Lookup;
import io.github.acrattach.domain.NamespaceOutcome;
import io.github.acrattach.domain.NamespaceOutcome.State;
import io.github.acrattach.domain.Problem.Kind;
import io.github.acrattach.domain.PullSecret;
import io.github.acrattach.domain.Samples;
import io.github.acrattach.emulator.frontdoor.Fault;
import io.github.acrattach.emulator.http.Answer;
import io.github.acrattach.emulator.kubernetes.AdmissionRule;
import io.github.acrattach.emulator.kubernetes.AdmissionRule.Policy;
import io.github.acrattach.emulator.kubernetes.AdmissionRule.UnreachableWebhook;
import io.github.acrattach.emulator.kubernetes.AdmissionRule.Webhook;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * When the cluster's administrator steps in, where that is allowed: for a right that this program lacks, and never for
 * what somebody refuses who spares administrators. This program may read and write in the namespace shop alone.
 */
class AdministratorTest {

    private static final String ADMIN = "listClusterAdminCredential";
    private static final String WRITER = "Azure Kubernetes Service RBAC Writer";
    private static final String SECRETS = "/secrets$";
    private static final PullSecret SECRET = PullSecretsChecks.SECRET;
    private static ClusterUnderTest cluster;

    @BeforeAll
    static void start() {
        cluster = ClusterUnderTest.emulated(estate -> {
            Estates.without(estate, "Azure Kubernetes Service RBAC Cluster Admin");
            Estates.assign(estate, Estates.PROGRAM, WRITER, Samples.CLUSTER + "/namespaces/shop");
        });
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @BeforeEach
    void reset() {
        cluster.azure.reset();
    }

    static Stream<AdmissionRule.Refuser> refusers() {
        return Stream.of(
                new Policy("p", Optional.of("b"), Optional.of("Forbidden"), "no"),
                new Policy("p", Optional.of("b"), Optional.of("Unauthorized"), "no"),
                new Policy("p", Optional.of("b"), Optional.of("RequestEntityTooLarge"), "no"),
                new Policy("p", Optional.of("b"), Optional.empty(), "no"),
                new Policy("p", Optional.of("b"), Optional.of("Forbidden"), "User \"a\" cannot create resource"),
                new Webhook("w.example.com", OptionalInt.of(403), Optional.of("Forbidden"), Optional.of("no")),
                new Webhook("w.example.com", OptionalInt.of(401), Optional.of("Unauthorized"), Optional.empty()),
                new Webhook("w.example.com", OptionalInt.empty(), Optional.empty(), Optional.empty()),
                new UnreachableWebhook("w.example.com", "Post \"https://w\": context deadline exceeded"));
    }

    @ParameterizedTest
    @MethodSource("refusers")
    void whoRefusesIsNotGoneRound(AdmissionRule.Refuser refuser) {
        refuses("shop", refuser);
        NamespaceOutcome end = store(Set.of("shop")).get(0);
        assertThat(end.state()).isNotEqualTo(State.READY);
        assertThat(end.problem().orElseThrow().kind()).isNotIn(Kind.MISSING_KUBERNETES_RIGHT, Kind.SIGN_IN_FAILED);
        assertNothingDoneAsAdministrator("shop");
    }

    @Test
    void rightThatIsMissingElsewhereDoesNotCarryTheAdministratorPastWhoRefuses() {
        refuses("shop", new Policy("p", Optional.of("b"), Optional.of("Forbidden"), "no"));
        Map<String, State> ends = RouteChecks.states(store(Set.of("shop", "web")));
        assertThat(ends).containsEntry("shop", State.REFUSED).containsEntry("web", State.READY);
        assertThat(there("shop")).isEmpty();
        assertThat(there("web")).isPresent();
    }

    @Test
    void deletionThatIsRefusedIsNotDoneAsAdministratorBecauseOfAnotherNamespace() {
        assertThat(RouteChecks.states(store(Set.of("shop", "web"))).values()).containsOnly(State.READY);
        refuses("shop", new Policy("keep", Optional.of("b"), Optional.of("Forbidden"), "no"));
        lacksTheRight("GET", "/namespaces/web/secrets/");
        // The list of service accounts is of the whole cluster, which this program may not see as itself.
        reading();
        Map<String, State> ends = RouteChecks.states(
                found(cluster.secrets(true, false).clear(cluster.cluster(), Samples.OWNER, List.of())));
        assertThat(ends).containsEntry("shop", State.REFUSED).containsEntry("web", State.REMOVED);
        assertThat(there("shop")).isPresent();
        assertThat(there("web")).isEmpty();
    }

    static Stream<Answer> strangers() {
        return Stream.of(
                Answer.text(403, "text/html", "<html>Web Application Firewall</html>"),
                Answer.text(403, Answer.JSON, "{\"message\":\"forbidden: User \\\"x\\\" cannot pass\"}"),
                Answer.text(401, "text/html", "<html>Sign in</html>"),
                Answer.empty(403),
                status("secrets \"acr-attach-acrshop\" is forbidden: node \"n\" can only read its own"),
                status("secrets \"acr-attach-acrshop\" is forbidden: not yet ready to handle request"),
                status("secrets \"acr-attach-acrshop\" is forbidden: policy 'm' with binding 'b' denied request: no"),
                status("secrets \"acr-attach-acrshop\" is forbidden: User \"a\" is not one of ours"),
                status(
                        "secrets \"acr-attach-acrshop\" is forbidden: User \"a\" cannot create resource \"secrets\" in API"
                                + " group \"\" in the namespace \"shop\": Error occured during authorization check. Please retry"
                                + " again. Error: x"));
    }

    @ParameterizedTest
    @MethodSource("strangers")
    void refusalThatIsNotOneOfRbacDoesNotLeadThere(Answer answer) {
        cluster.azure.faults().add(Fault.reply(SECRETS, answer).onlyFor("POST"));
        NamespaceOutcome end = store(Set.of("shop")).get(0);
        assertThat(end.problem().orElseThrow().kind()).isNotIn(Kind.MISSING_KUBERNETES_RIGHT, Kind.SIGN_IN_FAILED);
        assertNothingDoneAsAdministrator("shop");
    }

    static Stream<Answer> credentialRefusals() {
        return Stream.of(
                Answer.text(403, "text/html", "<html>Blocked</html>"),
                arm(
                        "AuthorizationFailed",
                        "The client 'a' with object id '" + Estates.PROGRAM
                                + "' has an authorization with ABAC condition"
                                + " that is not fulfilled to perform action 'Microsoft.ContainerService/managedClusters/"
                                + "listClusterUserCredential/action' over scope '/s' or the scope is invalid."),
                arm(
                        "DenyAssignmentAuthorizationFailed",
                        "The client has permission; however, the access is denied because of the deny assignment with"
                                + " name 'd' and Id '1' at scope '/s'."),
                arm("RequestDisallowedByPolicy", "Resource 'a' was disallowed by policy."));
    }

    @ParameterizedTest
    @MethodSource("credentialRefusals")
    void credentialThatIsWithheldOnPurposeDoesNotLeadThere(Answer answer) {
        cluster.azure.faults().add(Fault.reply("listClusterUserCredential", answer));
        assertThat(cluster.secrets(true, false)
                        .store(cluster.cluster(), SECRET, Set.of("shop"), Set.of(), RouteChecks.DEFAULT))
                .isInstanceOf(Lookup.Denied.class);
        assertNothingDoneAsAdministrator("shop");
    }

    @Test
    void oneReferenceThatIsRefusedIsNotMadeAsAdministratorBecauseOfAnother() {
        cluster.create("shop", ApiRequest.SERVICE_ACCOUNTS, "{\"metadata\":{\"name\":\"builder\"}}");
        lacksTheRight("PATCH", "/namespaces/shop/serviceaccounts/builder$");
        cluster.azure
                .admission()
                .add(new AdmissionRule(
                        Set.of("serviceaccounts"),
                        Set.of("shop"),
                        true,
                        new Policy("p", Optional.of("b"), Optional.of("Forbidden"), "no")));
        NamespaceOutcome end = found(cluster.secrets(true, false)
                        .store(
                                cluster.cluster(),
                                SECRET,
                                Set.of("shop"),
                                Set.of(),
                                RouteChecks.accounts("builder", "default")))
                .get(0);
        assertThat(end.problem().orElseThrow().kind()).isEqualTo(Kind.NOT_ADMITTED);
        assertThat(calls(ADMIN)).isZero();
    }

    @Test
    void rightThatIsMissingLeadsThereInAnyOfItsWords() {
        for (String words : List.of(
                "secrets is forbidden: User \"a\" cannot create resource \"secrets\" in API group \"\" in the namespace"
                        + " \"shop\"",
                "secrets \"acr-attach-acrshop\" is forbidden: User \"https://sts.windows.net/t/#o'brien@x.example\" cannot"
                        + " create resource \"secrets\" in API group \"\" in the namespace \"shop\": User does not have"
                        + " access to the resource in Azure. Update role assignment to allow access.",
                "forbidden: User \"system:anonymous\" cannot get path \"/\"")) {
            cluster.azure.reset();
            cluster.azure
                    .faults()
                    .add(Fault.reply(SECRETS, status(words)).onlyFor("POST").times(1));
            assertThat(store(Set.of("shop")).get(0).state()).as(words).isEqualTo(State.READY);
            assertThat(calls(ADMIN)).isEqualTo(1);
        }
    }

    private static void refuses(String namespace, AdmissionRule.Refuser refuser) {
        cluster.azure.admission().add(new AdmissionRule(Set.of("secrets"), Set.of(namespace), true, refuser));
    }

    /** The namespaces and service accounts of the whole cluster, which taking back has to see. */
    private static void reading() {
        cluster.azure
                .faults()
                .add(Fault.reply("/api/v1/serviceaccounts$", Answer.text(200, Answer.JSON, "{\"items\":[]}")));
        cluster.azure
                .faults()
                .add(Fault.reply(
                        "/api/v1/namespaces$",
                        Answer.text(
                                200,
                                Answer.JSON,
                                "{\"items\":[{\"metadata\":{\"name\":\"shop\"}},{\"metadata\":{\"name\":\"web\"}}]}")));
    }

    private static void lacksTheRight(String method, String path) {
        cluster.azure
                .faults()
                .add(Fault.reply(path, status("secrets is forbidden: User \"a\" cannot get resource"))
                        .onlyFor(method)
                        .times(1));
    }

    private static List<NamespaceOutcome> store(Set<String> namespaces) {
        return found(cluster.secrets(true, false)
                .store(cluster.cluster(), SECRET, namespaces, Set.of(), RouteChecks.DEFAULT));
    }

    private static Optional<?> there(String namespace) {
        return cluster.find(namespace, ApiRequest.SECRETS, ClusterUnderTest.NAME);
    }

    private static void assertNothingDoneAsAdministrator(String namespace) {
        assertThat(calls(ADMIN)).isZero();
        assertThat(there(namespace)).isEmpty();
    }

    private static int calls(String path) {
        return cluster.azure
                .requests()
                .matching(request -> request.path().contains(path))
                .size();
    }

    private static Answer status(String message) {
        return Answer.text(
                403,
                Answer.JSON,
                JsonFields.object(
                                "{'kind':'Status','apiVersion':'v1','status':'Failure','reason':'Forbidden','code':403}")
                        .put("message", message)
                        .toString());
    }

    private static Answer arm(String code, String message) {
        return Answer.text(403, Answer.JSON, "{\"error\":{\"code\":\"" + code + "\",\"message\":\"" + message + "\"}}");
    }
}
