package io.github.acrattach.trigger;

import io.vertx.ext.web.Router;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Tells callers of anything else what there is. */
@ApplicationScoped
class OtherRoutes {

    private static final HttpAnswer NOT_FOUND = HttpAnswer.problem(
            404, "Not found", "Known are POST /api/attach, GET /api/access and POST /ResourceChanged.");

    void addTo(@Observes Router router) {
        router.errorHandler(404, call -> NOT_FOUND.send(call.response()));
    }
}
