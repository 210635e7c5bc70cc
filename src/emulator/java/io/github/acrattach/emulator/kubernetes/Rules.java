package io.github.acrattach.emulator.kubernetes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** All that is wrong with an object, whether it is new or changed. */
final class Rules {
    private Rules() {}

    static List<Cause> check(Kind kind, ObjectNode object) {
        List<Cause> causes = new ArrayList<>(MetadataRules.check(kind, object));
        if (kind == Kind.SECRET) {
            causes.addAll(SecretRules.check(object));
        }
        object.path("spec").path("hard").properties().stream()
                .filter(limit -> limit.getValue().asInt() < 0)
                .map(limit -> Cause.invalid(
                        "spec.hard[" + limit.getKey() + "]",
                        limit.getValue().asText(),
                        "must be greater than or equal to 0"))
                .forEach(causes::add);
        return causes;
    }
}
