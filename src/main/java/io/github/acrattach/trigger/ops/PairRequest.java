package io.github.acrattach.trigger.ops;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.acrattach.domain.ArmId;
import io.github.acrattach.domain.Pairing;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A request about one pair.
 *
 * @param cluster the ARM id of the cluster
 * @param registry the ARM id of the registry
 */
@RegisterForReflection
record PairRequest(
        @JsonProperty("cluster") String cluster,
        @JsonProperty("registry") String registry) {

    static final String EXAMPLE = "{\"cluster\": \"...\", \"registry\": \"...\"}";

    private static final List<String> FIELDS = List.of("cluster", "registry");

    /** How the Functions host lets callers name their key, in any letters; it hands the query on as it came. */
    private static final Set<String> KEY_PARAMETERS = Set.of("code", "clientid");

    /** Reads the pair from a JSON body. */
    static Pairing fromBody(byte[] body) {
        return StrictBody.read(body, PairRequest.class, EXAMPLE).pairing();
    }

    /** Reads the pair from a JSON body; empty when it names neither side, which means all. */
    static Optional<Pairing> fromBodyUnlessAll(byte[] body) {
        return Optional.of(StrictBody.read(body, PairRequest.class, EXAMPLE + ", or {} for all"))
                .filter(request -> request.cluster != null || request.registry != null)
                .map(PairRequest::pairing);
    }

    /** Reads the pair from the query of a URL. */
    static Pairing fromQuery(Map<String, List<String>> query) {
        for (String name : query.keySet()) {
            if (KEY_PARAMETERS.contains(name.toLowerCase(Locale.ROOT))) {
                continue;
            }
            if (!FIELDS.contains(name)) {
                throw StrictBody.unknown(name, FIELDS);
            }
            // The host joins what is given more than once; no id has a comma in it.
            if (query.get(name).size() > 1 || query.get(name).get(0).contains(",")) {
                throw new BadRequest(name, "The parameter " + name + " is given more than once.");
            }
        }
        return new PairRequest(first(query, "cluster"), first(query, "registry")).pairing();
    }

    /** For a call that takes none but those by which callers name their key. */
    static void refuseParameters(Map<String, List<String>> query) {
        query.keySet().stream()
                .filter(name -> !KEY_PARAMETERS.contains(name.toLowerCase(Locale.ROOT)))
                .findFirst()
                .ifPresent(name -> {
                    throw new BadRequest(name, "This call takes no parameters.");
                });
    }

    private static String first(Map<String, List<String>> query, String name) {
        return query.getOrDefault(name, List.of("")).get(0);
    }

    Pairing pairing() {
        return new Pairing(
                id("cluster", Optional.ofNullable(cluster), ArmId.CLUSTER),
                id("registry", Optional.ofNullable(registry), ArmId.REGISTRY));
    }

    private static ArmId id(String field, Optional<String> text, String type) {
        try {
            return ArmId.parse(text.orElse(""), type);
        } catch (IllegalArgumentException e) {
            throw new BadRequest(field, e.getMessage());
        }
    }
}
