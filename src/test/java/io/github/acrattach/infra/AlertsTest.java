package io.github.acrattach.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the alerts look for is what the program and the host write. */
class AlertsTest {

    private final Bicep bicep = Bicep.compiler();

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
}
