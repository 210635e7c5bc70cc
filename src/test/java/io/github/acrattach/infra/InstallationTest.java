package io.github.acrattach.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What each parameter file would make: the app, its storage, its events and its alerts. */
@Order(2)
class InstallationTest {

    private static final String EVENTS = "Microsoft.EventGrid/systemTopics/eventSubscriptions";
    private static final String TOPICS = "Microsoft.EventGrid/systemTopics";
    private static final String SITES = "Microsoft.Web/sites";
    private static final String QUEUE = "acr-attach-events";

    /** What Flex Consumption refuses, or takes and ignores (learn.microsoft.com/azure/azure-functions/functions-app-settings). */
    private static final Pattern REFUSED_BY_FLEX = Pattern.compile("FUNCTIONS_WORKER_RUNTIME(_VERSION)?"
            + "|FUNCTIONS_EXTENSION_VERSION|WEBSITE_RUN_FROM_PACKAGE|WEBSITE_CONTENT\\w*|WEBSITE_NODE_DEFAULT_VERSION"
            + "|WEBSITE_VNET_ROUTE_ALL|WEBSITE_SKIP_CONTENTSHARE_VALIDATION|WEBSITE_USE_PLACEHOLDER\\w*"
            + "|SCM_DO_BUILD_DURING_DEPLOYMENT|ENABLE_ORYX_BUILD|linuxFxVersion|AzureWebJobsStorage|JAVA_OPTS"
            + "|AzureWebJobsDashboard|APPINSIGHTS_INSTRUMENTATIONKEY");

    private final Bicep bicep = Bicep.compiler();

