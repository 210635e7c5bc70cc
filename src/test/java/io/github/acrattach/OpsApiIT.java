package io.github.acrattach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.equalToIgnoringCase;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.adapter.InstalledApp;
import io.github.acrattach.emulator.Emulator;
import io.github.acrattach.emulator.EmulatorOptions;
import io.github.acrattach.emulator.eventgrid.Delivery;
import io.github.acrattach.emulator.eventgrid.Event;
import io.github.acrattach.emulator.eventgrid.EventSubscription;
import io.github.acrattach.emulator.eventgrid.FunctionDestination;
import io.github.acrattach.emulator.frontdoor.Fault;
import io.github.acrattach.emulator.frontdoor.RecordedRequest;
import io.github.acrattach.emulator.http.Answer;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What ops teams call, over real HTTP. No rule is set: whoever names a pair needs none. */
class OpsApiIT {

    private static final String PROBLEM = "application/problem+json";

    private static Emulator emulator;
    private static PackagedProgram program;

    @BeforeAll
    static void start() {
        emulator = Emulator.start(EmulatorOptions.of(Estates.changed(OpsApiIT::withOddResources)));
        program = PackagedProgram.start(emulator, InstalledApp.settings(emulator));
    }

    private static void withOddResources(ObjectNode estate) {
        InstalledApp.toQueue(estate);
        Estates.assign(estate, Estates.PROGRAM, "Storage Blob Data Owner", InstalledApp.ACCOUNT_ID);
        ObjectNode abac = Estates.resource(estate, "acrbilling");
        ((ObjectNode) abac.path("properties")).put("roleAssignmentMode", "AbacRepositoryPermissions");
        ObjectNode future = Estates.resource(estate, "acrdata");
        ((ObjectNode) future.path("properties")).put("roleAssignmentMode", "FutureMode");
        ObjectNode legacy = Estates.resource(estate, "aks-legacy");
        ((ObjectNode) legacy.path("properties"))
                .putObject("servicePrincipalProfile")
                .put("clientId", "msi");
    }

    @AfterAll
    static void stop() {
        program.close();
        emulator.close();
    }

    @BeforeEach
    void reset() {
        emulator.reset();
    }

    @Test
    void attachGrantsOnceAndThenFindsItGranted() {
        attach("aks-shop", "acrshop")
                .statusCode(200)
                .contentType(ContentType.JSON)
                .body("outcome", equalTo("Granted"))
                .body("role", equalTo("AcrPull"))
                .body("principal", equalTo(Estates.SHOP_KUBELET));
        attach("aks-shop", "acrshop").statusCode(200).body("outcome", equalTo("AlreadyGranted"));
    }

    @Test
    void accessTellsWhatIsMissingAndTheExactFix() {
        access("aks-shop", "acrshop")
                .statusCode(200)
                .body("verdict", equalTo("missing"))
                .body("code", equalTo("NO_RIGHT"))
                .body(
                        "fix",
                        startsWith("az role assignment create --assignee-object-id \"" + Estates.SHOP_KUBELET + "\""));
        attach("aks-shop", "acrshop").statusCode(200);
        access("aks-shop", "acrshop")
                .statusCode(200)
                .body("verdict", equalTo("granted"))
                .body("assignment", containsString("/roleAssignments/"))
                .body("effectiveBy", not(equalTo("")))
                .body("checks.find { it.check == 'right' }.by.id", containsString("/roleAssignments/"));
        assertThat(emulator.requests().matching(request -> request.method().equals("PUT")))
                .hasSize(1);
    }

    @Test
    void pairIsUnderstoodInAnySpelling() {
        String cluster = "https://portal.azure.com/#@contoso.com/resource"
                + Estates.cluster("aks-shop").toUpperCase(Locale.ROOT) + "/overview";
        ask(Map.of("cluster", cluster, "registry", " " + Estates.registry("acrshop") + "/"))
                .statusCode(200)
                .body("loginServer", equalTo("acrshop.azurecr.io"));
        assertThat(lists()).as("ids cost no look").isEmpty();
        ask(Map.of("cluster", "AKS-SHOP/", "registry", "https://acrshop.westeurope.geo.azurecr.io/"))
                .statusCode(200)
                .body("cluster", equalTo(Estates.cluster("aks-shop")))
                .body("registry", equalTo(Estates.registry("acrshop")));
        assertThat(lists())
                .as("the clusters and registries of two subscriptions")
                .hasSize(4);
        program.post("/api/attach", Map.of("cluster", cluster, "registry", "ACRSHOP.azurecr.io"))
                .then()
                .statusCode(200)
                .body("outcome", equalTo("Granted"));
        program.post("/api/detach", Map.of("cluster", "aks-shop", "registry", "acrshop.azurecr.io"))
                .then()
                .statusCode(400)
                .body("field", equalTo("cluster"))
                .body("ids", contains(Estates.cluster("aks-shop")));
        program.post("/api/rotate", Map.of("cluster", cluster, "registry", "acrgone.azurecr.io"))
                .then()
                .statusCode(404)
                .body("field", equalTo("registry"))
                .body("detail", containsString("acrgone.azurecr.io"));
    }

