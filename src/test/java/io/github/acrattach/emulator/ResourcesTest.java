package io.github.acrattach.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.acrattach.emulator.estate.Estate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResourcesTest extends Running {
    @Override
    EmulatorOptions options() {
        return EmulatorOptions.of(Estate.sample()).withPageSize(2);
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
                Emulator.start(EmulatorOptions.of(Estate.sample()).withClusterCreation(Duration.ofSeconds(3)))) {
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
            while (you.get(operation).json().path("status").asText().equals("InProgress")) {
                Thread.sleep(50);
            }
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
    void registriesWithDomainNameLabelsShareANameAndNoLoginServer() {
        Client you = Client.you(emulator);
        String east = Sample.PRODUCTION + "/resourceGroups/east";
        you.put(east, "{'location':'westeurope'}");
        String apart = labelled("ResourceGroupReuse");
        String first = loginServer(you.put(Sample.PLATFORM + Sample.REGISTRIES + "/acrtwin", apart));
        String second = loginServer(you.put(east + Sample.REGISTRIES + "/acrtwin", apart));

        assertThat(first).matches("acrtwin-[a-z0-9]{16}\\.azurecr\\.io").isNotEqualTo(second);
        assertThat(loginServer(you.put(
                        Sample.SHARED + "/resourceGroups/shared" + Sample.REGISTRIES + "/acrtwin",
                        labelled("Unsecure"))))
                .isEqualTo("acrtwin.azurecr.io");
        you.delete(east + Sample.REGISTRIES + "/acrtwin");
        assertThat(loginServer(you.put(east + Sample.REGISTRIES + "/acrtwin", apart)))
                .as("the same name in the same scope")
                .isEqualTo(second);
        String tenant = labelled("TenantReuse");
        String before = loginServer(you.put(Sample.PLATFORM + Sample.REGISTRIES + "/acrwide", tenant));
        assertRefused(
                you.put(east + Sample.REGISTRIES + "/acrwide", tenant),
                409,
                "AlreadyInUse",
                "The registry DNS name " + before + " is already in use.");
        assertThat(you.post(
                                Sample.PRODUCTION + "/providers/Microsoft.ContainerRegistry/checkNameAvailability",
                                "{'name':'acrwide','type':'Microsoft.ContainerRegistry/registries',"
                                        + "'resourceGroupName':'east','autoGeneratedDomainNameLabelScope':'SubscriptionReuse'}")
                        .json()
                        .path("availableLoginServerName")
                        .asText())
                .startsWith("acrwide-")
                .isNotEqualTo(before);
        assertRefused(
                you.put(east + Sample.REGISTRIES + "/acrodd", labelled("Everywhere")),
                400,
                "InvalidRequestContent",
                "");
    }

    private static String labelled(String scope) {
        return "{'location':'westeurope','sku':{'name':'Standard'},'properties':{'autoGeneratedDomainNameLabelScope':'"
                + scope + "'}}";
    }

    private static String loginServer(Client.Reply made) {
        assertThat(made.status()).isEqualTo(201);
        return made.json().path("properties").path("loginServer").asText();
    }

    @Test
    void regionalEndpointsAreAPreviewOfPremiumRegistries() {
        Client you = Client.you(emulator);
        String registry = Sample.PLATFORM + Sample.REGISTRIES + "/acrnew";
        String body = "{'location':'westeurope','sku':{'name':'SKU'},'properties':{'regionalEndpoints':'Enabled'}}";
        assertRefused(you.put(registry, body.replace("SKU", "Standard")), 400, "InvalidSku", "");
        you.put(registry, body.replace("SKU", "Premium"));
        assertThat(you.get(registry + "?api-version=2025-11-01")
                        .json()
                        .path("properties")
                        .has("regionalEndpoints"))
                .isFalse();
        assertThat(you.get(registry + "?api-version=2026-01-01-preview")
                        .json()
                        .path("properties")
                        .path("regionalEndpointHostNames")
                        .path(0)
                        .asText())
                .isEqualTo("acrnew.westeurope.geo.azurecr.io");
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
    void tagsCanBeChangedOnTheirOwn() {
        Client you = Client.you(emulator);
        String tags = Sample.ACR_SHOP + "/providers/Microsoft.Resources/tags/default";

        assertThat(you.send("PATCH", tags, "{'operation':'Merge','properties':{'tags':{'a':'b'}}}")
                        .status())
                .isEqualTo(200);
        assertThat(you.get(Sample.ACR_SHOP).json().path("tags").toString())
                .isEqualTo("{\"team\":\"shop\",\"a\":\"b\"}");
        you.send("PATCH", tags, "{'operation':'Delete','properties':{'tags':{'a':'b'}}}");
        assertThat(you.get(tags).json().path("properties").path("tags").toString())
                .isEqualTo("{\"team\":\"shop\"}");
        you.put(tags, "{'properties':{'tags':{}}}");
        assertThat(you.get(Sample.ACR_SHOP).json().path("tags")).isEmpty();
        assertThat(Client.attach(emulator).put(tags, "{}").code()).isEqualTo("AuthorizationFailed");
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

    private static void assertRefused(Client.Reply reply, int status, String code, String message) {
        assertThat(reply.code()).isEqualTo(code);
        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.message()).startsWith(message);
    }
}
