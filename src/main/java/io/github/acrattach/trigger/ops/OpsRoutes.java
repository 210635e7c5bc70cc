package io.github.acrattach.trigger.ops;

import io.github.acrattach.trigger.HttpAnswer;
import io.github.acrattach.trigger.HttpCall;
import io.github.acrattach.usecase.InspectInstallation.Worker;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Takes the calls that the Functions host forwards to the custom handler. */
@Singleton
record OpsRoutes(Ops ops) {

    void addTo(@Observes Router router) {
        route(
                router,
                HttpMethod.GET,
                "/api/access",
                call -> ops.access(HttpCall.invocation(call), query(call), Format.accepted(HttpCall.accept(call))));
        route(
                router,
                HttpMethod.GET,
                "/api/self",
                call -> ops.self(HttpCall.invocation(call), Worker.CUSTOM_HANDLER, query(call)));
        route(router, HttpMethod.POST, "/api/attach", call -> ops.attach(read(call)));
        route(router, HttpMethod.POST, "/api/detach", call -> ops.detach(read(call)));
        route(router, HttpMethod.POST, "/api/rotate", call -> ops.rotate(read(call)));
        route(router, HttpMethod.POST, "/api/reconcile", call -> ops.reconcile(read(call)));
    }

    private static Ops.Call read(RoutingContext call) {
        return new Ops.Call(HttpCall.invocation(call), HttpCall.contentType(call), HttpCall.body(call));
    }

    private static void route(
            Router router, HttpMethod method, String path, Function<RoutingContext, HttpAnswer> answer) {
        // As the host compares paths: without case, and without regard to a last slash.
        router.routeWithRegex("(?i)" + path + "/?")
                .handler(only(method))
                // On a worker, since a call waits for Azure; beside the other calls, not after them.
                .blockingHandler(call -> answer.apply(call).send(call.response()), false)
                .failureHandler(OpsRoutes::tell);
    }

    private static Map<String, List<String>> query(RoutingContext call) {
        return call.queryParams().names().stream().collect(Collectors.toMap(name -> name, call.queryParams()::getAll));
    }

    private static Handler<RoutingContext> only(HttpMethod method) {
        return call -> {
            if (call.request().method() == method) {
                call.next();
            } else {
                HttpAnswer.problem(405, "Method not allowed", "Here only " + method + " is understood.")
                        .header("Allow", method.name())
                        .send(call.response());
            }
        };
    }

    private static void tell(RoutingContext call) {
        HttpAnswer.toBrokenRequest(call)
                .orElseGet(() -> HttpCall.defect(call, call.failure()))
                .send(call.response());
    }
}