    private static List<RecordedRequest> lists() {
        return emulator.requests().matching(request -> request.path()
                .matches("(?i)/subscriptions/[^/]+/providers/[^/]+/(managedClusters|registries)"));
    }

    @Test
    void imageIsAskedForWithTheRegistryOrInItsPlace() {
        ask(Map.of("cluster", Estates.cluster("aks-shop"), "image", "acrshop.azurecr.io/team/web:1"))
                .statusCode(200)
                .body("registry", equalTo(Estates.registry("acrshop")));
        ask(Map.of(
                        "cluster", Estates.cluster("aks-shop"),
                        "registry", Estates.registry("acrshop"),
                        "image", "acrdata-a1b2c3d4e5f6.azurecr.io/team/web:1"))
                .statusCode(200)
                .body("code", equalTo("IMAGE_OF_ANOTHER_REGISTRY"))
                .body("cause", containsString("one of acrdata"))
                .body("fix", containsString(Estates.registry("acrdata")));
        ask(Map.of("cluster", Estates.cluster("aks-shop"), "image", "acrgone.azurecr.io/team/web:1"))
                .statusCode(404)
                .body("field", equalTo("image"))
                .body("detail", containsString("has the login server acrgone.azurecr.io"));
        ask(Map.of("cluster", Estates.cluster("aks-shop"), "image", "nginx"))
                .statusCode(400)
                .body("field", equalTo("image"))
                .body("detail", containsString("Docker Hub"));
    }

    @Test
    void answerIsAPageOfTextForWhoeverWantsOne() {
        Map<String, String> pair =
                Map.of("cluster", Estates.cluster("aks-shop"), "registry", Estates.registry("acrshop"));
        assertThat(program.http()
                        .accept("text/plain")
                        .queryParams(pair)
                        .get("/api/access")
                        .then()
                        .statusCode(200)
                        .header("Content-Type", equalToIgnoringCase("text/plain; charset=utf-8"))
                        .header("Vary", "Accept")
                        .extract()
                        .asString())
                .startsWith("aks-shop cannot pull from acrshop: no right\n")
                .contains("\n    az role assignment create")
                .contains("\n  FAILS    right        NO_RIGHT\n");
        program.http()
                .accept("text/plain")
                .get("/api/access")
                .then()
                .statusCode(400)
                .contentType("text/plain")
                .body(startsWith("Bad request (400)\n\ncluster: "));
        program.http()
                .accept("application/json, text/plain, */*")
                .queryParams(pair)
                .get("/api/access")
                .then()
                .contentType(ContentType.JSON);
    }

    private static io.restassured.response.ValidatableResponse ask(Map<String, String> parameters) {
        return program.http().queryParams(parameters).get("/api/access").then();
    }

    @Test
    void registryInAbacModeGetsTheRepositoryReader() {
        attach("aks-shop", "acrbilling")
                .statusCode(200)
                .body("outcome", equalTo("Granted"))
                .body("role", equalTo("Container Registry Repository Reader"));
        access("aks-shop", "acrbilling").body("verdict", equalTo("granted"));
    }

    @Test
    void clusterThatIsNotReadyIsToldWithTheTimeToWait() {
        attach("aks-late", "acrshop")
                .statusCode(503)
                .contentType(PROBLEM)
                .header("Retry-After", not(equalTo("")))
                .body("problem.kind", equalTo("not-ready"))
                .body("problem.waitingHelps", equalTo(true));
    }

    @Test
    void clusterWithoutAnIdentityIsRefused() {
        attach("aks-legacy", "acrshop")
                .statusCode(409)
                .contentType(PROBLEM)
                .body("problem.kind", equalTo("no-pull-identity"))
                .body("problem.waitingHelps", equalTo(false));
    }

    @Test
    void registryInAnUnknownModeIsRefused() {
        attach("aks-shop", "acrdata")
                .statusCode(409)
                .body("problem.kind", equalTo("unknown-role-mode"))
                .body("detail", containsString("FutureMode"));
    }

    @Test
    void whatDoesNotExistIsNotFoundByItsName() {
        attach("aks-gone", "acrshop").statusCode(404).contentType(PROBLEM).body("detail", containsString("aks-gone"));
        access("aks-shop", "acrgone").statusCode(404).contentType(PROBLEM).body("detail", containsString("acrgone"));
    }

