package io.github.acrattach.port;

import io.github.acrattach.domain.ArmId;
import io.github.acrattach.domain.Lookup;
import io.github.acrattach.domain.Registry;
import java.util.List;
import java.util.UUID;

/** The ACR registries that can be seen. */
public interface Registries {

    /** One registry, as it is now; absent only when Azure itself says that this one does not exist. */
    Lookup<Registry> find(ArmId id);

    /** All registries of a subscription. */
    Lookup<List<Registry>> in(UUID subscription);
}
