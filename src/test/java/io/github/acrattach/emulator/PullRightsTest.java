package io.github.acrattach.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.emulator.estate.Estate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which roles, groups, denials and conditions let somebody pull, and how ARM shows them. */
class PullRightsTest extends Running {
    private static final String ACR_DATA = Sample.PLATFORM + Sample.REGISTRIES + "/acrdata";
    private static final String READER = "b93aa761-3e63-49ed-ac28-beffa264f7ac";
    private static final String TEAM = "aaaaaaaa-0001-4000-8000-000000000001";
    private static final String PLATFORM_TEAM = "aaaaaaaa-0002-4000-8000-000000000002";
    private static final String CUSTOM = "bbbbbbbb-0001-4000-8000-000000000001";
    private static final String OTHER_TENANT = "eeeeeeee-0001-4000-8000-000000000001";
    private static final String DENIALS = "/providers/Microsoft.Authorization/denyAssignments";
    private static final String MANAGEMENT_GROUP = "/providers/Microsoft.Management/managementGroups/";

    @Override
    EmulatorOptions options() {
        Estate estate = Sample.changed(json -> {
            json.withArray("/managementGroups").addObject().put("name", "root");
            ObjectNode platform = json.withArray("/managementGroups").addObject();
            platform.put("name", "platform").put("parent", "root");
            platform.putArray("subscriptions").add("3f2b8c14-5d6e-4a7f-9b10-c2d3e4f5a601");
            ((ObjectNode) json.at("/subscriptions/1")).put("tenantId", OTHER_TENANT);
            ObjectNode group = json.withArray("/groups").addObject();
            group.put("objectId", TEAM).put("displayName", "team").putArray("members");
        });
        return EmulatorOptions.of(estate);
    }

