package io.github.acrattach.port;

import io.github.acrattach.domain.ArmId;
import io.github.acrattach.domain.Cluster;
import io.github.acrattach.domain.Lookup;
import java.util.List;
import java.util.UUID;

/** The AKS clusters that can be seen. */
public interface Clusters {

    /** One cluster, as it is now; absent only when Azure itself says that this one does not exist. */
    Lookup<Cluster> find(ArmId id);

    /** All clusters of a subscription. */
    Lookup<List<Cluster>> in(UUID subscription);
}
