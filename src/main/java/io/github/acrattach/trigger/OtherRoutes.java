package io.github.acrattach.trigger;

import io.vertx.ext.web.Router;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Tells callers of anything else what there is. */
@ApplicationScoped
class OtherRoutes {

    private static final HttpAnswer NOT_FOUND = HttpAnswer.problem(
            404,
            "Not found",
            "Known are GET /api/access and /api/self, POST /api/attach, /api/detach, /api/rotate and /api/reconcile, and, for the"
                    + " Functions host, POST /ResourceChanged, /ResourceChangeQueued and /RotatePullSecrets.");

    void addTo(@Observes Router router) {
        router.errorHandler(404, call -> NOT_FOUND.send(call.response()));
    }
}
