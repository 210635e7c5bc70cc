package io.github.acrattach.trigger.ops;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import io.github.acrattach.domain.ArmId;
import io.github.acrattach.domain.Pairing;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

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

    private static final Set<String> FIELDS = Set.of("cluster", "registry");

    /** How the Functions host lets callers name their key; it hands the query on as it came. */
    private static final Set<String> KEY_PARAMETERS = Set.of("code", "clientId");

    /** As strict as can be: what is misspelled or doubled is refused, not passed over. */
    private static final ObjectReader STRICT = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .withCoercionConfig(LogicalType.Textual, text -> Stream.of(CoercionInputShape.values())
                    .forEach(shape -> text.setCoercion(shape, CoercionAction.Fail)))
            .build()
            .readerFor(PairRequest.class);

    /** Reads the pair from a JSON body. */
    static Pairing fromBody(byte[] body) {
        PairRequest request;
        try {
            request = STRICT.readValue(body);
        } catch (UnrecognizedPropertyException e) {
            throw unknown(e.getPropertyName());
        } catch (MismatchedInputException e) {
            String field = e.getPath().isEmpty()
                    ? ""
                    : String.valueOf(e.getPath().get(0).getFieldName());
            throw FIELDS.contains(field)
                    ? new BadRequest(field, "The field " + field + " is a text: the ARM id.")
                    : new BadRequest("The body is a JSON object: {\"cluster\": \"...\", \"registry\": \"...\"}.");
        } catch (JacksonException e) {
            throw new BadRequest("The body is not JSON, or names a field twice.");
        } catch (IOException e) {
            throw new BadRequest("The body cannot be read.");
        }
        return request == null ? new PairRequest(null, null).pairing() : request.pairing();
    }

    /** Reads the pair from the query of a URL. */
    static Pairing fromQuery(Map<String, List<String>> query) {
        for (String name : query.keySet()) {
            if (KEY_PARAMETERS.contains(name)) {
                continue;
            }
            if (!FIELDS.contains(name)) {
                throw unknown(name);
            }
            if (query.get(name).size() > 1) {
                throw new BadRequest(name, "The parameter " + name + " is given more than once.");
            }
        }
        return new PairRequest(first(query, "cluster"), first(query, "registry")).pairing();
    }

    private static String first(Map<String, List<String>> query, String name) {
        return query.getOrDefault(name, List.of("")).get(0);
    }

    private Pairing pairing() {
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

    private static BadRequest unknown(String name) {
        String shown = name.length() <= 64 ? name : name.substring(0, 64) + "...";
        return new BadRequest(
                shown, "There is no '" + shown + "' here; known are " + List.of("cluster", "registry") + ".");
    }
}
