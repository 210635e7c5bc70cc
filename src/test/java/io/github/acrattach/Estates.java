package io.github.acrattach;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.emulator.estate.Estate;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;

/** The emulator's sample estate, changed as a test needs it. */
public final class Estates {

    public static final String PRODUCTION = "3f2b8c14-5d6e-4a7f-9b10-c2d3e4f5a601";
    public static final String SHARED = "8a9b0c1d-2e3f-4051-a263-b7c8d9e0f112";
    public static final String TENANT = "6d1f0a52-7c3b-4e8d-9a41-2b5c7d9e0f31";

    /** The object id of the program's identity. */
    public static final String PROGRAM = "b7e2c9d4-1a3f-4c5e-8b6d-0f1e2d3c4b5a";

    /** The object id of somebody who owns the subscriptions. */
    public static final String OWNER = "c1d2e3f4-a5b6-4c7d-8e9f-0a1b2c3d4e5f";

    public static final String PROGRAM_CLIENT = "e4a1b2c3-d4e5-4f60-8171-92a3b4c5d6e7";
    public static final String PROGRAM_SECRET = "made-up-secret-of-acr-attach";

    /** The object id of the kubelet identity of aks-shop. */
    public static final String SHOP_KUBELET = "1b2c3d4e-5f60-4718-9293-a4b5c6d7e8f9";

    private Estates() {}

    /** The sample estate after a change of its JSON. */
    public static Estate changed(Consumer<ObjectNode> change) {
        try (InputStream in = Estates.class.getResourceAsStream("/emulator/sample-estate.json")) {
            ObjectNode json = (ObjectNode) new ObjectMapper().readTree(in);
            change.accept(json);
            return Estate.of(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How long its creation takes from the start: that of aks-late, of which nobody knows until then whom it pulls as. */
    public static void readyAfter(Duration time, ObjectNode estate) {
        estate.path("resources").forEach(each -> {
            if (each.has("readyAfter")) {
                ((ObjectNode) each).put("readyAfter", time.toString());
            }
        });
    }

    /** Takes a role away from the program's identity. */
    public static void without(ObjectNode estate, String role) {
        without(estate, assignment -> assignment.path("role").asText().equals(role));
    }

    /** Takes all roles away from the program's identity. */
    public static void withoutAny(ObjectNode estate) {
        without(estate, assignment -> true);
    }

    private static void without(ObjectNode estate, Predicate<JsonNode> which) {
        ArrayNode assignments = (ArrayNode) estate.path("roleAssignments");
        for (int i = assignments.size() - 1; i >= 0; i--) {
            if (assignments.get(i).path("principalId").asText().equals(PROGRAM) && which.test(assignments.get(i))) {
                assignments.remove(i);
            }
        }
    }

    /** Assigns a role before the test begins. */
    public static ObjectNode assign(ObjectNode estate, String principal, String role, String scope) {
        return ((ArrayNode) estate.path("roleAssignments"))
                .addObject()
                .put("scope", scope)
                .put("principalId", principal)
                .put("role", role);
    }

    /** The body of a resource as ARM answers it. */
    public static ObjectNode resource(ObjectNode estate, String name) {
        return StreamSupport.stream(estate.path("resources").spliterator(), false)
                .map(each -> (ObjectNode) (each.has("resource") ? each.path("resource") : each))
                .filter(each -> each.path("name").asText().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** The id of a cluster of the sample estate, as Azure writes it. */
    public static String cluster(String name) {
        return "/subscriptions/" + PRODUCTION
                + "/resourcegroups/platform/providers/Microsoft.ContainerService/managedClusters/" + name;
    }

    /** The id of a registry of the sample estate, as Azure writes it. */
    public static String registry(String name) {
        return name.equals("acrbilling")
                ? "/subscriptions/" + SHARED
                        + "/resourceGroups/shared/providers/Microsoft.ContainerRegistry/registries/" + name
                : "/subscriptions/" + PRODUCTION
                        + "/resourceGroups/platform/providers/Microsoft.ContainerRegistry/registries/" + name;
    }

    /** The event of a cluster or registry that was made or changed. */
    public static ObjectNode written(String resource) {
        return event("Microsoft.Resources.ResourceWriteSuccess", resource, "write");
    }

    /** The event of a cluster or registry that was deleted. */
    public static ObjectNode deleted(String resource) {
        return event("Microsoft.Resources.ResourceDeleteSuccess", resource, "delete");
    }

    private static ObjectNode event(String type, String resource, String verb) {
        String provider = resource.contains("/registries/")
                ? "Microsoft.ContainerRegistry/registries/"
                : "Microsoft.ContainerService/managedClusters/";
        ObjectNode event = new ObjectMapper()
                .createObjectNode()
                .put("id", UUID.randomUUID().toString())
                .put("eventType", type)
                .put("subject", resource)
                .put("eventTime", Instant.now().toString())
                .put("dataVersion", "2");
        event.putObject("data").put("operationName", provider + verb);
        return event;
    }
}
