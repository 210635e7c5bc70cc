package io.github.acrattach.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.acrattach.infra.Bicep.Diagnostic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The templates are clean: the compiler, which ends with 0 for warnings too, has nothing to say of any of them. */
@Order(1)
class TemplatesTest {

    private static final Set<String> ENTRIES = Set.of("main", "security", "workload", "enrol");

    /** What this compiler can find and what is a fault in a template; one that a later compiler knows may be added. */
    private static final int RULES = 55;

    private final Bicep bicep = Bicep.compiler();

    /** What is said of an entry is said of each template that it refers to, too. */
    @Test
    void nothingIsToBeSaidOfAnyTemplate() throws IOException {
        Set<Path> reached = new TreeSet<>();
        for (String entry : ENTRIES) {
            Path template = Bicep.INFRA.resolve(entry + ".bicep");
            assertThat(bicep.compile(template).diagnostics()).as(entry).isEmpty();
            reached.addAll(bicep.references(template));
        }
        assertThat(reached).containsAll(files(".bicep"));
    }

    @Test
    void nothingIsToBeSaidOfAnyParameterFile() throws IOException {
        List<Path> files = files(".bicepparam");
        assertThat(files).hasSizeGreaterThanOrEqualTo(7);
        for (Path file : files) {
            assertThat(bicep.diagnosticsOfParameters(file)).as("%s", file).isEmpty();
        }
    }

    @Test
    void eachTextIsAsTheFormatterWritesIt() throws IOException {
        List<Path> all = new ArrayList<>(files(".bicep"));
        all.addAll(files(".bicepparam"));
        for (Path file : all) {
            assertThat(Files.readString(file)).as("%s", file).isEqualTo(bicep.formatted(file));
        }
    }

    @Test
    void suppressionsAreFewAndEachHasItsReason() throws IOException {
        List<String> suppressions = new ArrayList<>();
        for (Path file : files(".bicep")) {
            Files.readAllLines(file).stream()
                    .map(String::strip)
                    .filter(line -> line.startsWith("#"))
                    .forEach(suppressions::add);
        }
        assertThat(suppressions).hasSize(7).allMatch(line -> line.matches("#disable-next-line [\\w-]+ // .{20,}[.)]"));
    }

    @Test
    void everyRuleOfTheLinterIsOn() throws IOException {
        JsonNode rules = new ObjectMapper()
                .readTree(Bicep.INFRA.resolve("bicepconfig.json").toFile())
                .at("/analyzers/core/rules");
        assertThat(rules)
                .hasSize(RULES)
                .allMatch(rule -> rule.path("level").asText().equals("error"));
        assertThat(rules.at("/use-recent-api-versions/test-today").asText()).matches("\\d{4}-\\d\\d-\\d\\d");
        Path known = Path.of("../shared/bicep/rules.txt");
        if (Files.exists(known)) {
            Set<String> names = new TreeSet<>();
            rules.fieldNames().forEachRemaining(names::add);
            assertThat(names).containsExactlyInAnyOrderElementsOf(Files.readAllLines(known));
        }
    }

    /** A rule that is misspelt in the configuration is ignored in silence: these are seen to bite. */
    @Test
    void plantedFaultsAreFound(@TempDir Path folder) throws IOException {
        Files.copy(Bicep.INFRA.resolve("bicepconfig.json"), folder.resolve("bicepconfig.json"));
        Path template = folder.resolve("planted.bicep");
        Files.writeString(template, """
                param undescribed string
                @description('An object without a type of its own.')
                param anything object = {}
                @description('A place.')
                param location string = 'westeurope'
                resource plan 'Microsoft.Web/serverfarms@2025-03-01' = { name: 'plan', location: 'westeurope' }
                @description('Where files are.')
                var url = 'https://x.blob.core.windows.net'
                @description('The key of an account.')
                output key string = account.listKeys().keys[0].value
                resource account 'Microsoft.Storage/storageAccounts@2021-01-01' existing = { name: 'planted' }
                resource odd 'Microsoft.Nonsense/things@2025-01-01' = { name: 'odd', location: location }
                """);
        assertThat(bicep.compile(template).diagnostics())
                .extracting(Diagnostic::code)
                .contains(
                        "use-description-params",
                        "use-user-defined-types",
                        "no-unused-vars",
                        "no-unused-params",
                        "no-hardcoded-env-urls",
                        "no-hardcoded-location",
                        "outputs-should-not-contain-secrets",
                        "use-recent-api-versions",
                        "BCP081");
    }

    @Test
    void eachParameterAndOutputIsDescribed() {
        for (String entry : ENTRIES) {
            JsonNode template = template(entry);
            assertThat(template.path("metadata").path("description").asText())
                    .as(entry)
                    .isNotBlank();
            for (String kind : List.of("parameters", "outputs", "definitions")) {
                template.path(kind).properties().forEach(each -> assertThat(described(each.getValue(), template))
                        .as("%s of %s: %s", kind, entry, each.getKey())
                        .isTrue());
            }
        }
    }

    @Test
    void noOutputHoldsASecret() {
        for (String entry : ENTRIES) {
            assertThat(template(entry).path("outputs").toString().toLowerCase(Locale.ROOT))
                    .as(entry)
                    .doesNotContain("listkeys", "listaccountsas", "connectionstring", "secret", "password", "sig=");
        }
    }

