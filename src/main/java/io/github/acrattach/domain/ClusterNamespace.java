package io.github.acrattach.domain;

import java.util.Map;
import java.util.Optional;

/**
 * A namespace of a cluster, as far as pulling is concerned.
 *
 * @param held what stands there under the name of the pull secret
 * @param references which of its service accounts refer to the pull secret; empty where they cannot be seen
 */
public record ClusterNamespace(
        String name, Map<String, String> labels, boolean terminating, Held held, Optional<References> references) {

    public ClusterNamespace {
        labels = Map.copyOf(labels);
    }
}
