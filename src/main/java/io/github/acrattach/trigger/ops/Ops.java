package io.github.acrattach.trigger.ops;

import io.github.acrattach.domain.Pairing;
import io.github.acrattach.trigger.DecisionLog;
import io.github.acrattach.trigger.HttpAnswer;
import io.github.acrattach.trigger.Occasion;
import io.github.acrattach.usecase.EnsurePullAccess;
import io.github.acrattach.usecase.VerifyPullAccess;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What ops teams call, whichever server takes the call: attach a pair by hand, and ask whether a pair has access. */
@ApplicationScoped
public class Ops {

    private static final int MOST_BYTES = 16_384;

    private final EnsurePullAccess ensurePullAccess;
    private final VerifyPullAccess verifyPullAccess;
    private final DecisionLog decisionLog;

    Ops(EnsurePullAccess ensurePullAccess, VerifyPullAccess verifyPullAccess, DecisionLog decisionLog) {
        this.ensurePullAccess = ensurePullAccess;
        this.verifyPullAccess = verifyPullAccess;
        this.decisionLog = decisionLog;
    }

    /** {@code POST /api/attach}. The type keeps web pages out: a browser asks before it sends it to another site. */
    public Uni<HttpAnswer> attach(String invocationId, String contentType, byte[] body) {
        if (contentType == null || !contentType.toLowerCase(Locale.ROOT).startsWith("application/json")) {
            return answer(HttpAnswer.problem(
                    415, "Unsupported media type", "Send the body as Content-Type: application/json."));
        }
        if (body.length > MOST_BYTES) {
            return answer(
                    HttpAnswer.problem(413, "Content too large", "A body has at most " + MOST_BYTES + " bytes here."));
        }
        try {
            Pairing pairing = PairRequest.fromBody(body);
            Occasion occasion = Occasion.call(invocationId, "POST /api/attach");
            return ensurePullAccess
                    .ensure(pairing.cluster(), pairing.registry())
                    .invoke(outcome -> decisionLog.write(outcome, occasion))
                    .map(OpsAnswer::to);
        } catch (BadRequest bad) {
            return answer(bad.answer());
        }
    }

    /** {@code GET /api/access}. */
    public Uni<HttpAnswer> access(Map<String, List<String>> query) {
        try {
            Pairing pairing = PairRequest.fromQuery(query);
            return verifyPullAccess
                    .verify(pairing.cluster(), pairing.registry())
                    .map(OpsAnswer::to);
        } catch (BadRequest bad) {
            return answer(bad.answer());
        }
    }

    private static Uni<HttpAnswer> answer(HttpAnswer answer) {
        return Uni.createFrom().item(answer);
    }
}
