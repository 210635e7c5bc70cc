package io.github.acrattach.trigger.ops;

import io.github.acrattach.domain.Identification;
import io.github.acrattach.domain.Identification.Identified;
import io.github.acrattach.domain.Outcome;
import io.github.acrattach.domain.PairReference;
import io.github.acrattach.domain.Pairing;
import io.github.acrattach.domain.PairingRule.Method;
import io.github.acrattach.trigger.DecisionLog;
import io.github.acrattach.trigger.HttpAnswer;
import io.github.acrattach.trigger.HttpCall;
import io.github.acrattach.trigger.Invocation;
import io.github.acrattach.trigger.Occasion;
import io.github.acrattach.trigger.event.Events;
import io.github.acrattach.usecase.EnsurePullAccess;
import io.github.acrattach.usecase.IdentifyPair;
import io.github.acrattach.usecase.IdentifyPair.NameAlone;
import io.github.acrattach.usecase.InspectInstallation;
import io.github.acrattach.usecase.InspectInstallation.Worker;
import io.github.acrattach.usecase.ReconcileAll;
import io.github.acrattach.usecase.RevokePullAccess;
import io.github.acrattach.usecase.RotatePullSecrets;
import io.github.acrattach.usecase.VerifyPullAccess;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** What ops teams call, whichever server takes the call. */
@Singleton
public record Ops(
        IdentifyPair identifyPair,
        EnsurePullAccess ensurePullAccess,
        VerifyPullAccess verifyPullAccess,
        RevokePullAccess revokePullAccess,
        RotatePullSecrets rotatePullSecrets,
        ReconcileAll reconcileAll,
        InspectInstallation inspectInstallation,
        DecisionLog decisionLog) {

    private static final int MOST_BYTES = 16_384;

    /**
     * A call that changes something.
     *
     * @param contentType the type of the body; empty when the caller did not tell
     */
    public record Call(Invocation invocation, String contentType, byte[] body) {}

    /** {@code POST /api/attach}: lets a named cluster pull from a named registry. */
    public HttpAnswer attach(Call call) {
        return changing(call, body -> {
            AttachRequest request = AttachRequest.fromBody(body);
            PairReference pair = request.pair();
            Optional<Method> method = request.wanted();
            return one(call, "POST /api/attach", pair, pairing -> ensurePullAccess.ensure(pairing, method));
        });
    }

    /** {@code POST /api/detach}: takes back what was made for a pair. */
    public HttpAnswer detach(Call call) {
        return changing(
                call, body -> one(call, "POST /api/detach", PairRequest.fromBody(body), revokePullAccess::detach));
    }

    /** {@code POST /api/rotate}: replaces the password of a named pair now, or all passwords that are due. */
    public HttpAnswer rotate(Call call) {
        return changing(call, body -> PairRequest.fromBodyUnlessAll(body)
                .map(pair -> one(call, "POST /api/rotate", pair, rotatePullSecrets::rotateNow))
                .orElseGet(() -> several(call, "POST /api/rotate", rotatePullSecrets::rotate)));
    }

    /** {@code POST /api/reconcile}: brings everything to where the rules want it. */
    public HttpAnswer reconcile(Call call) {
        return changing(call, body -> {
            boolean revoke = ReconcileRequest.revokes(body);
            String name = "POST /api/reconcile" + (revoke ? " with revoke" : "");
            return several(call, name, () -> reconcileAll.reconcile(revoke));
        });
    }

    /** {@code GET /api/access}: tells by which way a cluster pulls, or why it does not. */
    public HttpAnswer access(Invocation invocation, Map<String, List<String>> query, Format format) {
        return format.of(access(invocation, query));
    }

    private HttpAnswer access(Invocation invocation, Map<String, List<String>> query) {
        String name = "GET /api/access";
        try {
            AccessRequest request = AccessRequest.fromQuery(query);
            return identified(
                    Occasion.call(invocation, name),
                    request.pair(),
                    NameAlone.SUFFICES,
                    AccessRequest.registryField(query),
                    pairing -> Occasion.call(invocation, name, pairing)
                            .during(() -> AccessAnswer.to(
                                    verifyPullAccess.verify(pairing, request.image()), request.image())));
        } catch (BadRequest bad) {
            return bad.answer();
        }
    }

    /** {@code GET /api/self}: tells whether this installation is whole. */
    public HttpAnswer self(Invocation invocation, Worker worker, Map<String, List<String>> query) {
        try {
            QueryParameters.of(query, List.of());
            return Occasion.call(invocation, "GET /api/self")
                    .during(() -> SelfAnswer.to(inspectInstallation.inspect(worker, Events.wanted())));
        } catch (BadRequest bad) {
            return bad.answer();
        }
    }

    private static HttpAnswer changing(Call call, Function<byte[], HttpAnswer> work) {
        if (call.body().length > MOST_BYTES) {
            return HttpAnswer.problem(413, "Content too large", "A body has at most " + MOST_BYTES + " bytes here.");
        }
        try {
            // Without a body the host passes no type on either: then it is the body that is missing.
            boolean nothing = call.body().length == 0 && call.contentType().isEmpty();
            return (nothing ? Optional.<HttpAnswer>empty() : HttpCall.refusedUnlessJson(call.contentType()))
                    .orElseGet(() -> work.apply(call.body()));
        } catch (BadRequest bad) {
            return bad.answer();
        }
    }

    private HttpAnswer one(Call call, String name, PairReference pair, Function<Pairing, Outcome> work) {
        return identified(
                Occasion.call(call.invocation(), name),
                pair,
                NameAlone.IS_ANSWERED_WITH_ID,
                "registry",
                pairing -> one(Occasion.call(call.invocation(), name, pairing), () -> work.apply(pairing)));
    }

    private HttpAnswer one(Occasion occasion, Supplier<Outcome> work) {
        decisionLog.began(occasion);
        Outcome outcome = occasion.during(work);
        decisionLog.write(outcome, occasion);
        return OpsAnswer.to(outcome);
    }

    private HttpAnswer identified(
            Occasion occasion,
            PairReference pair,
            NameAlone nameAlone,
            String registryField,
            Function<Pairing, HttpAnswer> work) {
        Identification identification = occasion.during(() -> identifyPair.identify(pair, nameAlone));
        return identification instanceof Identified known
                ? work.apply(known.pairing())
                : IdentificationAnswer.to(identification, registryField);
    }

    private HttpAnswer several(Call call, String name, Supplier<List<Outcome>> work) {
        Occasion occasion = Occasion.call(call.invocation(), name);
        decisionLog.began(occasion);
        List<Outcome> outcomes = occasion.during(work);
        decisionLog.write(outcomes, occasion);
        decisionLog.ended(outcomes, occasion);
        return OpsAnswer.to(outcomes);
    }
}
