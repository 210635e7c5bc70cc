package io.github.acrattach.trigger.ops;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.domain.ArmId;
import io.github.acrattach.domain.Identification;
import io.github.acrattach.domain.Identification.Unidentified;
import io.github.acrattach.domain.Identification.Untold;
import io.github.acrattach.trigger.HttpAnswer;

/** The answer to a call about a pair of which it cannot be told which one is meant. */
final class IdentificationAnswer {

    private IdentificationAnswer() {}

    /** @param registryField what names the registry in the call */
    static HttpAnswer to(Identification failed, String registryField) {
        return failed instanceof Untold untold
                ? OpsAnswer.to(untold.outcome())
                : to((Unidentified) failed, registryField);
    }

    private static HttpAnswer to(Unidentified failed, String registryField) {
        String field = failed.asked().type().equals(ArmId.REGISTRY) ? registryField : "cluster";
        if (failed.isNotFound()) {
            return HttpAnswer.problem(404, "Not found", failed.sentence()).field(field);
        }
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ArrayNode ids = json.putArray("ids");
        failed.ids().forEach(id -> ids.add(id.toString()));
        return HttpAnswer.problem(400, "Bad request", failed.sentence())
                .field(field)
                .with(json);
    }
}
