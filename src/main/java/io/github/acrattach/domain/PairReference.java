package io.github.acrattach.domain;

import java.util.Optional;

/** A cluster and a registry as somebody names them. */
public record PairReference(ResourceReference cluster, ResourceReference registry) {

    /** The pair, where both are named by their ids: then it is known without a look at Azure. */
    public Optional<Pairing> pairing() {
        return cluster instanceof ResourceReference.Id aks && registry instanceof ResourceReference.Id acr
                ? Optional.of(new Pairing(aks.id(), acr.id()))
                : Optional.empty();
    }
}
