package io.github.acrattach.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ArgumentsTest {

    @Test
    void everyOptionIsHeard() {
        Arguments arguments = Arguments.parse(List.of(
                "--port", "8443",
                "--certificate", "ca.pem",
                "--handler", "http://localhost:8080",
                "--app", "app",
                "--cluster-creation", "PT2S",
                "--time-scale", "20"));

        assertThat(arguments.options().port()).isEqualTo(8443);
        assertThat(arguments.options().clusterCreation()).isEqualTo(Duration.ofSeconds(2));
        assertThat(arguments.options().timeScale()).isEqualTo(20);
        assertThat(arguments.certificate()).contains(Path.of("ca.pem"));
        assertThat(arguments.handler()).contains(URI.create("http://localhost:8080"));
        assertThat(arguments.folders()).isEqualTo(new Arguments.AppFolders(Path.of("app"), Path.of("app")));
        assertThat(arguments.sample()).isTrue();
    }

    @Test
    void whateverCannotBeFollowedIsSaidClearly() {
        assertWrong("There is no option --prot", "--prot", "1");
        assertWrong("There is no option 8443", "8443");
        assertWrong("There is no option --help", "--help");
        assertWrong("The option --port needs a value", "--port");
        assertWrong("The value of --port must be a number", "--port", "many");
        assertWrong("The port must be between 0 and 65535, not 70000", "--port", "70000");
        assertWrong(
                "The value of --cluster-creation must be an ISO 8601 duration such as PT2S",
                "--cluster-creation",
                "2s");
        assertWrong("The time scale must be greater than 0, not 0.0", "--time-scale", "0");
        assertThatThrownBy(() -> Arguments.parse(List.of("--estate", "nowhere.json")))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessage("The estate nowhere.json cannot be read");
    }

    private static void assertWrong(String message, String... words) {
        assertThatThrownBy(() -> Arguments.parse(List.of(words)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }
}
