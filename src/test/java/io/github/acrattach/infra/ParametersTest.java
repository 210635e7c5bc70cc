package io.github.acrattach.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What can be meant deploys, whatever is combined; what cannot fails before anything is made, with the parameter's name. */
@Order(1)
class ParametersTest {

    private static final String ID = "'" + Bicep.SUBSCRIPTION + "'";
    private static final String RULE = "{ name: 'TEAM', clusters: { names: ['*'] }, registries: { names: ['*'] } }";
    private static final String TOPIC = "{ subscriptionId: ID, resourceGroup: 'soc', name: 'topic', principalId: ID }";
    private static final int COMBINATIONS = 6;

    private final Bicep bicep = Bicep.compiler();
    private Path folder;

    /** Beside the templates' folder, so that the path between the two is a short one. */
    @BeforeEach
    void folder() throws IOException {
        folder = Files.createDirectories(Path.of("target/infra-parameters"));
    }

    /** Each file is one deployment, in which everything is wrong. */
    @ParameterizedTest
    @ValueSource(strings = {"""
                param method = 'roles'
                param roles = 'owner'
                param delivery = 'webhook'
                param worker = 'cobol'
                param network = 'vnet'
                param instanceMemoryMB = 1024
                param maximumInstances = 1
                param name = 'x'
                param scopes = []
                param extraRights = { runcommands: true }
                param alertThresholds = { refused: 0, postponed: 0, expiryDays: 14, poison: 0, deadLetters: 0, timerHours: 1 }
                param rules = [{ name: 'TEAM', clusters: { names: ['*'] } }]
                param existingTopics = [{ name: 'topic' }]
                """, """
                param name = 'longer-than-24-characters'
                param scopes = [{ kind: 'managementGroup', name: 'all' }]
                param rules = [{ name: 'TEAM', clusters: { names: [] }, registries: { names: ['*'] } }]
                param maximumInstances = 1001
                """, """
                param scopes = [{ kind: 'subscription', subscriptionId: 'mine' }]
                param rules = [{ name: 'TEAM', clusters: { name: ['*'] }, registries: { names: ['*'] } }]
                """, """
                param rules = [{ name: 'TEAM', clusters: { names: ['*'] }, registries: { names: ['*'] }, method: 'token' }]
                """})
    void whatNoTypeAllowsIsFoundByTheCompiler(String lines) throws IOException {
        Path file = parameters("bad-type", lines);
        List<String> written = Files.readAllLines(file);
        List<String> named = lines.lines().map(each -> each.split(" ")[1]).toList();
        assertThat(bicep.diagnosticsOfParameters(file))
                .allMatch(found -> found.source().endsWith("bad-type.bicepparam"))
                .extracting(found -> written.get(found.line()).split(" ")[1])
                .containsAll(named);
    }

