package io.github.acrattach.trigger;

import io.vertx.ext.web.Router;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Tells callers of anything else what there is, in the words that all errors here have. */
@ApplicationScoped
class OtherRoutes {

    void addTo(@Observes Router router) {
        router.errorHandler(404, call -> HttpProblem.of(
                        404, "Not found", "Known are POST /api/attach, GET /api/access and POST /ResourceChanged.")
                .send(call.response()));
        router.errorHandler(400, call -> HttpProblem.of(400, "Bad request", "The request line cannot be read.")
                .send(call.response()));
    }
}
