package io.github.acrattach.domain;

import java.util.Map;
import java.util.Set;

/**
 * A namespace of a cluster, as far as pulling is concerned.
 *
 * @param held what stands there under the name of the pull secret
 * @param referring the service accounts, of those that were asked about, that refer to the pull secret
 */
public record ClusterNamespace(
        String name, Map<String, String> labels, boolean terminating, Held held, Set<String> referring) {

    public ClusterNamespace {
        labels = Map.copyOf(labels);
        referring = Set.copyOf(referring);
    }
}
