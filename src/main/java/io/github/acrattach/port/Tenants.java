package io.github.acrattach.port;

import io.github.acrattach.domain.Lookup;
import java.util.Map;
import java.util.UUID;

/** The tenants of Entra ID; asked only for what no role can bring together. */
public interface Tenants {

    /** The tenant of each subscription that this program may read, where it is shown: one request for all of them. */
    Lookup<Map<UUID, UUID>> bySubscription();
}
