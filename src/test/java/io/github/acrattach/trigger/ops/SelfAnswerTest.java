package io.github.acrattach.trigger.ops;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.acrattach.domain.Lookup;
import io.github.acrattach.domain.Permission;
import io.github.acrattach.domain.installation.Check;
import io.github.acrattach.domain.installation.Check.Subject;
import io.github.acrattach.domain.installation.HostSettings;
import io.github.acrattach.domain.installation.Identity;
import io.github.acrattach.domain.installation.Installation;
import io.github.acrattach.domain.installation.Right;
import io.github.acrattach.domain.installation.ScopeRights;
import io.github.acrattach.trigger.HttpAnswer;
import io.github.acrattach.trigger.Telling;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** How it is told whether an installation is whole. */
class SelfAnswerTest {

    private static final String SCOPE = "/subscriptions/3f2b8c14-5d6e-4a7f-9b10-c2d3e4f5a601";
    private static final Identity IDENTITY = new Identity(
            Optional.of("b7e2c9d4-1a3f-4c5e-8b6d-0f1e2d3c4b5a"),
            Optional.of("e4a1b2c3-d4e5-4f60-8171-92a3b4c5d6e7"),
            Optional.of("6d1f0a52-7c3b-4e8d-9a41-2b5c7d9e0f31"));

    @Test
    void documentShowsARealAnswer() throws IOException {
        Check timeout = new HostSettings(Map.of("functionTimeout", "00:10:00"), Duration.ofSeconds(205))
                .checks()
                .get(0);
        Check rights = new ScopeRights(
                        SCOPE,
                        List.of(Right.READ_CLUSTERS, Right.READ_REGISTRIES, Right.READ_ASSIGNMENTS),
                        new Lookup.Found<>(List.of(Permission.ofActions(
                                List.of("Microsoft.ContainerRegistry/*/read", "Microsoft.Authorization/*/read"),
                                List.of()))),
                        new Lookup.Found<>(List.of()),
                        IDENTITY.objectId())
                .checks()
                .get(0);
        HttpAnswer answer = SelfAnswer.to(new Installation(
                "1.0.0",
                List.of(
                        timeout,
                        Check.ok(Subject.IDENTITY, IDENTITY.toString()),
                        rights,
                        Check.skipped(Subject.DIRECTORY_RIGHTS, "No rule makes service principals."))));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(documented()).as(answer.body().toPrettyString()).isEqualTo(answer.body());
    }

    @Test
    void documentNamesEachCheck() throws IOException {
        String section = section();
        assertThat(Stream.of(Subject.values()).map(Telling::word))
                .allSatisfy(word -> assertThat(section).contains("`" + word + "`"));
        assertThat(Stream.of(Check.State.values()).map(Telling::word))
                .allSatisfy(word -> assertThat(section).contains("`" + word + "`"));
    }

    @Test
    void installationIsWholeUnlessSomethingFails() {
        Check unseen = Check.unknown(Subject.TIMER, "never", "Nobody tells.", "look again");
        assertThat(body(unseen).path("whole").asBoolean()).isTrue();
        assertThat(body(unseen, Check.fails(Subject.QUEUE, "none", "None.", "make it"))
                        .path("whole")
                        .asBoolean())
                .isFalse();
    }

    @Test
    void whatIsSeenCannotForgeALine() {
        assertThat(body(Check.ok(Subject.QUEUE, "a\nb\u202Ec"))
                        .path("checks")
                        .path(0)
                        .path("seen")
                        .asText())
                .isEqualTo("a b c");
    }

    private static JsonNode body(Check... checks) {
        return SelfAnswer.to(new Installation("1.0.0", List.of(checks))).body();
    }

    private static JsonNode documented() throws IOException {
        Matcher block = Pattern.compile("(?m)^ {4}[{](?:\\R^ {4}.*)+").matcher(section());
        assertThat(block.find()).isTrue();
        return new ObjectMapper().readTree(block.group());
    }

    private static String section() throws IOException {
        return Files.readString(Path.of("docs/operations.md"))
                .split("## Is this installation whole[?]\n")[1]
                .split("\n## ")[0];
    }
}
