package io.github.acrattach.usecase;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.acrattach.usecase.Patience.Limit;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.util.Properties;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** No call takes longer than whatever stands before it waits. */
class PatienceTest {

    /** learn.microsoft.com/azure/event-grid/delivery-and-retry. */
    private static final Duration EVENT_GRID = Duration.ofSeconds(30);

    /** learn.microsoft.com/azure/azure-functions/functions-scale: of the load balancer, whatever the timeout. */
    private static final Duration HTTP = Duration.ofSeconds(230);

    @ParameterizedTest
    @EnumSource
    void callIsAnsweredBeforeItIsGivenUp(Limit limit) throws IOException {
        assertThat(answered(limit))
                .isLessThanOrEqualTo(limit == Limit.EVENT ? EVENT_GRID : HTTP)
                .isLessThan(functionTimeout("host.json"))
                .isLessThan(functionTimeout("src/main/java-worker/host.json"))
                .isLessThan(setting("quarkus.http.idle-timeout"));
    }

    /** What is killed at the end of the timeout takes all with it that runs beside it. */
    @ParameterizedTest
    @ValueSource(strings = {"host.json", "src/main/java-worker/host.json"})
    void callThatHangsIsNotWaitedForLong(String hostJson) throws IOException {
        assertThat(functionTimeout(hostJson)).isLessThanOrEqualTo(Duration.ofMinutes(5));
    }

    /** What is told to stop may end what it does for an event. */
    @ParameterizedTest
    @EnumSource(names = "EVENT")
    void eventIsHandledToItsEndWhenTheProgramStops(Limit limit) throws IOException {
        assertThat(limit.time()).isLessThan(setting("quarkus.shutdown.timeout"));
    }

    private static Duration answered(Limit limit) {
        return limit.time().plus(Limit.ANSWER);
    }

    private static Duration functionTimeout(String hostJson) throws IOException {
        String time = new ObjectMapper()
                .readTree(Files.readString(Path.of(hostJson)))
                .path("functionTimeout")
                .asText();
        return Duration.between(LocalTime.MIN, LocalTime.parse(time));
    }

    private static Duration setting(String name) throws IOException {
        Properties settings = new Properties();
        try (InputStream file = Files.newInputStream(Path.of("src/main/resources/application.properties"))) {
            settings.load(file);
        }
        return Duration.parse("PT" + settings.getProperty(name));
    }
}
