package io.github.acrattach.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.acrattach.emulator.estate.Estate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ArmTest extends Running {

    @Override
    EmulatorOptions options() {
        return EmulatorOptions.of(Estate.sample()).withPageSize(2);
    }

    @Test
    void everyAnswerCarriesWhatArmAnswersCarry() {
        Client.Reply reply = Client.attach(emulator).get(Sample.AKS_SHOP);

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("Content-Type")).isEqualTo("application/json; charset=utf-8");
        assertThat(reply.header("x-ms-request-id")).isNotEmpty();
        assertThat(reply.header("x-ms-correlation-request-id")).isNotEmpty();
        assertThat(reply.header("x-ms-ratelimit-remaining-subscription-reads")).isEqualTo("249");
    }

    @Test
    void pathsAreComparedWithoutCase() {
        assertThat(Client.attach(emulator)
                        .get(Sample.AKS_SHOP.toUpperCase())
                        .json()
                        .path("name")
                        .asText())
                .isEqualTo("aks-shop");
    }

    @Test
    void whoeverHasNoGoodTokenIsTurnedAway() {
        Client nobody = Client.of(emulator);
        Client graph = nobody.signedIn(Sample.YOU_APP, Sample.YOU_SECRET, "https://graph.microsoft.com/.default");
        String good = Client.you(emulator).token();

        assertRefused(nobody.get(Sample.AKS_SHOP), 401, "AuthenticationFailed", "");
        assertRefused(nobody.with("x").get(Sample.AKS_SHOP), 401, "InvalidAuthenticationToken", "");
        assertRefused(nobody.with(good + "x").get(Sample.AKS_SHOP), 401, "InvalidAuthenticationToken", "");
        assertRefused(
                graph.get(Sample.AKS_SHOP),
                401,
                "InvalidAuthenticationTokenAudience",
                "The access token has been obtained for wrong audience or resource 'https://graph.microsoft.com'.");
        assertThat(nobody.get(Sample.AKS_SHOP).header("WWW-Authenticate")).startsWith("Bearer authorization_uri=");
    }

    @Test
    void whateverIsNotThereIsMissedInArmsWords() {
        Client you = Client.you(emulator);

        assertRefused(
                you.get(Sample.ACR_SHOP + "x"),
                404,
                "ResourceNotFound",
                "The Resource 'Microsoft.ContainerRegistry/registries/acrshopx' under resource group 'platform' was not found.");
        assertRefused(
                you.get(Sample.PRODUCTION + "/resourceGroups/none" + Sample.REGISTRIES),
                404,
                "ResourceGroupNotFound",
                "Resource group 'none' could not be found.");
        assertRefused(
                you.get("/subscriptions/11111111-2222-4333-8444-555555555555/resourceGroups"),
                404,
                "SubscriptionNotFound",
                "The subscription '11111111-2222-4333-8444-555555555555' could not be found.");
        assertRefused(
                you.get("/subscriptions/mine"), 404, "InvalidSubscriptionId", "The provided subscription identifier");
        assertRefused(
                you.get(Sample.PLATFORM + "/providers/Microsoft.ContainerRegistry/boxes/x"),
                404,
                "InvalidResourceType",
                "The resource type 'boxes' could not be found in the namespace 'Microsoft.ContainerRegistry'");
        assertRefused(
                you.get(Sample.PLATFORM + "/providers/Microsoft.Else/boxes/x"), 404, "InvalidResourceNamespace", "");
        assertRefused(you.post(Sample.ACR_SHOP, "{}"), 405, "MethodNotAllowed", "");
        assertRefused(you.sendAsIs("GET", Sample.ACR_SHOP, ""), 400, "MissingApiVersionParameter", "");
        assertRefused(you.get(Sample.ACR_SHOP + "?api-version=latest"), 400, "InvalidApiVersionParameter", "");
    }

    @Test
    void listsArePagedWithoutLossOrRepetition() {
        Client you = Client.you(emulator);
        List<String> names = new ArrayList<>();
        String next = Sample.PRODUCTION + Sample.CLUSTERS;
        int pages = 0;
        while (!next.isEmpty()) {
            JsonNode page = you.get(next).json();
            page.path("value").forEach(cluster -> names.add(cluster.path("name").asText()));
            next = page.path("nextLink").asText();
            pages++;
        }

        assertThat(names).containsExactly("aks-late", "aks-legacy", "aks-shop");
        assertThat(pages).isEqualTo(2);
    }

    @Test
    void aCallerSeesOnlyTheSubscriptionsInWhichItHoldsARole() {
        assertThat(Client.attach(emulator).get("/subscriptions").json().path("value"))
                .hasSize(2);
        assertThat(Client.armAs(emulator, Sample.LEGACY_APP, Sample.LEGACY_SECRET)
                        .get("/subscriptions")
                        .json()
                        .path("value"))
                .isEmpty();
    }

    @Test
    void whoeverLacksARightIsToldWhich() {
        Client legacy = Client.armAs(emulator, Sample.LEGACY_APP, Sample.LEGACY_SECRET);
        Client.Reply reply = legacy.get(Sample.PRODUCTION + Sample.CLUSTERS);

        assertThat(reply.status()).isEqualTo(403);
        assertThat(reply.code()).isEqualTo("AuthorizationFailed");
        assertThat(reply.message())
                .isEqualTo("The client '" + Sample.LEGACY_APP
                        + "' with object id 'd8e9f0a1-b2c3-4d4e-9f5a-6b7c8d9e0f1a' does not have authorization to perform"
                        + " action 'Microsoft.ContainerService/managedClusters/read' over scope '" + Sample.PRODUCTION
                        + "/providers/Microsoft.ContainerService' or the scope is invalid. If access was recently granted,"
                        + " please refresh your credentials.");
        assertRefused(
                Client.attach(emulator)
                        .put(Sample.PLATFORM + Sample.REGISTRIES + "/acrnew", "{'location':'westeurope'}"),
                403,
                "AuthorizationFailed",
                "");
    }

    @Test
    void aResourceIsFoundByItsNameAlone() {
        JsonNode found = Client.attach(emulator)
                .get(
                        Sample.PRODUCTION
                                + "/resources?$filter=resourceType eq 'Microsoft.ContainerRegistry/registries' and name eq 'acrdata'")
                .json()
                .path("value");

        assertThat(found).hasSize(1);
        assertThat(found.get(0).path("name").asText()).isEqualTo("acrdata");
        assertThat(found.get(0).has("properties")).isFalse();
    }

    @Test
    void aNewClusterHasAKubeletIdentityOfItsOwn() {
        Client you = Client.you(emulator);
        Client.Reply made = you.put(
                Sample.PLATFORM + Sample.CLUSTERS + "/aks-new",
                "{'location':'westeurope','identity':{'type':'SystemAssigned'},'tags':{'team':'shop'}}");
        JsonNode properties = made.json().path("properties");

        assertThat(made.status()).isEqualTo(201);
        assertThat(made.json().path("type").asText()).isEqualTo("Microsoft.ContainerService/ManagedClusters");
        assertThat(made.json().path("id").asText()).contains("/resourcegroups/platform/");
        assertThat(properties.path("provisioningState").asText()).isEqualTo("Succeeded");
        assertThat(properties.path("servicePrincipalProfile").path("clientId").asText())
                .isEqualTo("msi");
        assertThat(properties
                        .path("identityProfile")
                        .path("kubeletidentity")
                        .path("objectId")
                        .asText())
                .hasSize(36);
        assertThat(you.get(Sample.PLATFORM + Sample.CLUSTERS + "/AKS-NEW").json())
                .isEqualTo(made.json());
    }

    @Test
    void aClusterThatTakesItsTimeIsFollowedToItsEnd() throws InterruptedException {
        try (Emulator slow =
                Emulator.start(EmulatorOptions.of(Estate.sample()).withClusterCreation(Duration.ofMillis(400)))) {
            Client you = Client.you(slow);
            Client.Reply begun = you.put(
                    Sample.PLATFORM + Sample.CLUSTERS + "/aks-new",
                    "{'location':'westeurope','identity':{'type':'SystemAssigned'}}");
            String operation = begun.header("Azure-AsyncOperation");

            assertThat(begun.status()).isEqualTo(201);
            assertThat(begun.header("Retry-After")).isEqualTo("1");
            assertThat(begun.json().path("properties").path("provisioningState").asText())
                    .isEqualTo("Creating");
            assertThat(begun.json().path("properties").has("identityProfile")).isFalse();
            assertThat(you.get(operation).json().path("status").asText()).isEqualTo("InProgress");
            Thread.sleep(600);
            assertThat(you.get(operation).json().path("status").asText()).isEqualTo("Succeeded");
            assertThat(you.get(Sample.PLATFORM + Sample.CLUSTERS + "/aks-new")
                            .json()
                            .path("properties")
                            .has("identityProfile"))
                    .isTrue();
            assertThat(you.delete(Sample.PLATFORM + Sample.CLUSTERS + "/aks-new")
                            .status())
                    .isEqualTo(202);
        }
    }

    @Test
    void aLateClusterHidesItsIdentityUntilItIsReady() {
        JsonNode late = Client.attach(emulator).get(Sample.AKS_LATE).json().path("properties");

        assertThat(late.path("provisioningState").asText()).isEqualTo("Creating");
        assertThat(late.has("identityProfile")).isFalse();
    }

    @Test
    void aNewRegistryIsFilledInAndItsNameIsGone() {
        Client you = Client.you(emulator);
        String body = "{'location':'westeurope','sku':{'name':'Standard'}}";
        JsonNode made =
                you.put(Sample.PLATFORM + Sample.REGISTRIES + "/acrNew", body).json();

        assertThat(made.path("properties").path("loginServer").asText()).isEqualTo("acrNew.azurecr.io");
        assertThat(made.path("properties").has("roleAssignmentMode")).isFalse();
        assertThat(made.path("sku").path("tier").asText()).isEqualTo("Standard");
        assertRefused(
                you.put(Sample.SHARED + "/resourceGroups/shared" + Sample.REGISTRIES + "/acrnew", body),
                409,
                "AlreadyInUse",
                "The registry DNS name acrnew.azurecr.io is already in use.");
        assertThat(you.post(
                                Sample.PRODUCTION + "/providers/Microsoft.ContainerRegistry/checkNameAvailability",
                                "{'name':'acrnew','type':'Microsoft.ContainerRegistry/registries'}")
                        .json()
                        .path("nameAvailable")
                        .asBoolean())
                .isFalse();
    }

    @Test
    void bodiesAreChecked() {
        Client you = Client.you(emulator);
        String registries = Sample.PLATFORM + Sample.REGISTRIES;

        assertRefused(you.put(registries + "/acrnew", "{}"), 400, "LocationRequired", "");
        assertRefused(you.put(registries + "/acrnew", "nonsense"), 400, "InvalidRequestContent", "");
        assertRefused(
                you.put(registries + "/abc", "{'location':'x','sku':{'name':'Basic'}}"),
                400,
                "InvalidResourceName",
                "");
        assertRefused(you.put(registries + "/acrnew", "{'location':'x','sku':{'name':'Huge'}}"), 400, "InvalidSku", "");
        assertRefused(you.put(Sample.AKS_SHOP, "{'location':'mars'}"), 409, "InvalidResourceLocation", "");
        Client.Reply aks = you.put(Sample.PLATFORM + Sample.CLUSTERS + "/-", "{'location':'x'}");
        assertThat(aks.status()).isEqualTo(400);
        assertThat(aks.json().path("code").asText()).isEqualTo("InvalidParameter");
    }

    @Test
    void tagsChangeAndTheRestStays() {
        Client you = Client.you(emulator);
        JsonNode before = you.get(Sample.AKS_SHOP).json();
        JsonNode after =
                you.send("PATCH", Sample.AKS_SHOP, "{'tags':{'team':'data'}}").json();

        assertThat(after.path("tags").path("team").asText()).isEqualTo("data");
        assertThat(after.path("properties")).isEqualTo(before.path("properties"));
    }

    @Test
    void whatWasDeletedIsGoneWithTheRolesAtIt() {
        Client you = Client.you(emulator);
        String name = Sample.ASSIGNMENTS + "/11111111-2222-4333-8444-555555555555";
        you.put(
                Sample.ACR_SHOP + name,
                "{'properties':{'roleDefinitionId':'" + Sample.DEFINITIONS + "/" + Sample.ACR_PULL + "','principalId':'"
                        + Sample.SHOP_KUBELET + "'}}");
        int before = emulator.roleAssignments().size();

        assertThat(you.delete(Sample.ACR_SHOP).status()).isEqualTo(200);
        assertThat(you.delete(Sample.ACR_SHOP).status()).isEqualTo(204);
        assertThat(you.get(Sample.ACR_SHOP).status()).isEqualTo(404);
        assertThat(emulator.roleAssignments()).hasSize(before - 1);
    }

    @Test
    void resourceGroupsComeIntoBeing() {
        Client you = Client.you(emulator);
        String group = Sample.PRODUCTION + "/resourceGroups/fresh";

        assertThat(you.send("HEAD", group, "").status()).isEqualTo(404);
        assertThat(you.put(group, "{'location':'westeurope'}").status()).isEqualTo(201);
        assertThat(you.send("HEAD", group, "").status()).isEqualTo(204);
        assertThat(you.get(group).json().path("type").asText()).isEqualTo("Microsoft.Resources/resourceGroups");
    }

    @Test
    void whoeverCallsTooFastIsThrottledWhenThatIsWanted() {
        try (Emulator strict =
                Emulator.start(EmulatorOptions.of(Estate.sample()).withThrottling())) {
            Client you = Client.you(strict);
            String group = Sample.PRODUCTION + "/resourceGroups/none";
            Client.Reply reply = you.delete(group + Sample.REGISTRIES + "/acrnone");
            for (int calls = 0; reply.status() != 429 && calls < 1000; calls++) {
                reply = you.delete(group + Sample.REGISTRIES + "/acrnone");
            }

            assertThat(reply.code()).isEqualTo("SubscriptionRequestsThrottled");
            assertThat(reply.header("Retry-After")).isNotEmpty();
            assertThat(reply.header("x-ms-ratelimit-remaining-subscription-deletes"))
                    .isEqualTo("0");
        }
    }

    private static void assertRefused(Client.Reply reply, int status, String code, String message) {
        assertThat(reply.code()).isEqualTo(code);
        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.message()).startsWith(message);
    }
}
