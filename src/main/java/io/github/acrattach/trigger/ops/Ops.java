package io.github.acrattach.trigger.ops;

import io.github.acrattach.domain.Outcome;
import io.github.acrattach.domain.Pairing;
import io.github.acrattach.domain.PairingRule.Method;
import io.github.acrattach.trigger.DecisionLog;
import io.github.acrattach.trigger.HttpAnswer;
import io.github.acrattach.trigger.Occasion;
import io.github.acrattach.usecase.EnsurePullAccess;
import io.github.acrattach.usecase.ReconcileAll;
import io.github.acrattach.usecase.RevokePullAccess;
import io.github.acrattach.usecase.RotatePullSecrets;
import io.github.acrattach.usecase.VerifyPullAccess;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** What ops teams call, whichever server takes the call. */
@ApplicationScoped
public class Ops {

    private static final int MOST_BYTES = 16_384;

    private final EnsurePullAccess ensurePullAccess;
    private final VerifyPullAccess verifyPullAccess;
    private final RevokePullAccess revokePullAccess;
    private final RotatePullSecrets rotatePullSecrets;
    private final ReconcileAll reconcileAll;
    private final DecisionLog decisionLog;

    Ops(
            EnsurePullAccess ensurePullAccess,
            VerifyPullAccess verifyPullAccess,
            RevokePullAccess revokePullAccess,
            RotatePullSecrets rotatePullSecrets,
            ReconcileAll reconcileAll,
            DecisionLog decisionLog) {
        this.ensurePullAccess = ensurePullAccess;
        this.verifyPullAccess = verifyPullAccess;
        this.revokePullAccess = revokePullAccess;
        this.rotatePullSecrets = rotatePullSecrets;
        this.reconcileAll = reconcileAll;
        this.decisionLog = decisionLog;
    }

    /**
     * A call that changes something.
     *
     * @param invocationId the host's id of it; empty when the host did not tell
     * @param contentType the type of the body; empty when the caller did not tell
     */
    public record Call(String invocationId, String contentType, byte[] body) {}

    /** {@code POST /api/attach}: lets a named cluster pull from a named registry. */
    public Uni<HttpAnswer> attach(Call call) {
        return changing(call, body -> {
            AttachRequest request = AttachRequest.fromBody(body);
            Pairing pairing = request.pairing();
            Optional<Method> method = request.way();
            return one(call, "POST /api/attach", ensurePullAccess.ensure(pairing, method));
        });
    }

    /** {@code POST /api/detach}: takes back what was made for a pair. */
    public Uni<HttpAnswer> detach(Call call) {
        return changing(
                call, body -> one(call, "POST /api/detach", revokePullAccess.revoke(PairRequest.fromBody(body))));
    }

    /** {@code POST /api/rotate}: replaces the password of a named pair now, or all passwords that are due. */
    public Uni<HttpAnswer> rotate(Call call) {
        return changing(call, body -> PairRequest.fromBodyIfAny(body)
                .map(pairing -> one(call, "POST /api/rotate", rotatePullSecrets.rotateNow(pairing)))
                .orElseGet(() -> several(call, "POST /api/rotate", rotatePullSecrets.rotate())));
    }

    /** {@code POST /api/reconcile}: brings everything to where the rules want it. */
    public Uni<HttpAnswer> reconcile(Call call) {
        return changing(
                call,
                body -> several(call, "POST /api/reconcile", reconcileAll.reconcile(ReconcileRequest.revokes(body))));
    }

    /** {@code GET /api/access}: tells by which way a cluster pulls, or why it does not. */
    public Uni<HttpAnswer> access(Map<String, List<String>> query) {
        try {
            return verifyPullAccess.verify(PairRequest.fromQuery(query)).map(AccessAnswer::to);
        } catch (BadRequest bad) {
            return answer(bad.answer());
        }
    }

    /** The type keeps web pages out: a browser asks before it sends it to another site. */
    private static Uni<HttpAnswer> changing(Call call, Function<byte[], Uni<HttpAnswer>> work) {
        if (!call.contentType().toLowerCase(Locale.ROOT).startsWith("application/json")) {
            return answer(HttpAnswer.problem(
                    415, "Unsupported media type", "Send the body as Content-Type: application/json."));
        }
        if (call.body().length > MOST_BYTES) {
            return answer(
                    HttpAnswer.problem(413, "Content too large", "A body has at most " + MOST_BYTES + " bytes here."));
        }
        try {
            return work.apply(call.body());
        } catch (BadRequest bad) {
            return answer(bad.answer());
        }
    }

    private Uni<HttpAnswer> one(Call call, String name, Uni<Outcome> work) {
        Occasion occasion = Occasion.call(call.invocationId(), name);
        return work.invoke(outcome -> decisionLog.write(outcome, occasion)).map(OpsAnswer::to);
    }

    private Uni<HttpAnswer> several(Call call, String name, Uni<List<Outcome>> work) {
        Occasion occasion = Occasion.call(call.invocationId(), name);
        return work.invoke(outcomes -> decisionLog.write(outcomes, occasion)).map(OpsAnswer::to);
    }

    private static Uni<HttpAnswer> answer(HttpAnswer answer) {
        return Uni.createFrom().item(answer);
    }
}
