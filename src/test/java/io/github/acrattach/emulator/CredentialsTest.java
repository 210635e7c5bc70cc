package io.github.acrattach.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.Estates;
import io.github.acrattach.emulator.estate.Estate;
import io.github.acrattach.emulator.frontdoor.Fault;
import io.github.acrattach.emulator.http.Answer;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The kubeconfigs of AKS, and what can be reached with them. */
class CredentialsTest extends Running {
    @Test
    void anEntraClusterSendsItsUsersToKubelogin() {
        Client.Reply reply = user(Client.attach(emulator), Sample.AKS_SHOP);
        String yaml = Aks.kubeconfig(reply);

        assertThat(reply.json().path("kubeconfigs").get(0).path("name").asText())
                .isEqualTo("clusterUser");
        assertThat(yaml).contains(emulator.uri() + "/_clusters/aks-shop-", "certificate-authority-data: ");
        assertThat(yaml).contains("""
                - name: clusterUser_platform_aks-shop
                  user:
                    exec:
                      apiVersion: client.authentication.k8s.io/v1beta1
                      args:
                      - get-token
                      - --environment
                      - AzurePublicCloud
                      - --server-id
                      - 6dae42f8-4368-4678-94ff-3960e28e3630
                      - --client-id
                      - 80faf920-1908-4b52-b5ef-a8e7bedfc67a
                      - --tenant-id
                      - 6d1f0a52-7c3b-4e8d-9a41-2b5c7d9e0f31
                      - --login
                      - devicecode
                      command: kubelogin
                      env: null
                      provideClusterInfo: false
                """);
    }

    @Test
    void aLocalAccountHasATokenOfItsOwn() {
        Client you = Client.you(emulator);
        Client.Reply reply = you.post(Sample.AKS_SHOP + "/listClusterAdminCredential", "");
        Kube admin = local(Sample.AKS_SHOP, Aks.kubeconfig(reply));
        Kube legacy = local(Sample.AKS_LEGACY, Aks.kubeconfig(user(you, Sample.AKS_LEGACY)));

        assertThat(reply.json().path("kubeconfigs").get(0).path("name").asText())
                .isEqualTo("clusterAdmin");
        assertThat(admin.get("/api/v1/secrets").status()).isEqualTo(200);
        assertThat(legacy.get("/api/v1/secrets").status()).isEqualTo(200);
        assertThat(legacy.with(admin.token()).get("/api/v1/secrets").status()).isEqualTo(401);
        assertThat(Kube.attach(emulator, Sample.AKS_LEGACY)
                        .get("/api/v1/secrets")
                        .status())
                .isEqualTo(401);
    }

