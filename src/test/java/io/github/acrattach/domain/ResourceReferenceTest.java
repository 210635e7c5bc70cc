package io.github.acrattach.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResourceReferenceTest {

    private static final String GROUP = "/subscriptions/3f2b8c14-5d6e-4a7f-9b10-c2d3e4f5a601/resourceGroups/platform";
    private static final String AKS = GROUP + "/providers/Microsoft.ContainerService/managedClusters/aks-shop";
    private static final String ACR = GROUP + "/providers/Microsoft.ContainerRegistry/registries/acrshop";
    private static final String PORTAL = "https://portal.azure.com/";

    /** Each spells the id of the cluster. */
    static Stream<String> spellingsOfTheCluster() {
        return Stream.of(
                AKS,
                AKS.toUpperCase(Locale.ROOT),
                AKS.toLowerCase(Locale.ROOT),
                AKS + "/",
                AKS.toUpperCase(Locale.ROOT) + "///",
                "  " + AKS + " ",
                "\t" + AKS + "\r\n",
                "\u00a0" + AKS + "\u200b",
                '"' + AKS + '"',
                "'" + AKS + "/' ",
                AKS.substring(1),
                "/" + AKS,
                encoded(AKS),
                encoded(AKS).toLowerCase(Locale.ROOT),
                encoded(encoded(AKS)),
                AKS.replace("resourceGroups/", "resourceGroups%2F"),
                AKS.replace("aks-shop", "aks%2Dshop"),
                AKS + "?api-version=2025-09-01",
                AKS + "/agentPools/np",
                AKS + "/agentPools",
                AKS + "/overview",
                AKS + "/providers/Microsoft.Insights/diagnosticSettings/all",
                AKS + "/providers/Microsoft.Authorization/roleAssignments/7f951dda-4ed3-4680-a7ca-43fe172d538d",
                PORTAL + "#@contoso.onmicrosoft.com/resource" + AKS,
                PORTAL + "#@contoso.onmicrosoft.com/resource" + AKS + "/overview",
                PORTAL + "#@6d1f0a52-7c3b-4e8d-9a41-2b5c7d9e0f31/resource" + AKS + "/nodePools",
                PORTAL + "?feature.customportal=false#@/resource" + AKS + "/overview",
                PORTAL + "#@/resource" + AKS + "/overview?from=mail",
                PORTAL + "#resource" + AKS,
                PORTAL + "#view/Microsoft_Azure_ContainerService/AksOverview.ReactView/id/" + encoded(AKS),
                PORTAL + "#view/Microsoft_Azure_ContainerService/AksOverview/id/" + encoded(AKS)
                        + "/initial/nodes~/null",
                PORTAL + "#blade/HubsExtension/ResourceMenuBlade/overview/id/" + encoded(encoded(AKS)),
                PORTAL + "#view/X/parameters~/" + encoded("{\"id\":\"" + AKS + "\",\"x\":1}"),
                encoded(PORTAL + "#@contoso.com/resource" + AKS),
                "https://portal.azure.us/#@contoso.us/resource" + AKS,
                "https://portal.azure.cn/#@contoso.cn/resource" + AKS,
                "https://portal.north.contoso.example/#@contoso.example/resource" + AKS,
                "https://ms.portal.azure.com/#@microsoft.onmicrosoft.com/resource" + AKS,
                "portal.azure.com/#@contoso.com/resource" + AKS,
                "#@contoso.com/resource" + AKS,
                "@contoso.com/resource" + AKS + "/overview",
                "resource" + AKS,
                "https://management.azure.com" + AKS + "?api-version=2025-09-01",
                "https://management.azure.com/" + AKS,
                "https://management.azure.com:443" + AKS + "/listClusterUserCredential?api-version=2025-09-01",
                "HTTPS://MANAGEMENT.AZURE.COM" + AKS.toUpperCase(Locale.ROOT),
                "https://management.usgovcloudapi.net" + AKS,
                "management.chinacloudapi.cn" + AKS,
                // What a Git bash on Windows makes of an id.
                "C:/Program Files/Git" + AKS);
    }

    @ParameterizedTest
    @MethodSource("spellingsOfTheCluster")
    void idIsUnderstoodInAnySpelling(String text) {
        assertThat(ResourceReference.parse(text, ArmId.CLUSTER)).isEqualTo(new ResourceReference.Id(ArmId.parse(AKS)));
    }

    @ParameterizedTest
    @MethodSource("spellingsOfTheCluster")
    void idOfARegistryIsUnderstoodInTheSame(String text) {
        String registry = Stream.<String[]>of(
                        new String[] {"Microsoft.ContainerService", "Microsoft.ContainerRegistry"},
                        new String[] {"managedClusters", "registries"},
                        new String[] {"aks-shop", "acrshop"},
                        new String[] {"aks%2Dshop", "acr%73hop"})
                .reduce(text, ResourceReferenceTest::replaced, (one, other) -> other);
        assertThat(ResourceReference.parse(registry, ArmId.REGISTRY))
                .isEqualTo(new ResourceReference.Id(ArmId.parse(ACR)));
    }

    private static String replaced(String text, String... by) {
        return text.replaceAll("(?i)" + by[0], by[1]);
    }

    @Test
    void lettersOutsideAsciiOfAResourceGroupAreUnderstoodAsTheyAreEncoded() {
        String id = AKS.replace("platform", "plattform-gr\u00fcn");
        assertThat(ResourceReference.parse(encoded(id), ArmId.CLUSTER))
                .isEqualTo(new ResourceReference.Id(ArmId.parse(id)));
    }

    /** A view that shows two resources: which one is meant follows from the type. */
    @Test
    void linkWithTwoIdsMeansTheOneOfTheType() {
        String link = PORTAL + "#view/X/clusterId/" + encoded(AKS) + "/registryId/" + encoded(ACR);
        assertThat(ResourceReference.parse(link, ArmId.CLUSTER).text()).isEqualTo(AKS);
        assertThat(ResourceReference.parse(link, ArmId.REGISTRY).text()).isEqualTo(ACR);
    }

    @Test
    void linkWithTwoIdsOfTheTypeIsRefusedWithBoth() {
        String link = PORTAL + "#view/X/a/" + encoded(AKS) + "/b/" + encoded(AKS + "2");
        assertThatThrownBy(() -> ResourceReference.parse(link, ArmId.CLUSTER))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(AKS + " ")
                .hasMessageContaining(AKS + "2");
        String twice = PORTAL + "#view/X/a/" + encoded(AKS) + "/b/" + encoded(AKS.toUpperCase(Locale.ROOT));
        assertThat(ResourceReference.parse(twice, ArmId.CLUSTER).text()).isEqualTo(AKS);
    }

    @ParameterizedTest
    @CsvSource({
        "acrshop.azurecr.io, acrshop.azurecr.io",
        "ACRSHOP.AzureCR.io, acrshop.azurecr.io",
        "https://acrshop.azurecr.io/, acrshop.azurecr.io",
        "http://acrshop.azurecr.io, acrshop.azurecr.io",
        "oci://acrshop.azurecr.io/charts/web, acrshop.azurecr.io",
        "docker://acrshop.azurecr.io/web:1, acrshop.azurecr.io",
        "acrshop.azurecr.io:443, acrshop.azurecr.io",
        "acrshop.azurecr.io., acrshop.azurecr.io",
        "acrshop.azurecr.io/, acrshop.azurecr.io",
        "acrshop.azurecr.io/team/web:1.2, acrshop.azurecr.io",
        "https://acrshop.azurecr.io/v2/, acrshop.azurecr.io",
        "acrshop-c0ffee1234.azurecr.io, acrshop-c0ffee1234.azurecr.io",
        "acrshop.westeurope.geo.azurecr.io, acrshop.westeurope.geo.azurecr.io",
        "acrshop.westeurope.data.azurecr.io, acrshop.westeurope.data.azurecr.io",
        "acrshop.azurecr.us, acrshop.azurecr.us",
        "acrshop.azurecr.cn, acrshop.azurecr.cn",
        "images.contoso.com, images.contoso.com",
        "registry.north.contoso.example:5000, registry.north.contoso.example:5000",
        "acrshop%2Eazurecr.io, acrshop.azurecr.io"
    })
    void loginServerIsUnderstood(String text, String host) {
        assertThat(ResourceReference.parse(text, ArmId.REGISTRY))
                .isEqualTo(new ResourceReference.Host(ArmId.REGISTRY, host));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "aks-shop-dns-cfea5170.hcp.westeurope.azmk8s.io",
                "https://aks-shop-dns-cfea5170.hcp.westeurope.azmk8s.io:443",
                "https://AKS-shop-dns-cfea5170.hcp.westeurope.azmk8s.io/"
            })
    void apiServerIsUnderstood(String text) {
        assertThat(ResourceReference.parse(text, ArmId.CLUSTER))
                .isEqualTo(new ResourceReference.Host(ArmId.CLUSTER, "aks-shop-dns-cfea5170.hcp.westeurope.azmk8s.io"));
    }

    @ParameterizedTest
    @CsvSource({"aks-shop, aks-shop", "' AKS_Shop/ ', AKS_Shop", "a, a", "'\"aks-shop\"', aks-shop"})
    void nameOfAClusterIsUnderstood(String text, String name) {
        assertThat(ResourceReference.parse(text, ArmId.CLUSTER))
                .isEqualTo(new ResourceReference.Name(ArmId.CLUSTER, name));
    }

    @Test
    void nameOfARegistryIsUnderstood() {
        assertThat(ResourceReference.parse("ACRshop/", ArmId.REGISTRY))
                .isEqualTo(new ResourceReference.Name(ArmId.REGISTRY, "ACRshop"));
    }

    static Stream<Arguments> nothing() {
        return Stream.of(
                        "",
                        "   ",
                        "/",
                        "//",
                        "-",
                        "aks shop",
                        "\u00e4ks-shop",
                        "aks\u0000shop",
                        "aks-shop\u202e",
                        "aks-shop$(id)",
                        "aks-shop;id",
                        "..",
                        ".",
                        "a/b",
                        "%",
                        "%2",
                        "%zz",
                        "%00",
                        "%ff%fe",
                        "https://",
                        "https:///x",
                        "https://user:pass@acrshop.azurecr.io/",
                        "ftp://acrshop.azurecr.io",
                        "javascript:alert(1)",
                        "acrshop..azurecr.io",
                        "-acrshop.azurecr.io",
                        "acrshop.azurecr.io/../x",
                        "acrshop.azurecr.io:99999999",
                        PORTAL,
                        PORTAL + "#home",
                        PORTAL + "#@contoso.com/dashboard/private/0c0ffee0",
                        "https://management.azure.com/",
                        "/subscriptions",
                        "/subscriptions/3f2b8c14-5d6e-4a7f-9b10-c2d3e4f5a601",
                        "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/x",
                        GROUP,
                        GROUP + "/overview",
                        AKS.replace("3f2b8c14-5d6e-4a7f-9b10-c2d3e4f5a601", "prod"),
                        AKS.replace("/resourceGroups/platform", ""),
                        AKS.replace("platform", "plat%2Fform"),
                        AKS.replace("platform", ".."),
                        AKS.replace("/managedClusters", "//managedClusters"),
                        AKS.replace("/aks-shop", "/%2e%2e"),
                        AKS + "/../aks-other",
                        AKS + "%2f..%2faks-other",
                        AKS + "/%252e%252e/aks-other",
                        AKS + "%00",
                        AKS + "%0aX: y",
                        AKS + "\nX: y",
                        AKS + "\u2028x",
                        AKS + "\"; rm -rf /",
                        AKS + "$(id)",
                        AKS + "`id`",
                        AKS + "<script>",
                        AKS + "%25252525252e",
                        AKS + "//agentPools",
                        AKS.replace("aks-shop", "a\u212As"),
                        AKS.replace("aks-shop", "a%E2%84%AAs"),
                        AKS.replace("aks-shop", "x" + "y".repeat(300)),
                        "x/y" + AKS,
                        AKS + AKS + "2",
                        "https://management.azure.com" + AKS + "/../x",
                        PORTAL + "#@contoso.com/resource" + AKS.replace("aks-shop", "aks<shop"),
                        PORTAL + "#@contoso.com/resource" + AKS + "/../aks-other",
                        AKS + "/" + "a/".repeat(10_000),
                        "a".repeat(100_000),
                        "%2F".repeat(100_000),
                        "https://".repeat(2_000))
                .map(Arguments::of);
    }

    @ParameterizedTest
    @MethodSource("nothing")
    void whatNamesNoClusterIsRefusedInOneLineOfPlainText(String text) {
        assertThatThrownBy(() -> ResourceReference.parse(text, ArmId.CLUSTER))
                .isInstanceOf(IllegalArgumentException.class)
                .satisfies(refusal -> assertThat(refusal.getMessage())
                        .endsWith(".")
                        .hasSizeLessThan(900)
                        .matches("[\\p{Print}\\u00e4]+")
                        .doesNotContain("<script>", "$(", "`"));
    }

    @ParameterizedTest
    @CsvSource({
        "Microsoft.Storage/storageAccounts/acrshop, Microsoft.Storage/storageAccounts",
        "Microsoft.Kubernetes/connectedClusters/aks-shop, Microsoft.Kubernetes/connectedClusters",
        "Microsoft.ContainerService/managedClustersX/aks-shop, Microsoft.ContainerService/managedClustersX",
        "Microsoft.ContainerService/managedClusters/aks-shop, Microsoft.ContainerService/managedClusters",
        "Microsoft.ContainerService/managedClusters/aks-shop/agentPools/np, Microsoft.ContainerService/managedClusters",
        "Microsoft.ContainerService/managedClusters/aks-shop/overview, Microsoft.ContainerService/managedClusters"
    })
    void idOfAnotherTypeIsRefusedWithTheShapeOfTheRightOne(String resource, String type) {
        for (String text : new String[] {
            GROUP + "/providers/" + resource, PORTAL + "#@contoso.com/resource" + GROUP + "/providers/" + resource
        }) {
            assertThatThrownBy(() -> ResourceReference.parse(text, ArmId.REGISTRY))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(type)
                    .hasMessageContaining(GROUP + "/providers/Microsoft.ContainerRegistry/registries/{name}");
        }
    }

    @Test
    void linkThatLostItsFragmentIsRefusedWithTheReason() {
        assertThatThrownBy(() -> ResourceReference.parse(PORTAL, ArmId.CLUSTER)).hasMessageContaining("%23");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