    /** That the templates ask. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            name     | 'Acr-Attach'                        | has to be small letters
            scopes   | [{ kind: 'subscription', subscriptionId: 'this-one-is-thirty-six-letters-long!' }] | is no id of a subscription
            rules    | [{ name: 'TEAM', clusters: {}, registries: { names: ['*'] } }] | TEAM selects nothing in particular
            existingTopics | [{ subscriptionId: ID, resourceGroup: 'soc', name: 'topic' }] | has no identity
            extraRights | { adminCredential: true } | set method to secret or both
            packageUri | 'ftp://example.com/p.zip' | no https URL
            existingTopics | [{ subscriptionId: '22222222-3333-4444-8555-666666666666', resourceGroup: 'soc', name: 'topic', principalId: ID }] | in none of the scopes
            tags     | { 'a<b': 'c' }                      | no tag that all resources take
            actionGroupId | 'my-group'                     | no resource id of the type Microsoft.Insights/actionGroups
            """)
    void whatNoTypeCanSayEndsTheDeploymentWithASentence(String name, String value, String sentence) throws IOException {
        refused(parameters("bad-value", "param " + name + " = " + written(value)), name, sentence);
    }

    /** What the templates ask, without the rest of them. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            name     | 'acr attach'                        | has to be small letters
            name     | 'acr-attach-'                       | has to be small letters
            name     | '1acr'                              | has to be small letters
            scopes   | [{ kind: 'subscription', subscriptionId: ID }, { kind: 'subscription', subscriptionId: ID }] | named twice
            rules    | [RULE, RULE]                        | have the same name
            rules    | [{ name: 'team', clusters: { names: ['*'] }, registries: { names: ['*'] } }] | capital letters and digits
            rules    | [{ name: '1TEAM', clusters: { names: ['*'] }, registries: { names: ['*'] } }] | a letter first
            rules    | [{ name: 'TEAM_A', clusters: { names: ['*'] }, registries: { names: ['*'] } }] | capital letters and digits
            rules    | [{ name: 'TEAM', clusters: { names: ['*'] }, registries: {} }] | TEAM selects nothing in particular
            rules    | [{ name: 'TEAM', clusters: { names: ['a,b'] }, registries: { names: ['*'] } }] | has a comma
            rules    | [{ name: 'TEAM', clusters: { names: [' '] }, registries: { names: ['*'] } }] | is empty
            rules    | [{ name: 'TEAM', clusters: { tags: ['team'] }, registries: { names: ['*'] } }] | name=pattern
            rules    | [{ name: 'TEAM', clusters: { tags: ['=x'] }, registries: { names: ['*'] } }] | name=pattern
            rules    | [{ name: 'TEAM', clusters: { subscriptions: ['zzzzzzzz-2222-4333-8444-555555555555'] }, registries: { names: ['*'] } }] | no GUID
            rules    | [{ name: 'TEAM', clusters: { names: ['*'] }, registries: { names: ['*'] }, method: 'auto' }] | set method to both
            rules    | [{ name: 'TEAM', clusters: { names: ['*'] }, registries: { names: ['*'] }, secret: { credential: 'service-principal' } }] | set servicePrincipals
            existingTopics | [TOPIC, TOPIC]                | two are named for one
            existingTopics | [{ subscriptionId: ID, resourceGroup: 'soc', name: 'topic' }] | az rest --method patch --url '/subscriptions/11111111-2222-4333-8444-555555555555/resourceGroups/soc/providers/Microsoft.EventGrid/systemTopics/topic?api-version=
            extraRights | { runCommand: true }             | set method to secret or both
            runCommandEntraClusters | ['aks-*']            | without runCommand
            packageUri | 'http://example.com/p.zip'        | no https URL
            packageUri | 'https://'                        | no https URL
            resourceGroupName | 'rg.'                      | no . at the end
            workspaceId | '/subscriptions/x/resourceGroups/soc/providers/Microsoft.OperationalInsights/workspaces/soc' | no resource id of the type
            scopes   | [{ kind: 'subscription', subscriptionId: '1111111122224333844455555555-5555---' }] | no id of a subscription
            scopes   | [{ kind: 'subscription', subscriptionId: ID }, { subscriptionId: ID, kind: 'subscription' }] | named twice
            scopes   | [{ kind: 'resourceGroup', subscriptionId: ID, resourceGroup: 'a b' }] | no name of a resource group
            existingTopics | [{ subscriptionId: ID, resourceGroup: 'soc', name: 'topic', principalId: ID, userAssignedIdentity: 'mine' }] | no resource id of one
            tags     | { 'azd-service-name': 'x' }         | is ours
            vnetAddressPrefix | 'ten'                      | no range of addresses
            vnetAddressPrefix | '10.0.0.0/25'              | smaller than a /24
            vnetAddressPrefix | '10.0.0.5/24'              | at 10.0.0.0
            rules    | [{ name: 'TEAM', clusters: { names: ['*'] }, registries: { names: ['*'] }, excludedPairs: ['aks-1'] }] | no cluster/registry
            rules    | [{ name: 'TEAM', clusters: { names: ['*'] }, registries: { names: ['*'] }, secret: { lifetimeDays: 1, renewAfterPercent: 92 } }] | leaves 115 minutes
            """)
    void eachSentenceNamesTheParameterAndWhatToSet(String name, String value, String sentence) throws IOException {
        Files.writeString(folder.resolve("checks.bicep"), """
                import * as checks from '../../infra/checks.bicep'
                import * as types from '../../infra/types.bicep'
                param name string = 'acr-attach'
                param scopes types.scope[] = []
                param rules types.rule[] = []
                param existingTopics types.existingTopic[] = []
                param extraRights types.extraRights = {}
                param runCommandEntraClusters string[] = []
                param packageUri string = ''
                output name string = checks.checkedName(name)
                output scopes types.scope[] = checks.checkedScopes(scopes)
                output rules types.rule[] = checks.checkedRules(rules, 'role', {})
                output existingTopics types.existingTopic[] = checks.checkedTopics(existingTopics, 'queue')
                output extraRights types.extraRights = checks.checkedExtraRights(extraRights, 'role')
                output clusters string[] = checks.checkedEntraClusters(runCommandEntraClusters, {})
                output packageUri string = checks.checkedUri(packageUri)
                param resourceGroupName string = 'rg'
                output resourceGroupName string = checks.checkedGroup(resourceGroupName)
                param workspaceId string = ''
                output workspaceId string = checks.checkedId('workspaceId', 'Microsoft.OperationalInsights/workspaces', workspaceId)
                param tags types.tags = {}
                output tags types.tags = checks.checkedTags(tags)
                param vnetAddressPrefix string = '10.71.0.0/24'
                output vnetAddressPrefix string = checks.checkedAddresses(vnetAddressPrefix, 'private')
                """);
        Path file = Files.writeString(
                folder.resolve("checks.bicepparam"),
                "using 'checks.bicep'\nparam " + name + " = " + written(value) + "\n");
        refused(file, name, sentence);
    }

    /** That enrol.bicep asks of what another deployment told. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            principalId      | 'this-one-is-thirty-six-letters-long!'  | no object id
            storageAccountId | '/subscriptions/x/resourceGroups/rg/providers/Microsoft.Storage/storageAccounts' | no resource id of the type Microsoft.Storage/
            existingTopics   | [{ subscriptionId: '22222222-3333-4444-8555-666666666666', resourceGroup: 'soc', name: 'topic', principalId: ID }] | not the subscription that is enrolled
            """)
    void whatIsEnrolledIsWhatTheInstallationTold(String name, String value, String sentence) throws IOException {
        List<String> lines = Files.readAllLines(Bicep.INFRA.resolve("parameters/enrol.bicepparam"));
        lines.removeIf(line -> line.startsWith("using ") || line.startsWith("param " + name + " "));
        Path file = Files.writeString(
                folder.resolve("enrolled.bicepparam"),
                "using '../../infra/enrol.bicep'\n" + String.join("\n", lines) + "\nparam " + name + " = "
                        + written(value) + "\n");
        refused(file, name, sentence);
    }

    private void refused(Path file, String name, String sentence) {
        JsonNode answer = bicep.evaluated(file);
        assertThat(answer.toString()).contains(name + ": ").contains(sentence);
        assertThat(answer.at("/result/snapshot").isTextual()).isFalse();
    }

    private static String written(String value) {
        return value.replace("TOPIC", TOPIC).replace("ID", ID).replace("RULE", RULE);
    }

    @Test
    void topicWithoutAnIdentityDeliversToTheFunctionAlone() throws IOException {
        Path file = parameters("no-identity", """
                param existingTopics = [{ subscriptionId: %s, resourceGroup: 'soc', name: 'topic' }]
                param delivery = 'function'
                param codeDeployed = true
                """.formatted(ID));
        JsonNode events = bicep.snapshot(file).only("Microsoft.EventGrid/systemTopics/eventSubscriptions");
        assertThat(events.at("/properties/destination/endpointType").asText()).isEqualTo("AzureFunction");
        assertThat(events.path("properties").has("deadLetterWithResourceIdentity"))
                .isFalse();
    }

    @Test
    void functionIsNotSubscribedBeforeItsCodeIsThere() throws IOException {
        Path file = parameters("no-code", "param delivery = 'function'");
        assertThat(bicep.snapshot(file).ofType("Microsoft.EventGrid/systemTopics/eventSubscriptions"))
                .isEmpty();
    }

    /** Two deployments that write one assignment at the same time are in each other's way. */
    @ParameterizedTest
    @ValueSource(strings = {"""
                param scopes = [{ kind: 'resourceGroup', subscriptionId: ID, resourceGroup: 'RG-acr-attach' }]
                """, """
                param scopes = [{ kind: 'subscription', subscriptionId: ID }, { kind: 'subscription', subscriptionId: OTHER }]
                param existingTopics = [TOPIC, { subscriptionId: OTHER, resourceGroup: 'soc', name: 'topic', principalId: ID }]
                """})
    void nothingIsAssignedTwice(String lines) throws IOException {
        Path file = parameters("twice", written(lines.replace("OTHER", "'22222222-3333-4444-8555-666666666666'")));
        assertThat(bicep.snapshot(file).ofType("Microsoft.Authorization/roleAssignments"))
                .extracting(each -> each.path("id").asText().toLowerCase(Locale.ROOT))
                .isNotEmpty()
                .doesNotHaveDuplicates();
    }

