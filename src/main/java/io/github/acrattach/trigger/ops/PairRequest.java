package io.github.acrattach.trigger.ops;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.acrattach.domain.ArmId;
import io.github.acrattach.domain.PairReference;
import io.github.acrattach.domain.ResourceReference;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Objects;
import java.util.Optional;

/**
 * A request about one pair.
 *
 * @param cluster the id of the cluster, or another {@link ResourceReference} to it
 * @param registry the same of the registry
 */
@RegisterForReflection
record PairRequest(
        @JsonProperty("cluster") String cluster,
        @JsonProperty("registry") String registry) {

    static final String EXAMPLE = "{\"cluster\": \"...\", \"registry\": \"...\"}";

    /** Reads the pair from a JSON body. */
    static PairReference fromBody(byte[] body) {
        return StrictBody.read(body, PairRequest.class, EXAMPLE).pair();
    }

    /** Reads the pair from a JSON body; empty when it names neither side, which means all. */
    static Optional<PairReference> fromBodyUnlessAll(byte[] body) {
        return Optional.of(StrictBody.read(body, PairRequest.class, EXAMPLE + ", or {} for all"))
                .filter(request -> request.cluster != null || request.registry != null)
                .map(PairRequest::pair);
    }

    PairReference pair() {
        return pair(Objects.requireNonNullElse(cluster, ""), Objects.requireNonNullElse(registry, ""));
    }

    /** Reads both sides; where each holds the other's id, that is what is said. */
    static PairReference pair(String cluster, String registry) {
        Optional<ArmId> first = id(cluster, ArmId.REGISTRY);
        Optional<ArmId> second = id(registry, ArmId.CLUSTER);
        if (first.isPresent() && second.isPresent()) {
            throw new BadRequest(
                    "cluster",
                    "Cluster and registry are exchanged: the cluster is " + second.get() + ", and the registry "
                            + first.get() + ".");
        }
        return new PairReference(
                reference("cluster", cluster, ArmId.CLUSTER), reference("registry", registry, ArmId.REGISTRY));
    }

    static ResourceReference reference(String field, String text, String type) {
        try {
            return ResourceReference.parse(text, type);
        } catch (IllegalArgumentException e) {
            throw new BadRequest(field, e.getMessage());
        }
    }

    private static Optional<ArmId> id(String text, String type) {
        try {
            return ResourceReference.parse(text, type) instanceof ResourceReference.Id found
                    ? Optional.of(found.id())
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
