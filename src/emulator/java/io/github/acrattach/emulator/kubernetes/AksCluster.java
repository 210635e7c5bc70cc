package io.github.acrattach.emulator.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.emulator.http.Json;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;

/** What the resource of an AKS cluster says about its API server. */
public record AksCluster(ObjectNode body) {

    public String id() {
        return body.path("id").asText();
    }

    public String name() {
        return body.path("name").asText();
    }

    public String group() {
        return id().split("/")[4];
    }

    /** The first part of the path at which the small API answers: readable, and one of a kind. */
    public String key() {
        return name() + "-" + hash(id().toLowerCase(Locale.ROOT));
    }

    public boolean isEntra() {
        return properties().path("aadProfile").isObject();
    }

    boolean asksAzure() {
        return properties().path("aadProfile").path("enableAzureRBAC").asBoolean();
    }

    List<String> adminGroups() {
        return Json.textsIn(properties().path("aadProfile").path("adminGroupObjectIDs"));
    }

    public boolean hasLocalAccounts() {
        return !properties().path("disableLocalAccounts").asBoolean();
    }

    public boolean isPrivate() {
        return properties()
                .path("apiServerAccessProfile")
                .path("enablePrivateCluster")
                .asBoolean();
    }

    public boolean takesCommands() {
        return !properties()
                .path("apiServerAccessProfile")
                .path("disableRunCommand")
                .asBoolean();
    }

    /** Whether a pod that tolerates nothing finds a node; a cluster that shows no pools has one. */
    public boolean hasRoom() {
        return pools().isEmpty()
                || pools().stream()
                        .anyMatch(pool ->
                                hasNodes(pool) && pool.path("nodeTaints").isEmpty());
    }

    /** Whether there is any node at all. */
    public boolean hasNodes() {
        return pools().isEmpty() || pools().stream().anyMatch(AksCluster::hasNodes);
    }

    private static boolean hasNodes(JsonNode pool) {
        return pool.path("count").asInt(1) > 0
                && !pool.path("powerState").path("code").asText().equals("Stopped");
    }

    private List<JsonNode> pools() {
        return StreamSupport.stream(properties().path("agentPoolProfiles").spliterator(), false)
                .toList();
    }

    public boolean isStopped() {
        return properties().path("powerState").path("code").asText().equals("Stopped");
    }

    /** Neither stopped nor on its way from one state to the other. */
    boolean isUp() {
        return !isStopped()
                && !Set.of("Creating", "Starting", "Stopping")
                        .contains(properties().path("provisioningState").asText());
    }

    /** One in creation gets its address on the way. */
    boolean hasNoAddressYet() {
        return properties().path("provisioningState").asText().equals("Creating")
                && Json.text(properties(), "fqdn").isEmpty();
    }

    /** Known to no name server outside the cluster's network. */
    public String privateHost() {
        String fqdn = Json.text(properties(), "fqdn").orElse(key());
        return Json.text(properties(), "privateFQDN")
                .orElse(fqdn.split("\\.")[0] + ".privatelink."
                        + body.path("location").asText() + ".azmk8s.io");
    }

    Optional<String> version() {
        return Json.text(properties(), "currentKubernetesVersion")
                .or(() -> Json.text(properties(), "kubernetesVersion"));
    }

    private JsonNode properties() {
        return body.path("properties");
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 4);
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("This JDK has no SHA-256", missing);
        }
    }
}
