package io.github.acrattach.trigger.ops;

import io.github.acrattach.domain.Outcome;
import io.github.acrattach.trigger.DecisionLog;
import io.github.acrattach.trigger.HttpAnswer;
import io.github.acrattach.trigger.HttpCall;
import io.github.acrattach.trigger.Occasion;
import io.github.acrattach.usecase.EnsurePullAccess;
import io.github.acrattach.usecase.ReconcileAll;
import io.github.acrattach.usecase.RevokePullAccess;
import io.github.acrattach.usecase.RotatePullSecrets;
import io.github.acrattach.usecase.VerifyPullAccess;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/** What ops teams call, whichever server takes the call. */
@Singleton
public record Ops(
        EnsurePullAccess ensurePullAccess,
        VerifyPullAccess verifyPullAccess,
        RevokePullAccess revokePullAccess,
        RotatePullSecrets rotatePullSecrets,
        ReconcileAll reconcileAll,
        DecisionLog decisionLog) {

    private static final int MOST_BYTES = 16_384;

    /**
     * A call that changes something.
     *
     * @param invocationId the host's id of it; empty when the host did not tell
     * @param contentType the type of the body; empty when the caller did not tell
     */
    public record Call(String invocationId, String contentType, byte[] body) {}

    /** {@code POST /api/attach}: lets a named cluster pull from a named registry. */
    public HttpAnswer attach(Call call) {
        return changing(call, "POST /api/attach", (body, occasion) -> {
            AttachRequest request = AttachRequest.fromBody(body);
            return one(ensurePullAccess.ensure(request.pairing(), request.way()), occasion);
        });
    }

    /** {@code POST /api/detach}: takes back what was made for a pair. */
    public HttpAnswer detach(Call call) {
        return changing(
                call,
                "POST /api/detach",
                (body, occasion) -> one(revokePullAccess.detach(PairRequest.fromBody(body)), occasion));
    }

    /** {@code POST /api/rotate}: replaces the password of a named pair now, or all passwords that are due. */
    public HttpAnswer rotate(Call call) {
        return changing(call, "POST /api/rotate", (body, occasion) -> PairRequest.fromBodyUnlessAll(body)
                .map(pairing -> one(rotatePullSecrets.rotateNow(pairing), occasion))
                .orElseGet(() -> several(rotatePullSecrets.rotate(), occasion)));
    }

    /** {@code POST /api/reconcile}: brings everything to where the rules want it. */
    public HttpAnswer reconcile(Call call) {
        return changing(
                call,
                "POST /api/reconcile",
                (body, occasion) -> several(reconcileAll.reconcile(ReconcileRequest.revokes(body)), occasion));
    }

    /** {@code GET /api/access}: tells by which way a cluster pulls, or why it does not. */
    public HttpAnswer access(Map<String, List<String>> query) {
        try {
            return AccessAnswer.to(verifyPullAccess.verify(PairRequest.fromQuery(query)));
        } catch (BadRequest bad) {
            return bad.answer();
        }
    }

    private static HttpAnswer changing(Call call, String name, BiFunction<byte[], Occasion, HttpAnswer> work) {
        Optional<HttpAnswer> refusal = HttpCall.refusedUnlessJson(call.contentType());
        if (refusal.isPresent()) {
            return refusal.get();
        }
        if (call.body().length > MOST_BYTES) {
            return HttpAnswer.problem(413, "Content too large", "A body has at most " + MOST_BYTES + " bytes here.");
        }
        try {
            return work.apply(call.body(), Occasion.call(call.invocationId(), name));
        } catch (BadRequest bad) {
            return bad.answer();
        }
    }

    private HttpAnswer one(Outcome outcome, Occasion occasion) {
        decisionLog.write(outcome, occasion);
        return OpsAnswer.to(outcome);
    }

    private HttpAnswer several(List<Outcome> outcomes, Occasion occasion) {
        decisionLog.write(outcomes, occasion);
        return OpsAnswer.to(outcomes);
    }
}
