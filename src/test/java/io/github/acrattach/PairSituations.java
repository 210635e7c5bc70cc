package io.github.acrattach;

import static io.github.acrattach.SituationWorld.CLUSTER;
import static io.github.acrattach.SituationWorld.CONTROL_PLANE;
import static io.github.acrattach.SituationWorld.GROUP;
import static io.github.acrattach.SituationWorld.KUBELET;
import static io.github.acrattach.SituationWorld.SERVICE_PRINCIPAL;
import static io.github.acrattach.SituationWorld.SHOP;
import static io.github.acrattach.SituationWorld.SUBSCRIPTION;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** What the cluster, the registry, and who pulls are like. */
final class PairSituations {

    private static final String WORKLOAD =
            "'oidcIssuerProfile':{'enabled':true},'securityProfile':{'workloadIdentity':{'enabled':true}},"
                    + "'agentPoolProfiles':[{'name':'a','count':1,'currentOrchestratorVersion':'1.34.1'}]";

    private PairSituations() {}

    static List<Situation> all() {
        return List.of(
                Situation.of("stopped", world -> world.role(KUBELET, "AcrPull", SHOP)
                                .cluster("'powerState':{'code':'Stopped'}"))
                        .blocked("CLUSTER_STOPPED")
                        .unseenByTheRegistry(),
                Situation.of("stopped, and no right", world -> world.cluster("'powerState':{'code':'Stopped'}"))
                        .missing("CLUSTER_STOPPED")
                        .failing("NO_RIGHT"),
                Situation.of("starting", world -> world.role(KUBELET, "AcrPull", SHOP)
                                .cluster("'provisioningState':'Starting'"))
                        .blocked("CLUSTER_NOT_READY")
                        .unseenByTheRegistry(),
                Situation.of(
                                "being made",
                                world -> world.cluster("'provisioningState':'Creating','identityProfile':null"))
                        .blocked("CLUSTER_NOT_READY")
                        .unseenByTheRegistry(),
                Situation.of("being changed", world -> world.role(KUBELET, "AcrPull", SHOP)
                                .cluster("'provisioningState':'Updating'"))
                        .effective(),
                Situation.of("being upgraded", world -> world.role(KUBELET, "AcrPull", SHOP)
                                .cluster("'provisioningState':'Upgrading'"))
                        .effective(),
                Situation.of("failed", world -> world.role(KUBELET, "AcrPull", SHOP)
                                .cluster("'provisioningState':'Failed'"))
                        .effective(),
                Situation.of("being deleted", world -> world.role(KUBELET, "AcrPull", SHOP)
                                .cluster("'provisioningState':'Deleting'"))
                        .missing("CLUSTER_DELETING")
                        .unseenByTheRegistry(),
                Situation.of(
                                "no nodes",
                                world -> world.role(KUBELET, "AcrPull", SHOP)
                                        .cluster(
                                                "'agentPoolProfiles':[{'name':'nodepool1','count':0,'mode':'System','powerState':{'code':'Running'}}]"))
                        .blocked("NO_NODES")
                        .unseenByTheRegistry(),
                Situation.of(
                                "stopped pools",
                                world -> world.role(KUBELET, "AcrPull", SHOP)
                                        .cluster(
                                                "'agentPoolProfiles':[{'name':'nodepool1','count':3,'mode':'System','powerState':{'code':'Stopped'}}]"))
                        .blocked("NO_NODES")
                        .unseenByTheRegistry(),
                Situation.of(
                                "one stopped pool of two",
                                world -> world.role(KUBELET, "AcrPull", SHOP)
                                        .cluster(
                                                "'agentPoolProfiles':[{'name':'a','count':0,'mode':'User','powerState':{'code':'Stopped'}},{'name':'b','count':1,'mode':'System','powerState':{'code':'Running'}}]"))
                        .effective(),
                Situation.of("registry being made", world -> world.role(KUBELET, "AcrPull", SHOP)
                                .registry(SHOP, "'provisioningState':'Creating'"))
                        .blocked("REGISTRY_NOT_READY")
                        .unseenByTheRegistry(),
                Situation.of("registry being changed", world -> world.role(KUBELET, "AcrPull", SHOP)
                                .registry(SHOP, "'provisioningState':'Updating'"))
                        .effective(),
                Situation.of("registry being deleted", world -> world.role(KUBELET, "AcrPull", SHOP)
                                .registry(SHOP, "'provisioningState':'Deleting'"))
                        .missing("REGISTRY_DELETING")
                        .unseenByTheRegistry(),
                Situation.of("no identity to pull with", world -> world.cluster("'identityProfile':null"))
                        .missing("NO_PULL_IDENTITY"),
                Situation.of("a registry that is not there", world -> {})
                        .between(CLUSTER, SHOP + "9")
                        .missing("REGISTRY_NOT_FOUND")
                        .unseenByTheRegistry(),
                Situation.of("a cluster that is not there", world -> {})
                        .between(CLUSTER + "9", SHOP)
                        .missing("CLUSTER_NOT_FOUND")
                        .unseenByTheRegistry(),
                Situation.of(
                                "a registry of a similar name and none of this",
                                world -> world.copy(SHOP, "acrshop", "acrshop2", ""))
                        .between(CLUSTER, SHOP + "9")
                        .missing("REGISTRY_NOT_FOUND")
                        .unseenByTheRegistry(),
                Situation.of(
                                "a registry that was moved",
                                world -> world.owner(
                                        "POST",
                                        GROUP + "/moveResources",
                                        "{'resources':['" + SHOP + "'],'targetResourceGroup':'" + SUBSCRIPTION
                                                + "/resourceGroups/elsewhere'}"))
                        .missing("REGISTRY_MOVED")
                        .unseenByTheRegistry(),
                Situation.of(
                                "asked in capitals with a slash, and by login server",
                                world -> world.role(KUBELET, "AcrPull", SHOP))
                        .between(CLUSTER.toUpperCase(Locale.ROOT) + "/", "acrshop.azurecr.io")
                        .effective(),
                Situation.of("asked by links of the portal", world -> world.role(KUBELET, "AcrPull", SHOP))
                        .between(
                                "https://portal.azure.com/#@contoso.onmicrosoft.com/resource" + CLUSTER + "/overview",
                                "https://portal.azure.com/#@contoso.onmicrosoft.com/resource" + SHOP + "/overview")
                        .effective(),
                Situation.of("a registry of another tenant", world -> {})
                        .between(CLUSTER, Estates.registry("acrbilling"))
                        .missing("OTHER_TENANT")
                        .failing("NO_RIGHT"),
                Situation.of("a registry of another tenant for a service principal", world -> {})
                        .between(Estates.cluster("aks-legacy"), Estates.registry("acrbilling"))
                        .missing("NO_RIGHT"),
                Situation.of(
                                "a service principal with AcrPull",
                                world -> world.role(SERVICE_PRINCIPAL, "AcrPull", SHOP))
                        .ofServicePrincipal()
                        .effective(),
                Situation.of("a service principal without a right", world -> {})
                        .ofServicePrincipal()
                        .missing("NO_RIGHT"),
                Situation.of("a service principal whose secret expired", world -> world.role(
                                        SERVICE_PRINCIPAL, "AcrPull", SHOP)
                                .directory(SERVICE_PRINCIPAL, "'passwords':1")
                                .directory(SERVICE_PRINCIPAL, "'passwordsEnd':'2024-01-02T03:04:05Z'"))
                        .ofServicePrincipal()
                        .blocked("SERVICE_PRINCIPAL_SECRET_EXPIRED")
                        .unseenByTheRegistry(),
                Situation.of("a service principal whose secret ends soon", world -> world.role(
                                        SERVICE_PRINCIPAL, "AcrPull", SHOP)
                                .directory(SERVICE_PRINCIPAL, "'passwords':1")
                                .directory(
                                        SERVICE_PRINCIPAL,
                                        "'passwordsEnd':'" + SituationWorld.before(Duration.ofDays(-5)) + "'"))
                        .ofServicePrincipal()
                        .effective()
                        .noted("SERVICE_PRINCIPAL_SECRET_EXPIRES_SOON"),
                Situation.of("a service principal that is disabled", world -> world.role(
                                        SERVICE_PRINCIPAL, "AcrPull", SHOP)
                                .directory(SERVICE_PRINCIPAL, "'accountEnabled':false"))
                        .ofServicePrincipal()
                        .blocked("SERVICE_PRINCIPAL_DISABLED")
                        .unseenByTheRegistry(),
                Situation.of("a service principal of an application elsewhere", world -> world.role(
                                        SERVICE_PRINCIPAL, "AcrPull", SHOP)
                                .directory(
                                        SERVICE_PRINCIPAL,
                                        "'appOwnerOrganizationId':'eeeeeeee-0002-4000-8000-000000000002'"))
                        .ofServicePrincipal()
                        .effective()
                        .noted("SERVICE_PRINCIPAL_SECRET_NOT_READABLE"),
                Situation.of("a service principal that is gone", world -> world.role(SERVICE_PRINCIPAL, "AcrPull", SHOP)
                                .gone(SERVICE_PRINCIPAL))
                        .ofServicePrincipal()
                        .missing("SERVICE_PRINCIPAL_NOT_FOUND")
                        .unseenByTheRegistry(),
                Situation.of(
                                "a service principal that is disabled and has no right",
                                world -> world.directory(SERVICE_PRINCIPAL, "'accountEnabled':false"))
                        .ofServicePrincipal()
                        .missing("SERVICE_PRINCIPAL_DISABLED")
                        .failing("NO_RIGHT")
                        .unseenByTheRegistry(),
                Situation.of(
                                "pods that may pull as themselves",
                                world -> world.cluster(
                                        WORKLOAD + ",'currentKubernetesVersion':'1.34.1','kubernetesVersion':'1.34.1'"))
                        .unknown("PODS_MAY_PULL_AS_THEMSELVES")
                        .failing("NO_RIGHT"),
                Situation.of(
                                "pods that could not yet pull as themselves",
                                world -> world.cluster(WORKLOAD.replace("1.34.1", "1.33.5")
                                        + ",'currentKubernetesVersion':'1.32.9','kubernetesVersion':'1.32.9'"))
                        .missing("NO_RIGHT"),
                Situation.of("pods that may pull as themselves, and AcrPull", world -> world.role(
                                        KUBELET, "AcrPull", SHOP)
                                .cluster(WORKLOAD + ",'currentKubernetesVersion':'1.34.1'"))
                        .effective(),
                Situation.of("pods that may pull as themselves from a closed registry", world -> world.cluster(
                                        WORKLOAD + ",'currentKubernetesVersion':'1.34.1'")
                                .registry(SHOP, "'publicNetworkAccess':'Disabled'"))
                        .blocked("PUBLIC_ACCESS_OFF")
                        .failing("NO_RIGHT")
                        .noted("PODS_MAY_PULL_AS_THEMSELVES"),
                Situation.of("an image of this registry", world -> world.role(KUBELET, "AcrPull", SHOP))
                        .ofImage("acrshop.azurecr.io/shop/web:1.0")
                        .effective(),
                Situation.of("an image of this registry in another case", world -> world.role(KUBELET, "AcrPull", SHOP))
                        .ofImage("AcrShop.azurecr.io/shop/web:1.0")
                        .effective(),
                Situation.of("an image of another registry", world -> world.role(KUBELET, "AcrPull", SHOP))
                        .ofImage("acrdata-a1b2c3d4e5f6.azurecr.io/etl:1")
                        .blocked("IMAGE_OF_ANOTHER_REGISTRY")
                        .unseenByTheRegistry(),
                Situation.of("an image of a registry that nobody knows", world -> world.role(KUBELET, "AcrPull", SHOP))
                        .ofImage("acrshap.azurecr.io/shop/web")
                        .blocked("IMAGE_OF_ANOTHER_REGISTRY")
                        .unseenByTheRegistry(),
                Situation.of("an image of Docker Hub", world -> world.role(KUBELET, "AcrPull", SHOP))
                        .ofImage("nginx:1")
                        .blocked("IMAGE_OF_ANOTHER_REGISTRY")
                        .unseenByTheRegistry(),
                Situation.of(
                                "two identities that may pull",
                                world -> world.cluster("'identityProfile':{'kubeletidentity1':{'objectId':'" + KUBELET
                                        + "'},'kubeletidentity2':{'objectId':'" + CONTROL_PLANE + "'}}"))
                        .unknown("PULL_IDENTITY_UNCLEAR"),
                Situation.of(
                                "no nodes yet, and a pool that scales",
                                world -> world.role(KUBELET, "AcrPull", SHOP)
                                        .cluster(
                                                "'agentPoolProfiles':[{'name':'a','count':0,'enableAutoScaling':true,'minCount':0,'maxCount':3,'powerState':{'code':'Running'}}]"))
                        .effective(),
                Situation.of("canceled", world -> world.role(KUBELET, "AcrPull", SHOP)
                                .cluster("'provisioningState':'Canceled'"))
                        .effective(),
                Situation.of("being stopped", world -> world.role(KUBELET, "AcrPull", SHOP)
                                .cluster("'provisioningState':'Stopping'"))
                        .blocked("CLUSTER_STOPPED")
                        .unseenByTheRegistry(),
                Situation.of("a registry whose last change failed", world -> world.role(KUBELET, "AcrPull", SHOP)
                                .registry(SHOP, "'provisioningState':'Failed'"))
                        .effective());
    }
}