    @ParameterizedTest
    @CsvSource({
        "AcrPull, true, false",
        "AcrPush, true, false",
        "AcrDelete, false, false",
        "AcrImageSigner, false, false",
        "AcrQuarantineReader, false, false",
        "Reader, true, false",
        "Contributor, true, false",
        "Owner, true, false",
        "Network Contributor, false, false",
        "Container Registry Data Importer and Data Reader, true, false",
        "Container Registry Contributor and Data Access Configuration Administrator, false, false",
        "Container Registry Repository Reader, false, true",
        "Container Registry Repository Writer, false, true",
        "Container Registry Repository Contributor, false, true",
        "Container Registry Repository Catalog Lister, false, false",
    })
    void eachRoleLetsPullWhereItsActionsCount(String role, boolean classic, boolean abac) {
        plant(Sample.PLATFORM, Sample.SHOP_KUBELET, role, "");

        assertThat(new Pulls(emulator, Pulls.SHOP).allow(Sample.SHOP_KUBELET, "shop/web"))
                .isEqualTo(classic);
        assertThat(new Pulls(emulator, Pulls.DATA).allow(Sample.SHOP_KUBELET, "etl"))
                .isEqualTo(abac);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "'actions':['Microsoft.ContainerRegistry/registries/*'] | true",
                "'actions':['Microsoft.ContainerRegistry/registries/*'],"
                        + "'notActions':['Microsoft.ContainerRegistry/registries/pull/read'] | false",
                "'actions':['*/READ'] | true",
                "'actions':['Microsoft.ContainerRegistry/registries/*/write'] | false",
                "'dataActions':['*'] | false",
                "'actions':[]},{'actions':['Microsoft.ContainerRegistry/*/pull/*'] | true",
            })
    void aCustomRoleLetsPullWhatItAllowsLessWhatItTakesOut(String permission, boolean pulls) {
        Client.of(emulator)
                .control(
                        "POST",
                        "roleDefinitions",
                        "{'name':'" + CUSTOM + "','properties':{'roleName':'custom','assignableScopes':['"
                                + Sample.PRODUCTION + "'],'permissions':[{" + permission + "}]}}");
        plant(Sample.ACR_SHOP, Sample.SHOP_KUBELET, "custom", "");

        assertThat(new Pulls(emulator, Pulls.SHOP).allow(Sample.SHOP_KUBELET, "shop/web"))
                .isEqualTo(pulls);
    }

    @Test
    void aRoleIsReadByItsIdWhereverTheRightToReadItReaches() {
        String id = Sample.DEFINITIONS + "/" + Sample.ACR_PUSH;
        Client attach = Client.attach(emulator);
        JsonNode role = attach.get(Sample.PRODUCTION + id).json();

        assertThat(role.at("/properties/roleName").asText()).isEqualTo("AcrPush");
        assertThat(role.at("/properties/permissions/0/notDataActions").isArray())
                .isTrue();
        assertThat(role.path("id").asText()).isEqualTo(Sample.PRODUCTION + id);
        assertThat(attach.get(Sample.ACR_SHOP + id).json().path("id").asText()).isEqualTo(Sample.PRODUCTION + id);
        assertThat(attach.get(Sample.PRODUCTION + Sample.DEFINITIONS + "/" + CUSTOM)
                        .code())
                .isEqualTo("RoleDefinitionDoesNotExist");
        assertThat(attach.get(id + "?api-version=2022-04-01").code()).isEqualTo("AuthorizationFailed");
        plant("/", Sample.ATTACH_OBJECT, "Reader", "");
        assertThat(attach.get(id + "?api-version=2022-04-01").json().path("id").asText())
                .isEqualTo(id);
        assertThat(Client.armAs(emulator, Sample.LEGACY_APP, Sample.LEGACY_SECRET)
                        .get(Sample.PRODUCTION + id)
                        .status())
                .isEqualTo(403);
    }

    @Test
    void whoIsInAGroupHasWhatIsGivenToItAndToTheGroupsAboveIt() {
        plant(Sample.ACR_SHOP, TEAM, "AcrPull", "");
        assertThat(new Pulls(emulator, Pulls.SHOP).allow(Sample.SHOP_KUBELET, "shop/web"))
                .isFalse();

        Client.of(emulator)
                .control(
                        "POST",
                        "groups",
                        "{'objectId':'" + PLATFORM_TEAM + "','displayName':'platform','members':['"
                                + Sample.SHOP_KUBELET + "','" + TEAM + "']}");
        Client.of(emulator)
                .control("PATCH", "groups", "{'objectId':'" + TEAM + "','members':['" + PLATFORM_TEAM + "']}");

        assertThat(new Pulls(emulator, Pulls.SHOP).allow(Sample.SHOP_KUBELET, "shop/web"))
                .isTrue();
        JsonNode assigned = assignments(Sample.ACR_SHOP, "atScope() and assignedTo('" + Sample.SHOP_KUBELET + "')");
        assertThat(assigned).hasSize(1);
        assertThat(assigned.at("/0/properties/principalType").asText()).isEqualTo("Group");
        assertThat(assignments(Sample.PRODUCTION, "assignedTo('" + Sample.SHOP_KUBELET + "')"))
                .as("below, too")
                .hasSize(1);
        assertThat(assignments(Sample.PRODUCTION, "atScope() and assignedTo('" + Sample.SHOP_KUBELET + "')"))
                .isEmpty();
        assertThat(assignments(Sample.ACR_SHOP, "principalId eq '" + Sample.SHOP_KUBELET + "'"))
                .isEmpty();
        assertThat(assignments(Sample.ACR_SHOP, "principalId eq '" + TEAM + "'"))
                .hasSize(1);
    }

    @Test
    void aRightOfAGroupCountsForArmToo() {
        Client legacy = Client.armAs(emulator, Sample.LEGACY_APP, Sample.LEGACY_SECRET);
        Client.of(emulator)
                .control(
                        "PATCH",
                        "groups",
                        "{'objectId':'" + TEAM + "','members':['d8e9f0a1-b2c3-4d4e-9f5a-6b7c8d9e0f1a']}");
        assertThat(legacy.get(Sample.ACR_SHOP).status()).isEqualTo(403);
        plant(Sample.PLATFORM, TEAM, "Reader", "");
        assertThat(legacy.get(Sample.ACR_SHOP).status()).isEqualTo(200);
    }

    @Test
    void aPlantedAssignmentSaysWhenItWasMadeAndOfWhatKindItsLostPrincipalWas() {
        String gone = "cccccccc-0001-4000-8000-000000000001";
        plant(
                Sample.ACR_SHOP,
                gone,
                "AcrPull",
                ",'principalType':'User','createdOn':'2025-01-02T03:04:05Z','updatedOn':'2025-02-03T04:05:06Z',"
                        + "'createdBy':'" + Sample.YOU_OBJECT + "','updatedBy':'" + Sample.ATTACH_OBJECT + "'");

        JsonNode shown =
                assignments(Sample.ACR_SHOP, "principalId eq '" + gone + "'").at("/0/properties");
        assertThat(shown.path("principalType").asText()).isEqualTo("User");
        assertThat(shown.path("createdOn").asText()).startsWith("2025-01-02T03:04:05");
        assertThat(shown.path("updatedOn").asText()).startsWith("2025-02-03T04:05:06");
        assertThat(shown.path("createdBy").asText()).isEqualTo(Sample.YOU_OBJECT);
        assertThat(shown.path("updatedBy").asText()).isEqualTo(Sample.ATTACH_OBJECT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"platform", "root"})
    void whatIsGivenAtAManagementGroupIsInherited(String group) {
        plant(MANAGEMENT_GROUP + group, Sample.SHOP_KUBELET, "AcrPull", "");

        assertThat(new Pulls(emulator, Pulls.SHOP).allow(Sample.SHOP_KUBELET, "shop/web"))
                .isTrue();
        assertThat(assignments(Sample.ACR_SHOP, "atScope() and assignedTo('" + Sample.SHOP_KUBELET + "')")
                        .at("/0/properties/scope")
                        .asText())
                .isEqualTo(MANAGEMENT_GROUP + group);
        assertThat(assignments(Sample.SHARED, "principalId eq '" + Sample.SHOP_KUBELET + "'"))
                .isEmpty();
    }

    @Test
    void aSubscriptionOfAnotherTenantSaysSo() {
        assertThat(Client.attach(emulator)
                        .get(Sample.SHARED)
                        .json()
                        .path("tenantId")
                        .asText())
                .isEqualTo(OTHER_TENANT);
    }

    @Test
    void aDenialIsStrongerThanEveryRole() {
        plant(Sample.PLATFORM, Sample.SHOP_KUBELET, "Owner", "");
        deny(
                Sample.PLATFORM,
                "'principals':[{'id':'00000000-0000-0000-0000-000000000000','type':'SystemDefined'}],"
                        + "'excludePrincipals':[{'id':'" + Sample.YOU_OBJECT + "','type':'ServicePrincipal'}],"
                        + "'permissions':[{'actions':['Microsoft.ContainerRegistry/registries/pull/read',"
                        + "'Microsoft.ContainerRegistry/registries/write']}]");

        assertThat(new Pulls(emulator, Pulls.SHOP).allow(Sample.SHOP_KUBELET, "shop/web"))
                .isFalse();
        plant(Sample.PLATFORM, Sample.ATTACH_OBJECT, "Owner", "");
        Client.Reply refused = Client.attach(emulator).send("PATCH", Sample.ACR_SHOP, "{'tags':{}}");
        assertThat(refused.code()).isEqualTo("DenyAssignmentAuthorizationFailed");
        assertThat(refused.message()).contains("because of the deny assignment with name 'stack'");
        assertThat(Client.you(emulator)
                        .send("PATCH", Sample.ACR_SHOP, "{'tags':{}}")
                        .status())
                .isEqualTo(200);

        JsonNode shown = Client.attach(emulator)
                .get(Sample.ACR_SHOP + DENIALS + "?api-version=2022-04-01&$filter=atScope()")
                .json()
                .path("value");
        assertThat(shown).hasSize(1);
        assertThat(shown.at("/0/properties/scope").asText()).isEqualTo(Sample.PLATFORM);
        assertThat(Client.attach(emulator)
                        .get(Sample.PRODUCTION + DENIALS + "?api-version=2022-04-01&$filter=atScope()")
                        .json()
                        .path("value"))
                .isEmpty();
        String path = Sample.PLATFORM + DENIALS + "/" + shown.at("/0/name").asText() + "?api-version=2022-04-01";
        assertThat(Client.you(emulator).get(path).status()).isEqualTo(200);
        assertThat(Client.you(emulator).put(path, "{}").status()).isEqualTo(405);
        assertThat(Client.armAs(emulator, Sample.LEGACY_APP, Sample.LEGACY_SECRET)
                        .get(Sample.ACR_SHOP + DENIALS + "?api-version=2022-04-01")
                        .code())
                .isEqualTo("AuthorizationFailed");
    }

    @Test
    void aDenialMeetsGroupsAndStaysAboveChildScopesWhereItSaysSo() {
        plant(Sample.PLATFORM, Sample.SHOP_KUBELET, "Container Registry Repository Reader", "");
        Client.of(emulator)
                .control("PATCH", "groups", "{'objectId':'" + TEAM + "','members':['" + Sample.SHOP_KUBELET + "']}");
        String content = "'principals':[{'id':'" + TEAM + "','type':'Group'}],'permissions':[{'dataActions':['*'],"
                + "'notDataActions':['Microsoft.ContainerRegistry/registries/repositories/metadata/read']}]";

        deny(Sample.PLATFORM, content + ",'doNotApplyToChildScopes':true");
        assertThat(new Pulls(emulator, Pulls.DATA).allow(Sample.SHOP_KUBELET, "etl"))
                .isTrue();
        deny(Sample.PLATFORM, content);
        assertThat(new Pulls(emulator, Pulls.DATA).allow(Sample.SHOP_KUBELET, "etl"))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '"',
            value = {
                "StringEqualsIgnoreCase 'ETL'; true; false",
                "StringEquals 'ETL'; false; false",
                "StringStartsWithIgnoreCase 'team/'; false; true",
                "StringStartsWith 'te'; false; true",
                "StringStartsWith 'Team/'; false; false",
                "StringLike '*/we?'; false; true",
                "StringNotEquals 'etl'; false; true",
                "ForAnyOfAnyValues:StringEquals {'etl', 'team/web'}; true; true",
                "ForAllOfAnyValues:StringStartsWithIgnoreCase {'x/', 'TEAM/'}; false; true",
                "StringMatches 'etl'; false; false",
                "StringEquals {'etl', 'team/web'}; false; false",
                "NumericEquals 1; false; false",
            })
    void aConditionLetsThroughTheRepositoriesThatItNames(String comparison, boolean etl, boolean web) {
        String action = "ActionMatches{'Microsoft.ContainerRegistry/registries/repositories/";
        plant(
                ACR_DATA,
                Sample.SHOP_KUBELET,
                "Container Registry Repository Reader",
                ",\"condition\":\"((!(" + action + "content/read'}) AND !(" + action
                        + "metadata/read'})) OR (@Request[Microsoft.ContainerRegistry/registries/repositories:name] "
                        + comparison + "))\"");
        Pulls data = new Pulls(emulator, Pulls.DATA);

        assertThat(data.allow(Sample.SHOP_KUBELET, "etl")).isEqualTo(etl);
        assertThat(data.allow(Sample.SHOP_KUBELET, "team/web")).isEqualTo(web);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '"',
            value = {
                "ActionMatches{'*/content/read'}; true",
                "NOT ActionMatches{'*/content/write'} && Exists @Request[Microsoft.ContainerRegistry/registries/repositories:name]; true",
                "!ActionMatches{'*/content/read'} || @Request[Microsoft.ContainerRegistry/registries/repositories:name] StringEquals 'etl'; true",
                "@Resource[Microsoft.ContainerRegistry/registries/repositories:name] StringEquals 'etl'; false",
                "@Principal[Microsoft.Directory/CustomSecurityAttributes/Id:Engineering_Project] StringEquals 'etl'; false",
                "@Principal[Microsoft.Directory/CustomSecurityAttributes/Id:Engineering_Project] StringNotEquals 'etl'; false",
                "(; false",
                "true; false",
            })
    void aConditionOfAnotherShapeIsJudgedOrLetsNothingThrough(String condition, boolean pulls) {
        plant(
                ACR_DATA,
                Sample.SHOP_KUBELET,
                "Container Registry Repository Reader",
                ",\"condition\":\"" + condition + "\"");

        assertThat(new Pulls(emulator, Pulls.DATA).allow(Sample.SHOP_KUBELET, "etl"))
                .isEqualTo(pulls);
    }

    /** Not through the test's client, which takes a condition's apostrophes for its own. */
    private void plant(String scope, String principal, String role, String more) {
        String json = "{\"scope\":\"" + scope + "\",\"principalId\":\"" + principal + "\",\"role\":\"" + role + "\""
                + (more.contains("\"") ? more : more.replace('\'', '"')) + "}";
        Client client = Client.of(emulator);
        Client.Reply reply = client.sendExactly("POST", "/_emulator/roleAssignments", json);
        assertThat(reply.status()).as(reply.text()).isEqualTo(201);
    }

    private void deny(String scope, String properties) {
        Client.of(emulator)
                .control(
                        "POST",
                        "denyAssignments",
                        "{'name':'dddddddd-0001-4000-8000-000000000001','properties':{'denyAssignmentName':'stack',"
                                + "'scope':'" + scope + "'," + properties + "}}");
    }

    private JsonNode assignments(String scope, String filter) {
        return Client.attach(emulator)
                .get(scope + Sample.ASSIGNMENTS + "?$filter=" + filter)
                .json()
                .path("value");
    }
}
