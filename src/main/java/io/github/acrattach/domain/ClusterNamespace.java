package io.github.acrattach.domain;

import java.util.Map;
import java.util.Optional;

/**
 * A namespace of a cluster, as far as pulling is concerned.
 *
 * @param secret the name of the pull secret there
 * @param held what stands there under the name of the pull secret
 * @param references which of its service accounts refer to the pull secret; empty where they cannot be seen
 */
public record ClusterNamespace(
        String name,
        Map<String, String> labels,
        boolean terminating,
        String secret,
        Held held,
        Optional<References> references) {

    public ClusterNamespace {
        labels = Map.copyOf(labels);
    }

    /** The same after more was learnt of what stands there. */
    ClusterNamespace holding(Held other) {
        return new ClusterNamespace(name, labels, terminating, secret, other, references);
    }
}
