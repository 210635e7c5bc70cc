package io.github.acrattach.port;

import io.github.acrattach.domain.ArmId;
import io.github.acrattach.domain.Cluster;
import io.github.acrattach.domain.Lookup;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.UUID;

/** The AKS clusters that can be seen. */
public interface Clusters {

    /** One cluster, as it is now. */
    Uni<Lookup<Cluster>> find(ArmId id);

    /** All clusters of a subscription. */
    Uni<Lookup<List<Cluster>>> in(UUID subscription);
}
