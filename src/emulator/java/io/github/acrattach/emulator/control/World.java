package io.github.acrattach.emulator.control;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.emulator.estate.Grant;
import io.github.acrattach.emulator.kubernetes.AdmissionRule;
import java.util.Optional;

/** What the control API may do to the emulator as a whole. */
public interface World {
    /** What exists now, without anybody's secrets. */
    ObjectNode describe();

    /** Back to the loaded estate. */
    void reset();

    /** Makes a role assignment that somebody else made, and answers it as ARM does. */
    ObjectNode assign(Grant grant);

    /** Makes a custom role that somebody else made; it is, and is answered, as ARM shows one. */
    ObjectNode plantRoleDefinition(ObjectNode body);

    /** Makes a deny assignment, which nobody can make through ARM; it is, and is answered, as ARM shows one. */
    ObjectNode plantDenyAssignment(ObjectNode body);

    /** Makes a resource that somebody else made; it is, and is answered, as ARM shows one, and no event tells of it. */
    ObjectNode plantResource(ObjectNode body);

    /** Changes a resource as no call of ARM would; what is null goes away, and no event tells of it. */
    ObjectNode changeResource(String id, ObjectNode changes);

    /** Has all clients of registries come from an address, and from a subnet with a service endpoint if one is given. */
    void moveRegistryClients(String address, Optional<String> subnet);

    /** Makes a scope map or a token of a registry that somebody else made, and answers it as ARM does. */
    ObjectNode plantRegistryChild(String id, ObjectNode properties, String createdBy);

    /** Has a webhook or policy refuse what is written into the small clusters. */
    void refuse(AdmissionRule rule);
}
