package io.github.acrattach;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.acrattach.domain.AzCommand;
import io.github.acrattach.domain.PullRole;
import io.github.acrattach.emulator.Client;
import io.github.acrattach.emulator.Emulator;
import io.github.acrattach.emulator.EmulatorOptions;
import io.github.acrattach.emulator.estate.Estate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Each role that the documentation or a command names is one of Azure's own, and allows what it is named for. */
class PrintedRolesTest {

    private static final Pattern IN_COMMAND = Pattern.compile("--role (?:\"([^\"<]+)\"|([A-Z]\\w+))");

    /** Of a table: the last column of permissions.md, where it names a role. */
    private static final Pattern IN_TABLE = Pattern.compile("\\| ([A-Z][A-Za-z ]+?)(?:, limited by a condition)? \\|$");

    private static final Pattern IN_TEXT =
            Pattern.compile("`(Azure Kubernetes Service [A-Za-z ]+|Container\\s+Registry [A-Za-z ]+|Acr[A-Z]\\w+)`");

    /** An operation as a literal of the program. */
    private static final Pattern ACTION =
            Pattern.compile("\"(Microsoft[.][A-Za-z]+(?:/[A-Za-z]+)+/(?:read|write|delete|action))\"");

    /** learn.microsoft.com/azure/role-based-access-control/built-in-roles. */
    private static final Map<String, String> IDS = Map.ofEntries(
            Map.entry("Reader", "acdd72a7-3385-48ef-bd42-f606fba81ae7"),
            Map.entry("Role Based Access Control Administrator", "f58310d9-a9f6-439a-9e8d-f62e7b41a168"),
            Map.entry("AcrPull", "7f951dda-4ed3-4680-a7ca-43fe172d538d"),
            Map.entry("Container Registry Repository Reader", "b93aa761-3e63-49ed-ac28-beffa264f7ac"),
            Map.entry(
                    "Container Registry Contributor and Data Access Configuration Administrator",
                    "3bc748fc-213d-45c1-8d91-9da5725539b9"),
            Map.entry("Azure Kubernetes Service Cluster User Role", "4abbcc35-e782-43d8-92c5-2d3f1bd2253f"),
            Map.entry("Azure Kubernetes Service Cluster Admin Role", "0ab0b1a8-8aac-4efd-b8c2-3ee1fb270be8"),
            Map.entry("Azure Kubernetes Service Contributor Role", "ed7f3fbd-7b88-4dd4-9017-9adb7ce333f8"),
            Map.entry("Azure Kubernetes Service RBAC Writer", "a7ffa36f-339b-4b5c-8bdf-e2c188b2c0eb"),
            Map.entry("Storage Queue Data Reader", "19e7f393-937e-4f77-808e-94535e297925"),
            Map.entry("Storage Blob Data Reader", "2a2b9908-6ea1-4ae2-8e65-a410df84e7d1"));

    private static Emulator emulator;

    /** What the emulated Azure Resource Manager answers, by name. */
    private static final Map<String, JsonNode> ROLES = new TreeMap<>();

    @BeforeAll
    static void readRoles() {
        emulator = Emulator.start(EmulatorOptions.of(Estate.sample()));
        Client client = Client.you(emulator);
        client.get("/subscriptions/" + Estates.PRODUCTION + "/providers/Microsoft.Authorization/roleDefinitions")
                .json()
                .path("value")
                .forEach(role ->
                        ROLES.put(role.path("properties").path("roleName").asText(), role));
    }

    @AfterAll
    static void stop() {
        emulator.close();
    }

    @Test
    void everyRoleOfTheDocumentationIsOneOfAzures() throws IOException {
        Set<String> named = new TreeSet<>();
        for (Path page : pages()) {
            String text = Files.readString(page);
            named.addAll(found(IN_COMMAND, text));
            named.addAll(found(IN_TEXT, text));
            if (page.endsWith("permissions.md")) {
                text.lines().forEach(line -> named.addAll(found(IN_TABLE, line)));
            }
        }
        assertThat(named).contains("Reader", "AcrPull", "Azure Kubernetes Service Contributor Role");
        assertThat(named).allSatisfy(PrintedRolesTest::assertAzures);
    }

    @Test
    void everyCommandNamesARoleThatAllowsWhatIsMissing() throws IOException {
        Set<String> actions = actions();
        assertThat(actions)
                .contains(
                        "Microsoft.ContainerService/managedClusters/read",
                        "Microsoft.Authorization/roleAssignments/write",
                        "Microsoft.ContainerService/managedClusters/runcommand/action");
        for (String action : actions) {
            String role = roleIn(AzCommand.allow(action, "/subscriptions/x", Optional.empty()));
            assertAzures(role);
            assertThat(allows(role, action)).as("%s allows %s", role, action).isTrue();
        }
    }

    @Test
    void everyRoleThatIsGivenIsOneOfAzures() {
        for (PullRole role : PullRole.values()) {
            assertAzures(role.azureName());
            assertThat(role.definition()).hasToString(IDS.get(role.azureName()));
        }
    }

    private static void assertAzures(String role) {
        assertThat(IDS).as("a built-in role %s", role).containsKey(role);
        assertThat(ROLES).as("roles of the emulator").containsKey(role);
        assertThat(ROLES.get(role).path("name").asText()).as(role).isEqualTo(IDS.get(role));
    }

    private static boolean allows(String role, String action) {
        JsonNode permission =
                ROLES.get(role).path("properties").path("permissions").path(0);
        return matches(permission.path("actions"), action) && !matches(permission.path("notActions"), action)
                || matches(permission.path("dataActions"), action)
                        && !matches(permission.path("notDataActions"), action);
    }

    private static boolean matches(JsonNode patterns, String action) {
        return StreamSupport.stream(patterns.spliterator(), false)
                .map(pattern -> Arrays.stream(pattern.asText().split("[*]", -1))
                        .map(Pattern::quote)
                        .collect(Collectors.joining(".*")))
                .anyMatch(regex -> Pattern.compile(regex, Pattern.CASE_INSENSITIVE)
                        .matcher(action)
                        .matches());
    }

    private static String roleIn(String command) {
        return found(IN_COMMAND, command).stream()
                .findFirst()
                .orElseThrow(() -> new AssertionError("no role is named: " + command));
    }

    private static Set<String> found(Pattern pattern, String text) {
        Set<String> found = new TreeSet<>();
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            String name = matcher.group(1) != null ? matcher.group(1) : matcher.group(2);
            found.add(name.replaceAll("\\s+", " "));
        }
        return found;
    }

    private static List<Path> pages() throws IOException {
        try (Stream<Path> docs = Files.list(Path.of("docs"))) {
            return Stream.concat(docs, Stream.of(Path.of("README.md"), Path.of("src", "emulator", "README.md")))
                    .filter(page -> page.toString().endsWith(".md"))
                    .toList();
        }
    }

    private static Set<String> actions() throws IOException {
        Set<String> actions = new TreeSet<>();
        try (Stream<Path> sources = Files.walk(Path.of("src", "main", "java"))) {
            for (Path source :
                    sources.filter(each -> each.toString().endsWith(".java")).toList()) {
                actions.addAll(found(ACTION, Files.readString(source)));
            }
        }
        return actions;
    }
}
