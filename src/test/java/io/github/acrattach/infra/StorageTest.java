package io.github.acrattach.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The storage account and its queues. */
class StorageTest {

    private static final String SITES = "Microsoft.Web/sites";

    private static final String QUEUE = "acr-attach-events";

    private final Bicep bicep = Bicep.compiler();

    @ParameterizedTest
    @MethodSource("io.github.acrattach.infra.InstallationTest#files")
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
}