    /** The seed is fixed: what fails here fails again. */
    @Test
    void whateverIsCombinedCanBeDeployed() throws IOException {
        Random random = new Random(17);
        for (int i = 0; i < COMBINATIONS; i++) {
            String chosen = combination(random);
            Path file = parameters("combined-" + i, chosen);
            assertThat(bicep.diagnosticsOfParameters(file)).as(chosen).isEmpty();
            Snapshot snapshot = bicep.snapshot(file);
            assertThat(snapshot.resources()).as(chosen).isNotEmpty().noneMatch(each -> each.has("condition"));
            assertThat(snapshot.assignments()).as(chosen).allMatch(each -> each.principalType()
                    .equals("ServicePrincipal"));
            assertThat(snapshot.only("Microsoft.Web/sites").path("name").asText())
                    .hasSizeLessThanOrEqualTo(60);
            assertThat(snapshot.only("Microsoft.Storage/storageAccounts")
                            .path("name")
                            .asText())
                    .matches("[a-z0-9]{3,24}");
        }
    }

    private static String combination(Random random) {
        String method = oneOf(random, "role", "secret", "both");
        List<String> lines = new ArrayList<>(List.of(
                "param method = '" + method + "'",
                "param roles = '" + oneOf(random, "custom", "custom-but-granting", "built-in") + "'",
                "param delivery = '" + oneOf(random, "queue", "function") + "'",
                "param worker = '" + oneOf(random, "custom", "custom-on-java", "java") + "'",
                "param network = '" + oneOf(random, "public", "private") + "'",
                "param name = '" + oneOf(random, "abc", "acr-attach", "a-name-of-24-characters1") + "'",
                "param lockStorage = " + random.nextBoolean(),
                "param packageUri = '" + oneOf(random, "", "https://example.com/p.zip") + "'",
                "param scopes = ["
                        + oneOf(
                                random,
                                "{ kind: 'subscription', subscriptionId: " + ID + " }",
                                "{ kind: 'resourceGroup', subscriptionId: " + ID + ", resourceGroup: 'a' }",
                                "{ kind: 'subscription', subscriptionId: '22222222-3333-4444-8555-666666666666' }")
                        + "]"));
        String by = method.equals("both") ? oneOf(random, "role", "secret", "auto") : method;
        if (!method.equals("role")) {
            lines.add("param extraRights = { servicePrincipals: " + random.nextBoolean() + ", runCommand: "
                    + random.nextBoolean() + ", adminCredential: " + random.nextBoolean() + " }");
        }
        lines.add("param rules = [{ name: 'R1', clusters: { names: ['*'] }, registries: { names: ['*'] }, method: '"
                + by + "' }]");
        return String.join("\n", lines);
    }

    private static String oneOf(Random random, String... values) {
        return values[random.nextInt(values.length)];
    }

    private Path parameters(String name, String lines) throws IOException {
        return Files.writeString(folder.resolve(name + ".bicepparam"), "using '../../infra/main.bicep'\n" + lines);
    }
}
