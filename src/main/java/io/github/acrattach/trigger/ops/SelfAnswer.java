package io.github.acrattach.trigger.ops;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.domain.OutsideText;
import io.github.acrattach.domain.installation.Check;
import io.github.acrattach.domain.installation.Installation;
import io.github.acrattach.trigger.HttpAnswer;
import io.github.acrattach.trigger.Telling;

/** The answer to {@code GET /api/self}. */
final class SelfAnswer {

    private SelfAnswer() {}

    static HttpAnswer to(Installation installation) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("version", installation.version())
                .put("whole", installation.isWhole());
        ArrayNode checks = json.putArray("checks");
        installation.checks().forEach(check -> checks.add(json(check)));
        return HttpAnswer.ok(json);
    }

    private static ObjectNode json(Check check) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("check", Telling.word(check.subject()))
                .put("state", Telling.word(check.state()));
        check.scope().ifPresent(scope -> json.put("scope", scope));
        json.put("seen", OutsideText.onOneLine(check.seen()));
        check.cause().ifPresent(cause -> json.put("cause", OutsideText.onOneLine(cause)));
        check.fix().ifPresent(fix -> json.put("fix", fix));
        return json;
    }
}
