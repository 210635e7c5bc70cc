package io.github.acrattach.trigger.worker;

import com.microsoft.azure.functions.internal.spi.middleware.Middleware;
import com.microsoft.azure.functions.internal.spi.middleware.MiddlewareChain;
import com.microsoft.azure.functions.internal.spi.middleware.MiddlewareContext;
import io.github.acrattach.log.Console;
import io.github.acrattach.trigger.FailedStart;
import io.github.acrattach.trigger.SettingNames;
import io.quarkus.runtime.Quarkus;

/**
 * Starts the program in the Java worker, or ends the worker: its host sees that, and starts another. The worker makes it
 * before Quarkus' injector, which would start the program otherwise; and what an injector throws, it tells nobody.
 *
 * <p>The worker finds it by its file in {@code META-INF/services}. Nobody looks there in the executable, which is built
 * without it.
 */
public final class WorkerStart implements Middleware {

    /** For the worker. */
    public WorkerStart() {
        try {
            Console.takeOver();
            SettingNames.check(System.getenv());
            Quarkus.manualInitialize();
            Quarkus.manualStart();
            Console.takeLevels();
        } catch (Exception | Error failure) {
            FailedStart.end(failure);
        }
    }

    @Override
    public void invoke(MiddlewareContext context, MiddlewareChain chain) throws Exception {
        chain.doNext(context);
    }
}
