package io.github.acrattach.trigger.ops;

import io.github.acrattach.domain.Pairing;
import io.github.acrattach.trigger.DecisionLog;
import io.github.acrattach.trigger.HttpProblem;
import io.github.acrattach.trigger.Stopwatch;
import io.github.acrattach.usecase.EnsurePullAccess;
import io.github.acrattach.usecase.VerifyPullAccess;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Locale;
import org.jboss.logging.Logger;

/** {@code POST /api/attach} and {@code GET /api/access}: what ops teams call. */
@ApplicationScoped
class OpsRoutes {

    private static final Logger LOG = Logger.getLogger(OpsRoutes.class);
    private static final int MOST_BYTES = 16_384;

    private final EnsurePullAccess ensurePullAccess;
    private final VerifyPullAccess verifyPullAccess;

    OpsRoutes(EnsurePullAccess ensurePullAccess, VerifyPullAccess verifyPullAccess) {
        this.ensurePullAccess = ensurePullAccess;
        this.verifyPullAccess = verifyPullAccess;
    }

    void addTo(@Observes Router router) {
        router.route("/api/attach")
                .handler(only(HttpMethod.POST))
                .handler(OpsRoutes::onlyJson)
                .handler(this::attach)
                .failureHandler(OpsRoutes::tell);
        router.route("/api/access")
                .handler(only(HttpMethod.GET))
                .handler(this::access)
                .failureHandler(OpsRoutes::tell);
    }

    private void attach(RoutingContext call) {
        byte[] body = call.body().buffer() == null
                ? new byte[0]
                : call.body().buffer().getBytes();
        if (body.length > MOST_BYTES) {
            call.fail(413);
            return;
        }
        Pairing pairing = PairRequest.fromBody(body);
        Stopwatch watch = new Stopwatch();
        ensurePullAccess
                .ensure(pairing.cluster(), pairing.registry())
                .invoke(outcome -> DecisionLog.write(outcome, "POST /api/attach", watch.millis()))
                .subscribe()
                .with(outcome -> OpsAnswer.to(outcome).send(call.response()), call::fail);
    }

    private void access(RoutingContext call) {
        Pairing pairing = PairRequest.fromQuery(call.queryParams());
        verifyPullAccess
                .verify(pairing.cluster(), pairing.registry())
                .subscribe()
                .with(verified -> OpsAnswer.to(verified).send(call.response()), call::fail);
    }

    private static Handler<RoutingContext> only(HttpMethod method) {
        return call -> {
            if (call.request().method() == method) {
                call.next();
            } else {
                call.response().putHeader("Allow", method.name());
                HttpProblem.of(405, "Method not allowed", "Here only " + method + " is understood.")
                        .send(call.response());
            }
        };
    }

    /** Also keeps web pages out: a browser asks before it sends this type to another site. */
    private static void onlyJson(RoutingContext call) {
        String type = call.request().getHeader("Content-Type");
        if (type != null && type.toLowerCase(Locale.ROOT).startsWith("application/json")) {
            call.next();
        } else {
            HttpProblem.of(415, "Unsupported media type", "Send the body as Content-Type: application/json.")
                    .send(call.response());
        }
    }

    private static void tell(RoutingContext call) {
        if (call.failure() instanceof BadRequest bad) {
            HttpProblem problem = HttpProblem.of(400, "Bad request", bad.getMessage());
            bad.field().ifPresent(problem::field);
            problem.send(call.response());
        } else if (call.statusCode() == 413) {
            HttpProblem.of(413, "Content too large", "A body has at most " + MOST_BYTES + " bytes here.")
                    .send(call.response());
        } else if (HttpProblem.ofBrokenRequest(call.failure()).isPresent()) {
            HttpProblem.ofBrokenRequest(call.failure()).get().send(call.response());
        } else {
            LOG.errorf(call.failure(), "A defect of this program ended %s.", call.normalizedPath());
            HttpProblem.of(500, "Defect", "A defect of this program ended the call; its log tells more.")
                    .send(call.response());
        }
    }
}
