package io.github.acrattach.emulator.estate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.emulator.http.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.StreamSupport;

/**
 * Everything that exists when the emulator starts, and to which a reset returns.
 *
 * @param managedIdentity the system-assigned identity of the function app
 * @param userAssignedIdentities those that are assigned to it, too
 * @param roleDefinitions the custom roles, each as ARM shows one
 * @param denyAssignments each as ARM shows one
 */
public record Estate(
        Tenant tenant,
        List<Principal> principals,
        List<Group> groups,
        Optional<Principal> managedIdentity,
        List<Principal> userAssignedIdentities,
        List<Subscription> subscriptions,
        List<ManagementGroup> managementGroups,
        List<ResourceGroup> resourceGroups,
        List<Deployment> resources,
        List<Repository> repositories,
        List<JsonNode> roleDefinitions,
        List<Grant> roleAssignments,
        List<JsonNode> denyAssignments,
        List<Lock> locks,
        List<ObjectNode> eventGrid,
        Map<String, Map<String, Map<String, String>>> namespaces) {
    private static final String SAMPLE = "/emulator/sample-estate.json";

    /** Three clusters and three registries of three teams in two subscriptions. */
    public static Estate sample() {
        return resource(SAMPLE);
    }

    /** An estate from the class path. */
    public static Estate resource(String name) {
        try (InputStream in = Estate.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalArgumentException("There is no estate " + name + " on the class path");
            }
            return parse(in.readAllBytes(), name);
        } catch (IOException failed) {
            throw new UncheckedIOException("The estate " + name + " cannot be read", failed);
        }
    }

    public static Estate read(Path file) {
        try {
            return parse(Files.readAllBytes(file), file.toString());
        } catch (IOException failed) {
            throw new UncheckedIOException("The estate " + file + " cannot be read", failed);
        }
    }

    public static Estate of(JsonNode json) {
        List<Principal> principals = list(json, "principals", Principal::read);
        return new Estate(
                Tenant.read(json.path("tenant")),
                principals,
                list(json, "groups", Group::read),
                Json.text(json, "managedIdentity").map(name -> named(principals, name)),
                list(json, "userAssignedIdentities", name -> named(principals, name.asText())),
                list(json, "subscriptions", Subscription::read),
                list(json, "managementGroups", ManagementGroup::read),
                list(json, "resourceGroups", ResourceGroup::read),
                list(json, "resources", Deployment::read),
                list(json, "repositories", Repository::read),
                list(json, "roleDefinitions", Function.identity()),
                list(json, "roleAssignments", Grant::read),
                list(json, "denyAssignments", Function.identity()),
                list(json, "locks", Lock::read),
                list(json, "eventGrid", ObjectNode.class::cast),
                Namespaces.read(json.path("kubernetes")));
    }

    private static Estate parse(byte[] bytes, String name) {
        return of(Json.parseObject(bytes)
                .orElseThrow(() -> new IllegalArgumentException("The estate " + name + " is not a JSON object")));
    }

    private static Principal named(List<Principal> principals, String name) {
        return principals.stream()
                .filter(principal -> name.equals(principal.displayName())
                        || name.equals(principal.objectId())
                        || principal.appId().filter(name::equals).isPresent())
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "The estate's managed identity " + name + " is none of its principals"));
    }

    private static <T> List<T> list(JsonNode json, String field, Function<JsonNode, T> read) {
        return StreamSupport.stream(json.path(field).spliterator(), false)
                .map(read)
                .toList();
    }
}
