package io.github.acrattach.port;

import io.github.acrattach.domain.ArmId;
import io.github.acrattach.domain.DenyAssignment;
import io.github.acrattach.domain.Lookup;
import java.util.List;

/** What is forbidden at registries, whatever roles allow. */
public interface DenyAssignments {

    /** Those at the registry and above it. */
    Lookup<List<DenyAssignment>> at(ArmId registry);
}
