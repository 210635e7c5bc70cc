package io.github.acrattach.port;

import io.github.acrattach.domain.ArmId;
import io.github.acrattach.domain.Lookup;
import io.github.acrattach.domain.RoleDefinition;
import java.time.Duration;
import java.util.UUID;

/** What roles allow. */
public interface RoleDefinitions {

    /**
     * The role as it can be assigned at the registry.
     *
     * @param age how old the answer may be: roles are read often and changed hardly ever
     */
    Lookup<RoleDefinition> find(ArmId registry, UUID role, Duration age);
}
