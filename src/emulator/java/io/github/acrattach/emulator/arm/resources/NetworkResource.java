package io.github.acrattach.emulator.arm.resources;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a cluster's traffic leaves through: public addresses, prefixes of them, and the NAT gateways of subnets. They are what
 * their JSON says: learn.microsoft.com/rest/api/virtualnetwork.
 */
record NetworkResource(String path) implements ResourceType {

    static List<NetworkResource> all() {
        return Stream.of("publicIPAddresses", "publicIPPrefixes", "natGateways", "virtualNetworks")
                .map(each -> new NetworkResource("Microsoft.Network/" + each))
                .toList();
    }

    @Override
    public String answeredType() {
        return path;
    }

    @Override
    public String groupSegment() {
        return "resourceGroups";
    }

    @Override
    public void check(String name, ObjectNode body) {
        // Whatever is asked for is made.
    }

    @Override
    public Made make(ResourceId id, ObjectNode body) {
        ObjectNode made = body.deepCopy();
        made.withObject("/properties").put("provisioningState", "Succeeded");
        return new Made(made, List.of());
    }

    @Override
    public boolean hasSystemData() {
        return false;
    }

    @Override
    public Duration creation() {
        return Duration.ZERO;
    }

    @Override
    public ObjectNode unfinished(ObjectNode finished) {
        ObjectNode body = finished.deepCopy();
        body.withObject("/properties").put("provisioningState", "Updating");
        return body;
    }

    @Override
    public ObjectNode shown(ObjectNode body, String apiVersion) {
        return body;
    }
}
