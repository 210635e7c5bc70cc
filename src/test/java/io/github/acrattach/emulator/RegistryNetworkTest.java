package io.github.acrattach.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From where a registry lets in, through what a cluster goes out, and what a switch of its mode does to old credentials. */
class RegistryNetworkTest extends Running {
    private static final String ACR_DATA = Sample.PLATFORM + Sample.REGISTRIES + "/acrdata";
    private static final String SUBNET =
            Sample.PLATFORM + "/providers/Microsoft.Network/virtualNetworks/v/subnets/nodes";

    @ParameterizedTest
    @CsvSource({
        "20.1.2.3, 20.1.2.3, true",
        "20.1.2.3, 20.1.2.0/28, true",
        "20.1.2.16, 20.1.2.0/28, false",
        "20.1.2.3, 20.1.2.3/32, true",
        "203.0.113.9, 0.0.0.0/0, true",
        "20.1.2.3, 10.0.0.0/8, false",
        "20.1.2.3, nonsense, false",
    })
    void theFirewallLetsInWhoComesFromAnAddressOfItsRules(String client, String rule, boolean admitted) {
        change("'networkRuleSet':{'defaultAction':'Deny','ipRules':[{'action':'Allow','value':'" + rule + "'}]}");
        Client.of(emulator).control("PUT", "registryClient", "{'address':'" + client + "'}");

        assertThat(status()).isEqualTo(admitted ? 401 : 403);
    }

    @Test
    void theRefusalNamesTheAddressThatTheRegistrySaw() {
        change("'publicNetworkAccess':'Disabled'");
        emulator.moveRegistryClients("20.1.2.3");
        assertThat(root().text())
                .contains("\"code\":\"DENIED\"")
                .contains("client with IP '20.1.2.3' is not allowed access. Refer https://aka.ms/acr/firewall to grant"
                        + " access.");
        emulator.reset();
        assertThat(status()).isEqualTo(401);
    }

    @Test
    void oneRequestCanComeFromElsewhere() {
        change("'networkRuleSet':{'defaultAction':'Deny','ipRules':[{'action':'Allow','value':'127.0.0.1'}],"
                + "'virtualNetworkRules':[{'action':'Allow','id':'" + SUBNET + "'}]}");

        assertThat(status()).isEqualTo(401);
        assertThat(status("X-Emulator-Client-Address", "20.1.2.3")).isEqualTo(403);
        assertThat(status("X-Emulator-Client-Address", "20.1.2.3", "X-Emulator-Client-Subnet", SUBNET))
                .isEqualTo(401);
    }

    @ParameterizedTest
    @CsvSource({"Approved, 10.1.2.3, 401", "Pending, 10.1.2.3, 403", "Approved, 20.1.2.3, 403"})
    void aPrivateEndpointLetsInOnceItIsApproved(String approval, String client, int status) {
        change("'publicNetworkAccess':'Disabled','privateEndpointConnections':[{'properties':{"
                + "'privateLinkServiceConnectionState':{'status':'" + approval + "'}}}]");
        emulator.moveRegistryClients(client);

        assertThat(status()).isEqualTo(status);
    }

    @Test
    void aSwitchToRepositoryPermissionsEndsWhatWasIssuedBeforeIt() {
        assign("AcrPull");
        assign("Container Registry Repository Reader");
        Pulls shop = new Pulls(emulator, Pulls.SHOP);
        String before = shop.refreshToken(Sample.SHOP_KUBELET);
        assertThat(shop.accessToken(before, "shop/web").status()).isEqualTo(200);

        Client.you(emulator)
                .send("PATCH", Sample.ACR_SHOP, "{'properties':{'roleAssignmentMode':'AbacRepositoryPermissions'}}");

        assertThat(shop.accessToken(before, "shop/web").status()).isEqualTo(401);
        assertThat(shop.allow(Sample.SHOP_KUBELET, "shop/web")).isTrue();
    }

    @Test
    void aRegistryTellsWhoChangedItLast() {
        assertThat(Client.you(emulator).get(ACR_DATA).json().path("systemData").isMissingNode())
                .as("the sample says nothing")
                .isTrue();
        Client.you(emulator).send("PATCH", ACR_DATA, "{'tags':{'team':'data'}}");
        JsonNode changed = Client.you(emulator).get(ACR_DATA).json().path("systemData");
        assertThat(changed.path("lastModifiedBy").asText()).isEqualTo(Sample.YOU_OBJECT);
        assertThat(changed.path("lastModifiedAt").asText()).isNotEmpty();

        Client.of(emulator)
                .control(
                        "PATCH",
                        "resources",
                        "{'id':'" + ACR_DATA + "','systemData':{'lastModifiedAt':'2025-01-02T03:04:05Z'}}");
        assertThat(Client.you(emulator)
                        .get(ACR_DATA)
                        .json()
                        .at("/systemData/lastModifiedAt")
                        .asText())
                .isEqualTo("2025-01-02T03:04:05Z");
    }