    @Test
    void localAccountsCanBeDisabled() {
        Client.Reply reply = Client.you(emulator).post(Sample.AKS_LATE + "/listClusterAdminCredential", "");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().path("code").asText()).isEqualTo("BadRequest");
        assertThat(reply.json().path("message").asText())
                .isEqualTo("Getting static credential is not allowed because this cluster is set to disable local"
                        + " accounts.");
    }

    @Test
    void eachKubeconfigTakesARightOfItsOwn() {
        Client attach = Client.attach(emulator);
        Client.Reply refused = attach.post(Sample.AKS_SHOP + "/listClusterAdminCredential", "");

        assertThat(user(attach, Sample.AKS_SHOP).status()).isEqualTo(200);
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.message())
                .contains("Microsoft.ContainerService/managedClusters/listClusterAdminCredential/action");
        assertThat(user(attach, Sample.AKS_SHOP + "-none").code()).isEqualTo("ResourceNotFound");
    }

    @Test
    void anOwnerOfAClusterSeesNothingInIt() {
        Client you = Client.of(emulator).signedIn(Sample.YOU_APP, Sample.YOU_SECRET, Kube.AUDIENCE);
        Client.Reply refused =
                Kube.attach(emulator, Sample.AKS_SHOP).with(you.token()).get("/api/v1/secrets");

        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.json().path("message").asText())
                .endsWith("at the cluster scope: User does not have access to the resource in Azure. Update role"
                        + " assignment to allow access.");
    }

    @Test
    void aRoleCanHoldInOneNamespace() {
        try (Emulator limited = Emulator.start(EmulatorOptions.of(Sample.changed(estate -> {
            Estates.without(estate, "Azure Kubernetes Service RBAC Cluster Admin");
            Estates.assign(
                    estate,
                    Sample.ATTACH_OBJECT,
                    "Azure Kubernetes Service RBAC Writer",
                    Sample.AKS_SHOP + "/namespaces/shop");
        })))) {
            Kube kube = Kube.attach(limited, Sample.AKS_SHOP);

            assertThat(kube.secret("shop", "a", "").status()).isEqualTo(201);
            assertThat(kube.secret("web", "a", "").status()).isEqualTo(403);
            assertThat(kube.get("/api/v1/namespaces/shop").status()).isEqualTo(200);
            assertThat(kube.get("/api/v1/namespaces").status()).isEqualTo(403);
            assertThat(kube.delete("/api/v1/namespaces/shop").status()).isEqualTo(403);
        }
    }

    @Test
    void onlyItsAdministratorsEnterAClusterThatDoesNotAskAzure() {
        try (Emulator own =
                Emulator.start(EmulatorOptions.of(Sample.changed(estate -> Estates.resource(estate, "aks-shop")
                        .withObject("/properties/aadProfile")
                        .put("enableAzureRBAC", false)
                        .putArray("adminGroupObjectIDs")
                        .add("d8e9f0a1-b2c3-4d4e-9f5a-6b7c8d9e0f1a"))))) {
            Kube kube = Kube.attach(own, Sample.AKS_SHOP);
            Client administrator = Client.of(own).signedIn(Sample.LEGACY_APP, Sample.LEGACY_SECRET, Kube.AUDIENCE);

            assertThat(kube.get("/api/v1/secrets").json().path("message").asText())
                    .endsWith("at the cluster scope");
            assertThat(kube.with(administrator.token()).get("/api/v1/secrets").status())
                    .isEqualTo(200);
        }
    }

    @Test
    void nobodyAnswersForAStoppedOrAPrivateCluster() {
        try (Emulator closed = Emulator.start(EmulatorOptions.of(closed("Stopped", false)))) {
            Kube kube = Kube.attach(closed, Sample.AKS_SHOP);
            assertThatThrownBy(() -> kube.get("/api/v1/secrets")).isInstanceOf(UncheckedIOException.class);
            assertThat(closed.requests().matching(request -> request.status() == 0))
                    .isNotEmpty();
        }
        try (Emulator closed = Emulator.start(EmulatorOptions.of(closed("Running", true)))) {
            assertThat(Kube.server(closed, Sample.AKS_SHOP))
                    .isEqualTo("https://aks-shop-dns-cfea5170.privatelink.westeurope.azmk8s.io:443");
        }
    }

    @Test
    void aClusterMadeAgainIsEmptyAgain() {
        Kube kube = Kube.attach(emulator, Sample.AKS_SHOP);
        assertThat(names(kube))
                .containsExactly("default", "kube-node-lease", "kube-public", "kube-system", "shop", "web");
        kube.secret("shop", "a", "");
        Client you = Client.you(emulator);
        String body = you.get(Sample.AKS_SHOP).text();
        you.delete(Sample.AKS_SHOP);
        you.put(Sample.AKS_SHOP, body);
        you.put(Sample.AKS_SHOP + "2", "{'location':'westeurope','identity':{'type':'SystemAssigned'}}");
        Kube fresh = local(Sample.AKS_SHOP + "2", Aks.kubeconfig(user(you, Sample.AKS_SHOP + "2")));

        assertThat(kube.get("/api/v1/namespaces/shop/secrets").json().path("items"))
                .isEmpty();
        assertThat(names(fresh)).containsExactly("apps", "default", "kube-node-lease", "kube-public", "kube-system");
    }

    @Test
    void faultsStrikeAndNoSecretIsRecorded() {
        Kube kube = Kube.attach(emulator, Sample.AKS_SHOP);
        emulator.faults()
                .add(Fault.reply(
                                "/_clusters/aks-shop-.*/secrets",
                                Answer.empty(429).with("Retry-After", "1"))
                        .times(1));

        assertThat(kube.secret("shop", "a", ",'stringData':{'x':'tiger'}").status())
                .isEqualTo(429);
        assertThat(kube.secret("shop", "a", ",'stringData':{'x':'tiger'}").status())
                .isEqualTo(201);
        String requests = Client.of(emulator).get("/_emulator/requests").text();
        String estate = Client.of(emulator).get("/_emulator/estate").text();
        assertThat(requests).contains("/secrets").doesNotContain("tiger", "dGlnZXI", kube.token());
        assertThat(estate).contains("\"secrets\":[\"a\"]").doesNotContain("tiger", "dGlnZXI");
    }

    private static List<String> names(Kube kube) {
        List<String> names = new ArrayList<>();
        kube.get("/api/v1/namespaces")
                .json()
                .path("items")
                .forEach(each -> names.add(each.path("metadata").path("name").asText()));
        return names;
    }

    private Kube local(String clusterId, String yaml) {
        String token =
                yaml.substring(yaml.indexOf("token: ") + "token: ".length()).strip();
        return new Kube(Client.of(emulator).http(), URI.create(Kube.server(emulator, clusterId)), token);
    }

    private static Client.Reply user(Client caller, String clusterId) {
        return caller.post(clusterId + "/listClusterUserCredential", "");
    }

    private static Estate closed(String power, boolean isPrivate) {
        return Sample.changed(estate -> {
            ObjectNode properties = Estates.resource(estate, "aks-shop").withObject("/properties");
            properties.withObject("/powerState").put("code", power);
            properties.withObject("/apiServerAccessProfile").put("enablePrivateCluster", isPrivate);
        });
    }
}