    @Test
    void installationNeedsNothingFromTheNetwork() throws IOException {
        for (Path file : files(".bicep")) {
            assertThat(Files.readString(file)).as("%s", file).doesNotContainPattern("'(br|ts)[:/]|(?m)^extension ");
        }
    }

    /** Preview versions and what has none: the audit of the storage account, which no stable version can describe. */
    @Test
    void noPreviewVersionStandsWhereAStableOneWould() throws IOException {
        Set<String> previews = new TreeSet<>();
        for (Path file : files(".bicep")) {
            Files.readAllLines(file).stream()
                    .filter(line -> line.contains("-preview"))
                    .forEach(line -> previews.add(line.replaceAll("^[^']*'([^']+)'.*", "$1")));
        }
        assertThat(previews).containsExactly("Microsoft.Insights/diagnosticSettings@2021-05-01-preview");
    }

    /** The half for a Contributor has no role assignment, no role and no lock, wherever it looks. */
    @Test
    void contributorSuffices() {
        assertThat(types(template("workload")))
                .isNotEmpty()
                .noneMatch(type -> type.startsWith("Microsoft.Authorization/"))
                .noneMatch(type -> type.startsWith("Microsoft.ManagedIdentity/"));
    }

    @Test
    void ownerIsNeededForNothingThatRuns() {
        assertThat(types(template("security")))
                .contains("Microsoft.Authorization/roleAssignments")
                .noneMatch(type -> type.startsWith("Microsoft.Web/"))
                .noneMatch(type -> type.startsWith("Microsoft.EventGrid/"));
    }

    /** What the one deployment does and what the two people do is the same, unless somebody says otherwise. */
    @Test
    void defaultsOfTheHalvesAreThoseOfTheWhole() {
        JsonNode whole = template("main").path("parameters");
        for (String half : List.of("security", "workload", "enrol")) {
            template(half).path("parameters").properties().stream()
                    .filter(each -> whole.has(each.getKey()) && !each.getKey().equals("location"))
                    .forEach(each -> assertThat(each.getValue().path("defaultValue"))
                            .as("%s of %s", each.getKey(), half)
                            .isEqualTo(whole.path(each.getKey()).path("defaultValue")));
        }
        assertThat(names(whole))
                .isSubsetOf(Stream.of("security", "workload")
                        .flatMap(half -> names(template(half).path("parameters")).stream())
                        .toList());
    }

    @Test
    void noParameterTakesWhatever() {
        for (String entry : ENTRIES) {
            JsonNode template = template(entry);
            template.path("parameters").properties().forEach(each -> assertThat(isBounded(each.getValue(), template))
                    .as("%s of %s", each.getKey(), entry)
                    .isTrue());
        }
    }

    /** Rights before what needs them, code before the function is subscribed: a snapshot has no order. */
    @Test
    void nothingIsMadeBeforeWhatItNeeds() {
        assertThat(needs("main", "workload")).contains("security");
        assertThat(needs("main", "events")).contains("security", "workload");
        assertThat(needs("security", "storageRights")).contains("storage", "identity");
        assertThat(needs("security", "senderRights")).contains("storage", "sender");
        assertThat(needs("security", "topicRights")).contains("storage");
        assertThat(needs("security", "rights")).contains("identity");
        assertThat(needs("workload", "package")).contains("app");
        assertThat(needs("workload", "topic")).contains("app", "package");
        assertThat(needs("enrol", "events")).contains("senderRights");
    }

    private List<String> needs(String entry, String module) {
        return StreamSupport.stream(
                        template(entry)
                                .at("/resources/" + module + "/dependsOn")
                                .spliterator(),
                        false)
                .map(JsonNode::asText)
                .toList();
    }

    private static Set<String> names(JsonNode object) {
        Set<String> names = new TreeSet<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    /** Of an object or an array, the type has to be said. */
    private static boolean isBounded(JsonNode parameter, JsonNode template) {
        return switch (parameter.path("type").asText()) {
            case "object" -> parameter.has("properties") || parameter.has("additionalProperties");
            case "array" -> parameter.has("items");
            case "" ->
                parameter.has("$ref")
                        && !template.at(parameter.path("$ref").asText().substring(1))
                                .isMissingNode();
            default -> true;
        };
    }

    private JsonNode template(String entry) {
        return bicep.compile(Bicep.INFRA.resolve(entry + ".bicep")).json();
    }

    /** What a template makes itself or by the templates in it; what exists already is not made. */
    private static Set<String> types(JsonNode template) {
        return Stream.concat(
                        template.path("resources").properties().stream()
                                .map(each -> each.getValue())
                                .filter(each -> !each.path("existing").asBoolean())
                                .map(each -> each.path("type").asText()),
                        template.path("resources").properties().stream()
                                .map(each -> each.getValue().at("/properties/template"))
                                .filter(JsonNode::isObject)
                                .flatMap(inner -> types(inner).stream()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static boolean described(JsonNode node, JsonNode template) {
        return !node.at("/metadata/description").asText().isBlank()
                || node.has("$ref")
                        && described(template.at(node.path("$ref").asText().substring(1)), template);
    }

    private static List<Path> files(String suffix) throws IOException {
        try (Stream<Path> files = Files.walk(Bicep.INFRA)) {
            return files.filter(file -> file.toString().endsWith(suffix))
                    .sorted()
                    .toList();
        }
    }
}
