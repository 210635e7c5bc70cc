package io.github.acrattach.trigger;

import io.github.acrattach.domain.FunctionApp;
import io.github.acrattach.domain.installation.HostedApp;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;

/**
 * The triggers that somebody has switched off in the Functions host, which then calls nothing and reports nothing
 * (learn.microsoft.com/azure/azure-functions/disable-function). It may be meant, in a deployment slot for one, and so is told
 * once, at the start.
 */
@Singleton
final class DisabledFunctions {

    private static final Logger LOG = Logger.getLogger(DisabledFunctions.class);

    /** In the environment of an app on Linux, a dot can be one underscore or two. */
    private static final Pattern SETTING = Pattern.compile(
            "AzureWebJobs(?:[.]|__?)(ResourceChanged|RotatePullSecrets)(?:[.]|__?)Disabled", Pattern.CASE_INSENSITIVE);

    /** What else the host takes for true is the name of another setting. */
    private static final Pattern TRUE = Pattern.compile("true|1", Pattern.CASE_INSENSITIVE);

    private DisabledFunctions() {}

    static void tell(@Observes StartupEvent started) {
        in(System.getenv()).forEach(LOG::warn);
    }

    /** What is not done because of them, as full sentences. */
    static List<String> in(Map<String, String> environment) {
        return environment.entrySet().stream()
                .filter(each -> TRUE.matcher(each.getValue().strip()).matches())
                .map(each -> SETTING.matcher(each.getKey()))
                .filter(Matcher::matches)
                .map(setting -> told(setting.group(), setting.group(1), FunctionApp.in(environment)))
                .toList();
    }

    private static String told(String setting, String function, FunctionApp app) {
        boolean isTimer = function.equalsIgnoreCase(HostedApp.TIMER_FUNCTION);
        return "The function " + (isTimer ? HostedApp.TIMER_FUNCTION : HostedApp.EVENT_FUNCTION)
                + " is disabled by the setting "
                + setting
                + (isTimer
                        ? ": no password is renewed before it expires, unless POST /api/rotate {} is called instead."
                        : ": no event attaches anything, only POST /api/attach and /api/reconcile.")
                + " To enable it: " + app.deleteSettings('"' + setting + '"');
    }
}
