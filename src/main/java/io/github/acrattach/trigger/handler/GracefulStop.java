package io.github.acrattach.trigger.handler;

import io.quarkus.runtime.Application;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.vertx.http.HttpServerStart;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.ObservesAsync;

/**
 * Ends the process with 0 when it was told to stop and has done so: the Functions host takes any other code for a crash,
 * and a process that a signal ends has 143.
 */
@ApplicationScoped
class GracefulStop {

    /** Once the program listens: one that could not start keeps its own exit code. */
    void prepare(@ObservesAsync HttpServerStart listening) {
        if (LaunchMode.current() == LaunchMode.NORMAL) {
            Application application = Application.currentApplication();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> end(application), "graceful-stop"));
        }
    }

    private static void end(Application application) {
        application.awaitShutdown();
        System.out.flush();
        Runtime.getRuntime().halt(0);
    }
}
