package io.github.acrattach.trigger.ops;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.cfg.MutableCoercionConfig;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.type.LogicalType;
import io.github.acrattach.domain.OutsideText;
import io.github.acrattach.trigger.OutsideJson;
import java.io.IOException;
import java.util.Collection;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Reads bodies as strictly as can be: what is misspelled or doubled is refused, not passed over. */
final class StrictBody {

    private static final ObjectMapper STRICT = OutsideJson.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .withCoercionConfig(LogicalType.Textual, StrictBody::refuseAllButItself)
            .withCoercionConfig(LogicalType.Boolean, StrictBody::refuseAllButItself)
            .build();

    private static final int READABLE = 64;

    private StrictBody() {}

    private static void refuseAllButItself(MutableCoercionConfig type) {
        Stream.of(CoercionInputShape.values()).forEach(shape -> type.setCoercion(shape, CoercionAction.Fail));
    }

    /** The example tells a caller what to send instead. */
    static <T> T read(byte[] body, Class<T> type, String example) {
        try {
            T read = STRICT.readerFor(type).readValue(body);
            if (read == null) {
                throw notAnObject(example);
            }
            return read;
        } catch (UnrecognizedPropertyException e) {
            throw unknown(
                    e.getPropertyName(),
                    new TreeSet<>(e.getKnownPropertyIds().stream()
                            .map(String::valueOf)
                            .toList()));
        } catch (MismatchedInputException e) {
            throw e.getPath().isEmpty() || e.getPath().get(0).getFieldName() == null
                    ? notAnObject(example)
                    : mistyped(e.getPath().get(0).getFieldName(), e.getTargetType());
        } catch (IOException e) {
            throw new BadRequest("The body " + new OutsideJson.Unreadable(e).reason());
        }
    }

    private static BadRequest notAnObject(String example) {
        return new BadRequest("The body is a JSON object: " + example + ".");
    }

    private static BadRequest mistyped(String field, Class<?> wanted) {
        return new BadRequest(
                field, "The field " + field + " is " + (wanted == Boolean.class ? "true or false" : "a text") + ".");
    }

    /** A name that is none of those that are known. */
    static BadRequest unknown(String name, Collection<String> known) {
        String shown = OutsideText.word(name.length() <= READABLE ? name : name.substring(0, READABLE) + "...");
        return new BadRequest(shown, "There is no '" + shown + "' here; known are " + known + ".");
    }
}