    static Stream<String> files() throws IOException {
        try (Stream<Path> files = Files.list(Bicep.INFRA.resolve("parameters"))) {
            return files
                    .map(file -> file.getFileName().toString().replace(".bicepparam", ""))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void nothingIsLeftOpenAndNothingIsMadeTwice(String file) {
        Snapshot snapshot = bicep.snapshot(file);
        assertThat(snapshot.resources()).isNotEmpty().noneMatch(each -> each.has("condition"));
        Set<String> ids = new HashSet<>();
        assertThat(snapshot.resources())
                .allMatch(each -> ids.add(each.path("id").asText().toLowerCase(Locale.ROOT)));
        assertThat(snapshot.json().path("diagnostics")).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("files")
    void storageTakesNoKeyAndShowsNothing(String file) {
        bicep.snapshot(file).ofType("Microsoft.Storage/storageAccounts").forEach(account -> {
            JsonNode properties = account.path("properties");
            assertThat(properties.path("allowSharedKeyAccess").asBoolean(true)).isFalse();
            assertThat(properties.path("defaultToOAuthAuthentication").asBoolean())
                    .isTrue();
            assertThat(properties.path("allowBlobPublicAccess").asBoolean(true)).isFalse();
            assertThat(properties.path("allowCrossTenantReplication").asBoolean(true))
                    .isFalse();
            assertThat(properties.path("supportsHttpsTrafficOnly").asBoolean()).isTrue();
            assertThat(properties.path("minimumTlsVersion").asText()).isEqualTo("TLS1_2");
            assertThat(properties.at("/networkAcls/bypass").asText()).isEqualTo("AzureServices");
        });
        assertThat(bicep.snapshot(file).json().toString().toLowerCase(Locale.ROOT))
                .doesNotContain("listkeys(", "accountkey", "sharedaccess");
    }

    @Test
    void queuesAndTheirPoisonAreMade() {
        assertThat(bicep.snapshot("default")
                        .ofType("Microsoft.Storage/storageAccounts/queueServices/queues")
                        .map(each -> Snapshot.last(each.path("name").asText())))
                .containsExactlyInAnyOrder(QUEUE, QUEUE + "-poison");
        assertThat(bicep.snapshot("default")
                        .ofType("Microsoft.Storage/storageAccounts/blobServices/containers")
                        .map(each -> Snapshot.last(each.path("name").asText())))
                .containsExactlyInAnyOrder("acr-attach-package", "acr-attach-dead-letters");
    }

    /** Each queue that a function.json names is made by the template, and each that the template makes is named. */
    @Test
    void queuesAreThoseOfTheFunctions() throws IOException {
        Set<String> named = new TreeSet<>();
        try (Stream<Path> files = Files.walk(Path.of("src/main/functions"))) {
            for (Path file :
                    files.filter(each -> each.endsWith("function.json")).toList()) {
                new ObjectMapper().readTree(file.toFile()).path("bindings").forEach(binding -> {
                    if (binding.path("type").asText().equals("queueTrigger")) {
                        named.add(binding.path("queueName").asText());
                        assertThat(binding.path("connection").asText()).isEqualTo("AzureWebJobsStorage");
                    }
                });
            }
        }
        assertThat(named).allMatch(QUEUE::equals);
    }

    @Test
    void functionThatEventGridCallsIsThere() {
        JsonNode destination = bicep.snapshot("function-delivery").only(EVENTS).at("/properties/destination");
        assertThat(destination.path("endpointType").asText()).isEqualTo("AzureFunction");
        String function = Snapshot.last(destination.at("/properties/resourceId").asText());
        assertThat(Path.of("src/main/functions", function, "function.json"))
                .content()
                .contains("eventGridTrigger");
    }

    @Test
    void eventsWaitInTheQueueByAnIdentityOfTheirOwn() {
        JsonNode delivery = bicep.snapshot("default").only(EVENTS).at("/properties/deliveryWithResourceIdentity");
        assertThat(delivery.at("/destination/endpointType").asText()).isEqualTo("StorageQueue");
        assertThat(delivery.at("/destination/properties/queueName").asText()).isEqualTo(QUEUE);
        assertThat(delivery.at("/identity/userAssignedIdentity").asText()).endsWith("/id-acr-attach-events");
        assertThat(bicep.snapshot("default").only(TOPICS).at("/identity/userAssignedIdentities"))
                .hasSize(1);
    }

    @Test
    void eventsThatCannotBeDeliveredAreKept() {
        for (String file : List.of("default", "existing-topic", "function-delivery", "enrol")) {
            JsonNode kept = bicep.snapshot(file).only(EVENTS).at("/properties/deadLetterWithResourceIdentity");
            assertThat(kept.at("/deadLetterDestination/properties/blobContainerName")
                            .asText())
                    .isEqualTo("acr-attach-dead-letters");
        }
    }

    @Test
    void topicThatIsThereIsUsedAndNotChanged() {
        Snapshot snapshot = bicep.snapshot("existing-topic");
        assertThat(snapshot.ofType(TOPICS)).isEmpty();
        JsonNode events = snapshot.only(EVENTS);
        assertThat(events.path("id").asText())
                .contains("/resourceGroups/defender/")
                .contains("/resource-events/");
        assertThat(events.at("/properties/deliveryWithResourceIdentity/identity/type")
                        .asText())
                .isEqualTo("SystemAssigned");
        assertThat(snapshot.resources().stream()
                        .filter(each -> each.path("id").asText().contains("/resourceGroups/defender/")))
                .hasSize(1);
    }

    @Test
    void eachSubscriptionHasATopicOfItsOwn() {
        assertThat(bicep.snapshot("two-subscriptions").ofType(TOPICS).map(each -> each.at("/properties/source")
                        .asText()))
                .containsExactlyInAnyOrder(
                        "/subscriptions/" + Bicep.SUBSCRIPTION, "/subscriptions/22222222-3333-4444-8555-666666666666");
    }

    @ParameterizedTest
    @MethodSource("files")
    void appIsOneOfFlexConsumption(String file) {
        bicep.snapshot(file).ofType(SITES).forEach(app -> {
            assertThat(bicep.snapshot(file)
                            .only("Microsoft.Web/serverfarms")
                            .at("/sku/tier")
                            .asText())
                    .isEqualTo("FlexConsumption");
            assertThat(app.at("/properties/httpsOnly").asBoolean()).isTrue();
            assertThat(app.at("/properties/siteConfig")).hasSize(4);
            JsonNode config = app.at("/properties/functionAppConfig");
            assertThat(config.at("/deployment/storage/value").asText()).contains("acr-attach-package");
            assertThat(config.at("/scaleAndConcurrency/instanceMemoryMB").asInt())
                    .isIn(512, 2048, 4096);
            bicep.snapshot(file).appSettings().fieldNames().forEachRemaining(name -> assertThat(name)
                    .doesNotMatch(REFUSED_BY_FLEX));
        });
    }

    @Test
    void workerIsWhatWasChosen() {
        assertThat(bicep.snapshot("default")
                        .only(SITES)
                        .at("/properties/functionAppConfig/runtime/name")
                        .asText())
                .isEqualTo("custom");
        assertThat(bicep.snapshot("java-worker")
                        .only(SITES)
                        .at("/properties/functionAppConfig/runtime/name")
                        .asText())
                .isEqualTo("java");
        assertThat(bicep.snapshot("java-worker")
                        .appSettings()
                        .path("QUARKUS_HTTP_HOST_ENABLED")
                        .asText())
                .isEqualTo("false");
    }

    @Test
    void codeComesFromTheUrlBeforeItsFunctionIsSubscribed() {
        assertThat(bicep.snapshot("function-delivery")
                        .only("Microsoft.Web/sites/extensions")
                        .at("/properties/packageUri")
                        .asText())
                .isEqualTo("https://example.com/acr-attach.zip");
        assertThat(bicep.compile(Bicep.INFRA.resolve("workload.bicep")).json().at("/resources/topic/dependsOn"))
                .anyMatch(each -> each.asText().equals("package"));
        assertThat(bicep.snapshot("default").ofType("Microsoft.Web/sites/extensions"))
                .isEmpty();
    }

    @Test
    void privateStorageIsReachedInTheNetworkAlone() {
        Snapshot snapshot = bicep.snapshot("private-network");
        assertThat(snapshot.only("Microsoft.Storage/storageAccounts")
                        .at("/properties/networkAcls/defaultAction")
                        .asText())
                .isEqualTo("Deny");
        assertThat(snapshot.ofType("Microsoft.Network/privateEndpoints")).hasSize(3);
        assertThat(snapshot.only(SITES).at("/properties/virtualNetworkSubnetId").asText())
                .endsWith("/subnets/app");
        assertThat(snapshot.only("Microsoft.Network/virtualNetworks")
                        .at("/properties/subnets/0/properties/delegations/0/properties/serviceName")
                        .asText())
                .isEqualTo("Microsoft.App/environments");
        assertThat(snapshot.ofType("Microsoft.Authorization/locks")).hasSize(1);
        assertThat(snapshot.ofType("Microsoft.Insights/diagnosticSettings")).hasSize(2);
        assertThat(snapshot.ofType("Microsoft.OperationalInsights/workspaces")).isEmpty();
    }

    @Test
    void telemetryTakesNoKey() {
        assertThat(bicep.snapshot("default")
                        .only("Microsoft.Insights/components")
                        .at("/properties/DisableLocalAuth")
                        .asBoolean())
                .isTrue();
        assertThat(bicep.snapshot("default")
                        .appSettings()
                        .path("APPLICATIONINSIGHTS_AUTHENTICATION_STRING")
                        .asText())
                .contains("Authorization=AAD");
    }

    /** What an alert looks for is what the program and the host write. */
    @Test
    void alertsLookForWhatIsWritten() {
        Snapshot snapshot = bicep.snapshot("default");
        List<JsonNode> rules =
                snapshot.ofType("Microsoft.Insights/scheduledQueryRules").toList();
        assertThat(rules)
                .extracting(each -> each.path("name").asText())
                .containsExactlyInAnyOrder(
                        "alert-acr-attach-refused",
                        "alert-acr-attach-postponed",
                        "alert-acr-attach-expiring",
                        "alert-acr-attach-poison",
                        "alert-acr-attach-timer",
                        "alert-acr-attach-host");
        assertThat(rules).allSatisfy(rule -> {
            JsonNode criterion = rule.at("/properties/criteria/allOf/0");
            assertThat(criterion.path("query").asText()).startsWith("traces").contains("found = count");
            assertThat(criterion.path("metricMeasureColumn").asText()).isEqualTo("found");
        });
        assertThat(snapshot.only("Microsoft.Insights/metricAlerts")
                        .at("/properties/criteria/allOf/0/metricName")
                        .asText())
                .isEqualTo("DeadLetteredCount");
    }

    /** A field that an alert asks for is one that the trigger puts into the record of a decision. */
    @Test
    void alertsAskForFieldsOfTheRecords() throws IOException {
        StringBuilder sources = new StringBuilder();
        try (Stream<Path> files = Files.walk(Path.of("src/main/java/io/github/acrattach/trigger"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                sources.append(Files.readString(file));
            }
        }
        Set<String> fields = bicep.snapshot("default")
                .ofType("Microsoft.Insights/scheduledQueryRules")
                .flatMap(each -> Pattern.compile("\\b(?:d|parse_json\\(message\\))\\.(\\w+)")
                        .matcher(each.at("/properties/criteria/allOf/0/query").asText())
                        .results()
                        .map(found -> found.group(1)))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(fields)
                .contains("outcome", "expires", "phase", "timer")
                .allMatch(field -> sources.indexOf('"' + field + '"') >= 0);
        assertThat(sources).contains("\"RotatePullSecrets\"", "\"ended\"");
    }

    @Test
    void versionIsThatOfTheProgram() throws IOException {
        String contract = Files.readString(Bicep.INFRA.resolve("contract.bicep"));
        String pom = Files.readString(Path.of("pom.xml"));
        String version = pom.replaceAll("(?s).*?<artifactId>acr-attach</artifactId>\\s*<version>([^<]+)<.*", "$1");
        assertThat(contract).contains("var version = '" + version + "'");
    }
}
