package io.github.acrattach.emulator.arm.resources;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.emulator.arm.ArmError;
import io.github.acrattach.emulator.http.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Container registries; their names are unique in the whole cloud. */
final class Registries implements ResourceType {
    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9]{5,50}");
    private static final Set<String> SKUS = Set.of("Basic", "Standard", "Premium");
    /** From the example of the 2025-11-01 specification; roleAssignmentMode stays absent unless asked for. */
    private static final String DEFAULTS = """
            {"adminUserEnabled": false,
             "networkRuleSet": {"defaultAction": "Allow", "ipRules": []},
             "policies": {
               "quarantinePolicy": {"status": "disabled"},
               "trustPolicy": {"type": "Notary", "status": "disabled"},
               "retentionPolicy": {"days": 7, "status": "disabled"},
               "exportPolicy": {"status": "enabled"},
               "azureADAuthenticationAsArmPolicy": {"status": "enabled"}},
             "encryption": {"status": "disabled"},
             "status": null,
             "dataEndpointEnabled": false,
             "dataEndpointHostNames": [],
             "privateEndpointConnections": [],
             "publicNetworkAccess": "Enabled",
             "networkRuleBypassOptions": "AzureServices",
             "networkRuleBypassAllowedForTasks": false,
             "zoneRedundancy": "Disabled",
             "anonymousPullEnabled": false}
            """;

    private final ResourceStore store;

    Registries(ResourceStore store) {
        this.store = store;
    }

    @Override
    public String path() {
        return "Microsoft.ContainerRegistry/registries";
    }

    @Override
    public String answeredType() {
        return path();
    }

    @Override
    public String groupSegment() {
        return "resourceGroups";
    }

    @Override
    public Duration creation() {
        return Duration.ZERO;
    }

    @Override
    public void check(String name, ObjectNode body) {
        invalidName(name).ifPresent(reason -> {
            throw ArmError.badRequest("InvalidResourceName", reason);
        });
        String sku = body.path("sku").path("name").asText();
        if (!SKUS.contains(sku)) {
            throw ArmError.badRequest(
                    "InvalidSku",
                    "The SKU '" + sku + "' is invalid. The supported SKUs are Basic, Standard and Premium.");
        }
        if (isTaken(name)) {
            throw new ArmError(409, "AlreadyInUse", taken(name));
        }
    }

    static Optional<String> invalidName(String name) {
        return NAME.matcher(name).matches()
                ? Optional.empty()
                : Optional.of("Registry names may contain only alpha numeric characters and must be between 5 and 50"
                        + " characters in length: '" + name + "'.");
    }

    Stream<ObjectNode> all() {
        return store.ofType(path());
    }

    boolean isTaken(String name) {
        return all().anyMatch(registry -> registry.path("name").asText().equalsIgnoreCase(name));
    }

    static String taken(String name) {
        return "The registry DNS name " + name
                + ".azurecr.io is already in use. You can check if the name is already claimed"
                + " using following API:"
                + " https://docs.microsoft.com/en-us/rest/api/containerregistry/registries/checknameavailability";
    }

    @Override
    public Made make(ResourceId id, ObjectNode body) {
        ObjectNode made = body.deepCopy();
        String sku = body.path("sku").path("name").asText();
        made.set("sku", Json.object().put("name", sku).put("tier", sku));
        ObjectNode asked = body.withObject("/properties");
        ObjectNode filled = Json.object()
                .put("loginServer", loginServer(id, asked))
                .put("creationDate", Json.timestamp(Instant.now()))
                .put("provisioningState", "Succeeded");
        ObjectNode defaults =
                Json.parseObject(DEFAULTS.getBytes(StandardCharsets.UTF_8)).orElseThrow();
        made.set("properties", Json.merge(Json.merge(defaults, asked), filled));
        return new Made(made, List.of());
    }

    @Override
    public ObjectNode shown(ObjectNode body) {
        return body;
    }

    @Override
    public ObjectNode unfinished(ObjectNode finished) {
        ObjectNode body = finished.deepCopy();
        body.withObject("/properties").put("provisioningState", "Creating");
        return body;
    }

    /**
     * Names that a tenant may reuse get a hash:
     * learn.microsoft.com/azure/container-registry/container-registry-get-started-azure-cli.
     */
    private static String loginServer(ResourceId id, ObjectNode asked) {
        boolean hashed = Json.text(asked, "autoGeneratedDomainNameLabelScope")
                .filter(scope -> !scope.equals("Unsecure"))
                .isPresent();
        String hash = UUID.nameUUIDFromBytes(id.toString().getBytes(StandardCharsets.UTF_8))
                .toString()
                .replace("-", "")
                .substring(0, 12);
        return id.name() + (hashed ? "-" + hash : "") + ".azurecr.io";
    }
}
