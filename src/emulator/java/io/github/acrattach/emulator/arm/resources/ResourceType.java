package io.github.acrattach.emulator.arm.resources;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.emulator.estate.Principal;
import java.time.Duration;
import java.util.List;

/** What a resource provider decides about one of its types: what it refuses, and what it fills in. */
interface ResourceType {
    /** As in paths and operation names, such as Microsoft.ContainerService/managedClusters. */
    String path();

    /** As in the answers of the provider, which need not be spelled like the path. */
    String answeredType();

    /** How the provider spells resourceGroups in the ids it returns. */
    String groupSegment();

    /** Refuses a body that the provider does not accept for a new resource. */
    void check(String name, ObjectNode body);

    /** A new resource in its final state, and the principals that were made for it. */
    Made make(ResourceId id, ObjectNode body);

    /** Whether answers tell who made it and who changed it last. */
    boolean hasSystemData();

    /** How long making one takes. */
    Duration creation();

    /** What can be seen of a resource while it is being made. */
    ObjectNode unfinished(ObjectNode finished);

    /** A resource as answers show it that are asked for in this version. */
    ObjectNode shown(ObjectNode body, String apiVersion);

    /** A finished body and the identities that Azure made with it. */
    record Made(ObjectNode body, List<Principal> identities) {}
}
