package io.github.acrattach.domain.installation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.acrattach.domain.Permission;
import io.github.acrattach.domain.installation.Right.Use;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One list of rights, and the places that have to agree with it. */
class RightTest {

    private static final Pattern ACTION =
            Pattern.compile("\"(Microsoft[.][A-Za-z]+/[A-Za-z/]+/(?:read|write|delete|action))\"");
    private static final Pattern DOCUMENTED = Pattern.compile("`((?:[A-Za-z.]+/)+(?:read|write|delete|action|[*]))`");
    private static final Pattern ROLE = Pattern.compile("--role \"([^\"]+)\"");

    @Test
    void whateverAnAdapterAsksForIsListed() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/main/java/io/github/acrattach/adapter"))) {
            List<String> asked = files.filter(file -> file.toString().endsWith(".java"))
                    .flatMap(file -> ACTION.matcher(read(file)).results().map(found -> found.group(1)))
                    .distinct()
                    .toList();
            assertThat(asked)
                    .hasSizeGreaterThan(5)
                    // What a pull secret may, not this program.
                    .filteredOn(action -> !action.endsWith("/registries/pull/read"))
                    .allMatch(RightTest::isListed);
        }
    }

    @Test
    void documentNamesEachRightAndNoOther() {
        String tables = read(Path.of("docs/permissions.md"))
                .lines()
                .filter(line -> line.startsWith("|"))
                .reduce("", (all, line) -> all + line + "\n");
        List<Pattern> documented =
                DOCUMENTED.matcher(tables).results().map(RightTest::suffix).toList();
        for (Right right : Right.values()) {
            assertThat(documented).as(right.action()).anyMatch(each -> each.matcher(right.action())
                    .matches());
        }
        for (Pattern each : documented) {
            assertThat(Right.values()).as(each.pattern()).anyMatch(right -> each.matcher(right.action())
                    .matches());
        }
    }

    /** In tables the provider, or more, may be left out. */
    private static Pattern suffix(MatchResult documented) {
        return Pattern.compile(
                "(?:.*/)?" + Pattern.quote(documented.group(1)).replace("*", "\\E[A-Za-z]+\\Q"),
                Pattern.CASE_INSENSITIVE);
    }

    /** What a refusal prints gives what it lacks. */
    @ParameterizedTest
    @EnumSource
    void printedCommandGivesTheRight(Right right) throws IOException {
        Matcher role = ROLE.matcher(right.fix("/subscriptions/x", Optional.empty()));
        assertThat(role.find()).isTrue();
        JsonNode definition = StreamSupport.stream(
                        new ObjectMapper()
                                .readTree(Path.of("src/emulator/resources/emulator/role-definitions.json")
                                        .toFile())
                                .spliterator(),
                        false)
                .filter(each -> each.path("roleName").asText().equals(role.group(1)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("The emulator does not know the role " + role.group(1)));
        boolean ofData = right == Right.READ_BLOBS;
        Permission permission = Permission.ofActions(
                texts(definition.path(ofData ? "dataActions" : "actions")), texts(definition.path("notActions")));
        assertThat(permission.allows(right.action())).as(role.group(1)).isTrue();
    }

    /** What the storage account takes is given at its queues. */
    @Test
    void templatesGiveExactlyTheseRights() {
        String roles = read(Path.of("infra/roles.bicep"));
        assertThat(given("reading", roles))
                .containsExactlyInAnyOrderElementsOf(of(Use.READING, Use.EXPLAINING, Use.SELF)
                        .filter(action -> !action.startsWith("Microsoft.Storage/"))
                        .toList());
        assertThat(given("granting", roles))
                .containsExactlyInAnyOrderElementsOf(
                        Stream.concat(of(Use.ROLES), Stream.of(Right.READ_ASSIGNMENTS.action()))
                                .toList());
        assertThat(given("secrets", roles))
                .containsExactlyInAnyOrderElementsOf(of(Use.SECRETS, Use.TOKENS).toList());
        assertThat(given("adminCredential", roles))
                .containsExactlyInAnyOrderElementsOf(of(Use.ADMIN_CREDENTIAL).toList());
        assertThat(given("runCommand", roles))
                .containsExactlyInAnyOrderElementsOf(of(Use.RUN_COMMAND).toList());
    }

    private static Stream<String> of(Use... uses) {
        return Stream.of(Right.values())
                .filter(right -> List.of(uses).contains(right.use()))
                .map(Right::action);
    }

    private static List<String> given(String role, String roles) {
        String list = roles.split("\\n  " + role + ": \\[\\n")[1].split("\\n  ]")[0];
        return list.lines().map(line -> line.strip().replace("'", "")).toList();
    }

    @Test
    void noRightIsListedTwice() {
        assertThat(Stream.of(Right.values())
                        .map(right -> right.action().toLowerCase(Locale.ROOT))
                        .toList())
                .doesNotHaveDuplicates()
                .hasSameSizeAs(new TreeSet<>(List.of(Right.values())));
    }

    private static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    private static boolean isListed(String action) {
        return Stream.of(Right.values()).anyMatch(right -> right.action().equalsIgnoreCase(action));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