    @Test
    void throttlingIsPassedOnWithItsTime() {
        emulator.faults()
                .add(Fault.reply(
                        "managedClusters",
                        Answer.text(
                                        429,
                                        Answer.JSON,
                                        "{\"error\":{\"code\":\"SubscriptionRequestsThrottled\",\"message\":\"Slow.\"}}")
                                .with("Retry-After", "77")));
        access("aks-shop", "acrshop")
                .statusCode(503)
                .contentType(PROBLEM)
                .header("Retry-After", "77")
                .body("problem.kind", equalTo("throttled"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|cluster",
                "{\"cluster\":\"aks-shop\",\"registry\":\"acrshop\"}|cluster",
                "{\"cluster\":7,\"registry\":\"acrshop\"}|cluster",
                "{\"cluster\":true,\"registry\":\"acrshop\"}|cluster",
                "{\"cluster\":{\"id\":1},\"registry\":\"acrshop\"}|cluster",
                "{\"clusters\":\"x\"}|clusters",
                "{\"cluster\":null,\"registry\":null}|cluster"
            })
    void fieldThatIsWrongIsNamed(String body, String field) {
        program.post("/api/attach", body)
                .then()
                .statusCode(400)
                .contentType(PROBLEM)
                .body("field", equalTo(field))
                .body("detail", not(equalTo("")));
    }

    /** The host forwards it without its type. */
    @Test
    void bodyThatIsMissingIsRefusedWithAReason() {
        program.post("/api/attach", "")
                .then()
                .statusCode(400)
                .contentType(PROBLEM)
                .body("detail", startsWith("The body is a JSON object"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "nonsense", "[]", "\"x\"", "7", "{\"cluster\":", "{} {}"})
    void bodyThatCannotBeReadIsRefusedWithAReason(String body) {
        program.post("/api/attach", body)
                .then()
                .statusCode(400)
                .contentType(PROBLEM)
                .body("detail", not(equalTo("")));
    }

    @Test
    void fieldThatIsNamedTwiceHasNoMeaning() {
        for (String path : new String[] {"/api/attach", "/api/detach", "/api/rotate"}) {
            program.post(path, "{\"cluster\":\"a\",\"cluster\":\"b\"}")
                    .then()
                    .statusCode(400)
                    .body("detail", containsString("twice"));
        }
        program.post("/api/reconcile", "{\"revoke\":false,\"revoke\":true}")
                .then()
                .statusCode(400)
                .body("detail", containsString("twice"));
    }

    @Test
    void registryOfTheWrongTypeIsNamed() {
        program.post(
                        "/api/attach",
                        Map.of("cluster", Estates.cluster("aks-shop"), "registry", Estates.cluster("aks-shop")))
                .then()
                .statusCode(400)
                .body("field", equalTo("registry"))
                .body("detail", containsString("Microsoft.ContainerRegistry/registries"));
    }

    @Test
    void bodyOfAnotherTypeIsRefused() {
        program.http()
                .contentType("text/plain")
                .body("{}")
                .post("/api/attach")
                .then()
                .statusCode(415)
                .contentType(PROBLEM);
    }

    @Test
    void keyInTheQueryIsTheHostsAffair() {
        program.withoutKey()
                .queryParam("cluster", Estates.cluster("aks-shop"))
                .queryParam("registry", Estates.registry("acrshop"))
                .queryParam("code", program.key())
                .get("/api/access")
                .then()
                .statusCode(200)
                .body("loginServer", equalTo("acrshop.azurecr.io"));
        program.withoutKey().get("/api/access").then().statusCode(401);
    }

    @Test
    void bodyThatIsTooLargeIsRefused() {
        program.post("/api/attach", "{\"cluster\":\"" + "a".repeat(100_000) + "\"}")
                .then()
                .statusCode(413)
                .contentType(PROBLEM);
    }

    @Test
    void parametersAreChecked() {
        program.http().get("/api/access").then().statusCode(400).body("field", equalTo("cluster"));
        program.http()
                .queryParam("cluster", Estates.cluster("aks-shop"))
                .get("/api/access")
                .then()
                .statusCode(400)
                .body("field", equalTo("registry"));
        program.http()
                .queryParam("cluser", "x")
                .get("/api/access")
                .then()
                .statusCode(400)
                .body("field", equalTo("cluser"));
        // The host joins them by a comma.
        program.http()
                .queryParam("cluster", "a", "b")
                .queryParam("registry", Estates.registry("acrshop"))
                .get("/api/access")
                .then()
                .statusCode(400)
                .body("field", equalTo("cluster"));
        program.http()
                .queryParam("cluster", "a", "b")
                .get("/api/access")
                .then()
                .statusCode(400)
                .body("detail", containsString("more than once"));
    }

    @Test
    void installationTellsWhatIsWholeAndWhatIsNot() throws InterruptedException {
        InstalledApp.storage(emulator, Instant.now().minusSeconds(60)).queue("acr-attach-events-poison", 2);
        deliverAnEvent();
        JsonPath self = program.http()
                .get("/api/self")
                .then()
                .statusCode(200)
                .contentType(ContentType.JSON)
                .extract()
                .jsonPath();
        String version = self.getString("version");
        assertThat(program.output()).anyMatch(line -> line.contains("acr-attach " + version + " starts."));
        assertThat(self.getBoolean("whole")).isFalse();
        assertThat(self.<String>getList("checks.findAll { it.state == 'ok' }.check"))
                .contains(
                        "worker",
                        "function-timeout",
                        "sampling",
                        "dependency-tracking",
                        "queue-settings",
                        "identity",
                        "rights",
                        "event-subscription",
                        "events",
                        "storage",
                        "timer",
                        "queue");
        assertThat(self.<String>getList("checks.findAll { it.state == 'fails' }.check"))
                .as(self.prettify())
                .containsExactly("grants", "grants", "event-subscription", "poison-queue");
        assertThat(self.getString("checks.find { it.check == 'identity' }.seen"))
                .contains(Estates.PROGRAM, Estates.PROGRAM_CLIENT, Estates.TENANT);
        assertThat(self.getString("checks.find { it.check == 'grants' }.fix"))
                .startsWith("az role assignment create")
                .contains("--condition");
        assertThat(self.prettify()).doesNotContain(emulator.identityHeader(), "eyJ");
        assertThat(emulator.requests().matching(request -> !request.method().equals("GET")))
                .as("it changes nothing")
                .isEmpty();
        program.http().queryParam("verbose", "true").get("/api/self").then().statusCode(400);
        program.withoutKey().get("/api/self").then().statusCode(401);
    }

    private static void deliverAnEvent() throws InterruptedException {
        emulator.eventGrid()
                .subscribe(EventSubscription.to(
                        InstalledApp.SUBSCRIPTION_NAME, new FunctionDestination(program.host(), "ResourceChanged")));
        emulator.eventGrid().publish(Event.of(Estates.written(Estates.cluster("aks-shop"))));
        emulator.eventGrid().unsubscribe(InstalledApp.SUBSCRIPTION_NAME);
        while (emulator.eventGrid().deliveries().stream()
                .noneMatch(delivery -> delivery.state() == Delivery.State.DELIVERED)) {
            TimeUnit.MILLISECONDS.sleep(10);
        }
        // The metric is asked for up to the second that has begun.
        Instant next = Instant.now().truncatedTo(ChronoUnit.SECONDS).plusSeconds(1);
        while (Instant.now().isBefore(next)) {
            TimeUnit.MILLISECONDS.sleep(10);
        }
        emulator.requests().clear();
    }

    @Test
    void otherMethodsAndPathsAreRefused() {
        program.handler()
                .get("/api/attach")
                .then()
                .statusCode(405)
                .header("Allow", "POST")
                .contentType(PROBLEM);
        program.handler()
                .delete("/api/access")
                .then()
                .statusCode(405)
                .header("Allow", "GET")
                .contentType(PROBLEM);
        program.handler().get("/api/nothing").then().statusCode(404).contentType(PROBLEM);
        program.handler().get("/").then().statusCode(404).contentType(PROBLEM);
    }

    @Test
    void functionIsRunByTheHostsPostAlone() {
        program.handler()
                .get("/ResourceChanged")
                .then()
                .statusCode(405)
                .header("Allow", "POST")
                .contentType(PROBLEM);
        for (String body : new String[] {"", "nonsense", "[]", "null", "{\"Data\":"}) {
            program.handler()
                    .contentType(ContentType.JSON)
                    .body(body)
                    .post("/ResourceChanged")
                    .then()
                    .statusCode(400)
                    .contentType(PROBLEM)
                    .body("detail", containsString("JSON"));
        }
        for (String body : new String[] {"{}", "{\"Data\":null}", "{\"Data\":{}}", "{\"Data\":7,\"Metadata\":[]}"}) {
            program.handler()
                    .contentType(ContentType.JSON)
                    .body(body)
                    .post("/ResourceChanged")
                    .then()
                    .statusCode(200)
                    .body("ReturnValue[0].outcome", equalTo("Ignored"));
        }
        assertThat(program.output()).noneMatch(line -> line.contains("\"exception\":"));
    }

    private static io.restassured.response.ValidatableResponse attach(String cluster, String registry) {
        return program.post(
                        "/api/attach",
                        Map.of("cluster", Estates.cluster(cluster), "registry", Estates.registry(registry)))
                .then();
    }

    private static io.restassured.response.ValidatableResponse access(String cluster, String registry) {
        return program.http()
                .queryParam("cluster", Estates.cluster(cluster))
                .queryParam("registry", Estates.registry(registry))
                .get("/api/access")
                .then();
    }
}
