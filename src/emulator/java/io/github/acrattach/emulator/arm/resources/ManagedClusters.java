package io.github.acrattach.emulator.arm.resources;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.emulator.arm.ArmError;
import io.github.acrattach.emulator.estate.Principal;
import io.github.acrattach.emulator.http.Json;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** AKS clusters: with a managed identity of their own, or with a service principal that the user brought. */
final class ManagedClusters implements ResourceType {
    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9]([-_a-zA-Z0-9]{0,61}[a-zA-Z0-9])?");
    private static final String MANAGED_IDENTITY = "msi";
    private static final String DEFAULT_VERSION = "1.33.5";

    private final String tenantId;
    private final Duration creation;
    private final Clock clock;
    private final UnaryOperator<ObjectNode> addressed;

    /** What is addressed tells where the cluster's API server answers. */
    ManagedClusters(String tenantId, Duration creation, Clock clock, UnaryOperator<ObjectNode> addressed) {
        this.clock = clock;
        this.addressed = addressed;
        this.tenantId = tenantId;
        this.creation = creation;
    }

    @Override
    public String path() {
        return "Microsoft.ContainerService/managedClusters";
    }

    @Override
    public String answeredType() {
        return "Microsoft.ContainerService/ManagedClusters";
    }

    @Override
    public String groupSegment() {
        return "resourcegroups";
    }

    @Override
    public boolean hasSystemData() {
        return false;
    }

    @Override
    public Duration creation() {
        return creation;
    }

    @Override
    public void check(String name, ObjectNode body) {
        if (!NAME.matcher(name).matches()) {
            throw ArmError.flat(
                    400,
                    "InvalidParameter",
                    "The value of parameter resourceName is invalid. Error details: Resource name '" + name
                            + "' is invalid. The resource name should start with and end with alphanumeric characters, contain"
                            + " only alphanumerics, underscores and hyphens, and have 1 to 63 characters.");
        }
        if (!hasIdentity(body) && servicePrincipal(body).isEmpty()) {
            throw ArmError.flat(
                    400,
                    "ServicePrincipalNotFound",
                    "Provisioning of resource(s) for container service " + name
                            + " failed. Error: a managed identity or a service principal is required.");
        }
    }

    @Override
    public Made make(ResourceId id, ObjectNode body) {
        List<Principal> identities = new ArrayList<>();
        ObjectNode made = body.deepCopy();
        if (body.path("identity").path("type").asText().equals("SystemAssigned")) {
            Principal own = Principal.managedIdentity(id.name(), clock.instant());
            identities.add(own);
            made.set(
                    "identity",
                    Json.object()
                            .put("type", "SystemAssigned")
                            .put("principalId", own.objectId())
                            .put("tenantId", tenantId));
        }
        made.set("properties", properties(id, body, identities));
        return new Made(made, identities);
    }

    @Override
    public ObjectNode shown(ObjectNode body, String apiVersion) {
        return addressed.apply(body);
    }

    @Override
    public ObjectNode unfinished(ObjectNode finished) {
        ObjectNode body = finished.deepCopy();
        ObjectNode properties = body.withObject("/properties");
        properties.put("provisioningState", "Creating");
        properties.remove("identityProfile");
        return body;
    }

    private ObjectNode properties(ResourceId id, ObjectNode body, List<Principal> identities) {
        String location = body.path("location").asText();
        ObjectNode asked = body.withObject("/properties");
        String version = Json.text(asked, "kubernetesVersion").orElse(DEFAULT_VERSION);
        String prefix = Json.text(asked, "dnsPrefix").orElse(id.name() + "-dns");
        String host = prefix + "-" + UUID.randomUUID().toString().substring(0, 8);
        String nodes =
                Json.text(asked, "nodeResourceGroup").orElse("MC_" + id.group() + "_" + id.name() + "_" + location);
        ObjectNode filled = Json.object()
                .put("provisioningState", "Succeeded")
                .<ObjectNode>set("powerState", Json.object().put("code", "Running"))
                .put("kubernetesVersion", version)
                .put("currentKubernetesVersion", version)
                .put("dnsPrefix", prefix)
                .put("fqdn", host + ".hcp." + location + ".azmk8s.io")
                .put("azurePortalFQDN", host + ".portal.hcp." + location + ".azmk8s.io")
                .put("nodeResourceGroup", nodes)
                .put("enableRBAC", true)
                .put("supportPlan", "KubernetesOfficial")
                .put("maxAgentPools", 100);
        if (hasIdentity(body)) {
            filled.set("servicePrincipalProfile", Json.object().put("clientId", MANAGED_IDENTITY));
            filled.set("identityProfile", identityProfile(id, nodes, asked, identities));
        }
        return Json.merge(Json.merge(filled, asked), Json.object().put("provisioningState", "Succeeded"));
    }

    private ObjectNode identityProfile(ResourceId id, String nodes, ObjectNode asked, List<Principal> identities) {
        if (Json.text(asked, "identityProfile", "kubeletidentity", "objectId").isPresent()) {
            return asked.withObject("/identityProfile");
        }
        Principal kubelet = Principal.managedIdentity(id.name() + "-agentpool", clock.instant());
        identities.add(kubelet);
        String resourceId = "/subscriptions/" + id.subscription() + "/resourcegroups/" + nodes
                + "/providers/Microsoft.ManagedIdentity/userAssignedIdentities/" + kubelet.displayName();
        return Json.object()
                .set(
                        "kubeletidentity",
                        Json.object()
                                .put("resourceId", resourceId)
                                .put("clientId", kubelet.appId().orElseThrow())
                                .put("objectId", kubelet.objectId()));
    }

    private static boolean hasIdentity(ObjectNode body) {
        return Json.text(body, "identity", "type")
                .filter(type -> !type.equalsIgnoreCase("None"))
                .isPresent();
    }

    private static Optional<String> servicePrincipal(ObjectNode body) {
        return Json.text(body, "properties", "servicePrincipalProfile", "clientId")
                .filter(id -> !id.equalsIgnoreCase(MANAGED_IDENTITY));
    }
}