    @Test
    void aPublicAddressIsReadByWhoMay() {
        String id = Sample.PRODUCTION + "/resourceGroups/MC_nodes/providers/Microsoft.Network/publicIPAddresses/egress";
        String prefix =
                Sample.PRODUCTION + "/resourceGroups/MC_nodes/providers/Microsoft.Network/publicIPPrefixes/egress";
        Client control = Client.of(emulator);
        control.control(
                "POST",
                "resources",
                "{'id':'" + id + "','name':'egress','type':'Microsoft.Network/publicIPAddresses',"
                        + "'location':'westeurope','properties':{'ipAddress':'20.1.2.3'}}");
        control.control(
                "POST",
                "resources",
                "{'id':'" + prefix + "','name':'egress','type':'Microsoft.Network/publicIPPrefixes',"
                        + "'location':'westeurope','properties':{'ipPrefix':'20.1.2.0/28'}}");

        assertThat(Client.attach(emulator)
                        .get(id)
                        .json()
                        .at("/properties/ipAddress")
                        .asText())
                .isEqualTo("20.1.2.3");
        assertThat(Client.attach(emulator)
                        .get(prefix)
                        .json()
                        .at("/properties/ipPrefix")
                        .asText())
                .isEqualTo("20.1.2.0/28");
        Client.Reply refused =
                Client.armAs(emulator, Sample.LEGACY_APP, Sample.LEGACY_SECRET).get(id);
        assertThat(refused.message()).contains("Microsoft.Network/publicIPAddresses/read");
        assertThat(Client.attach(emulator).get(id + "2").code()).isEqualTo("ResourceNotFound");
    }

    @Test
    void aSubnetLeadsToItsNatGateway() {
        String network = Sample.PLATFORM + "/providers/Microsoft.Network/virtualNetworks/v";
        Client.of(emulator)
                .control(
                        "POST",
                        "resources",
                        "{'id':'" + network + "','name':'v','type':'Microsoft.Network/virtualNetworks',"
                                + "'location':'westeurope','properties':{'subnets':[{'name':'nodes','properties':{"
                                + "'natGateway':{'id':'gateway'}}}]}}");

        JsonNode subnet = Client.attach(emulator).get(SUBNET).json();
        assertThat(subnet.at("/properties/natGateway/id").asText()).isEqualTo("gateway");
        assertThat(subnet.path("id").asText()).isEqualTo(SUBNET);
        assertThat(Client.attach(emulator).get(SUBNET + "2").code()).isEqualTo("NotFound");
    }

    @Test
    void aRegionalEndpointIsALoginServerWhileThereAreSome() {
        String regional = "acrshop.westeurope.geo.azurecr.io";
        assign("AcrPull");
        change("'regionalEndpoints':'Enabled','regionalEndpointHostNames':['" + regional + "']");
        Pulls pulls = new Pulls(emulator, regional);
        assertThat(pulls.allow(Sample.SHOP_KUBELET, "shop/web")).isTrue();
        assertThat(new Pulls(emulator, Pulls.SHOP)
                        .accessToken(pulls.refreshToken(Sample.SHOP_KUBELET), "shop/web")
                        .status())
                .as("a token of one is none of another")
                .isEqualTo(401);

        change("'regionalEndpoints':'Disabled'");
        assertThat(Client.of(emulator).get(pulls.path("/v2/")).status()).isEqualTo(404);
    }

    @Test
    void aPlantedClusterKeepsWhatItsJsonSays() {
        String id = Sample.PLATFORM + Sample.CLUSTERS + "/aks-planted";
        String body = "{'id':'" + id + "','name':'aks-planted','type':'Microsoft.ContainerService/ManagedClusters',"
                + "'location':'westeurope','identity':{'type':'UserAssigned','userAssignedIdentities':{'"
                + Sample.PLATFORM + "/providers/Microsoft.ManagedIdentity/userAssignedIdentities/aks':{"
                + "'principalId':'aaaaaaaa-0009-4000-8000-000000000009'}}},'properties':{"
                + "'powerState':{'code':'Stopped'},'networkProfile':{'outboundType':'userAssignedNATGateway',"
                + "'natGatewayProfile':{'effectiveOutboundIPs':[{'id':'x'}]}},"
                + "'addonProfiles':{'azurepolicy':{'enabled':true,'identity':{'objectId':'y'}}},"
                + "'securityProfile':{'workloadIdentity':{'enabled':true}},'oidcIssuerProfile':{'enabled':true}}}";
        Client.of(emulator).control("POST", "resources", body);

        JsonNode shown = Client.attach(emulator).get(id).json();
        assertThat(shown.at("/identity/type").asText()).isEqualTo("UserAssigned");
        assertThat(shown.at("/properties/networkProfile/natGatewayProfile/effectiveOutboundIPs/0/id")
                        .asText())
                .isEqualTo("x");
        assertThat(shown.at("/properties/addonProfiles/azurepolicy/identity/objectId")
                        .asText())
                .isEqualTo("y");
        assertThat(shown.at("/properties/securityProfile/workloadIdentity/enabled")
                        .asBoolean())
                .isTrue();
        assertThat(shown.at("/properties/powerState/code").asText()).isEqualTo("Stopped");
    }

    private void change(String properties) {
        Client.of(emulator)
                .control("PATCH", "resources", "{'id':'" + Sample.ACR_SHOP + "','properties':{" + properties + "}}");
    }

    private void assign(String role) {
        Client.of(emulator)
                .control(
                        "POST",
                        "roleAssignments",
                        "{'scope':'" + Sample.ACR_SHOP + "','principalId':'" + Sample.SHOP_KUBELET + "','role':'" + role
                                + "'}");
    }

    private Client.Reply root() {
        return Client.of(emulator).get(new Pulls(emulator, Pulls.SHOP).path("/v2/"));
    }

    private int status() {
        return root().status();
    }

    private int status(String... headers) {
        return Client.of(emulator)
                .send(HttpRequest.newBuilder(URI.create(emulator.uri() + new Pulls(emulator, Pulls.SHOP).path("/v2/")))
                        .headers(headers)
                        .build())
                .status();
    }
}
