package io.github.acrattach.trigger;

import io.github.acrattach.domain.FunctionApp;
import io.github.acrattach.domain.installation.HostedApp;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * The triggers that somebody has switched off in the Functions host, which then calls nothing and reports nothing
 * (learn.microsoft.com/azure/azure-functions/disable-function). It may be meant, in a deployment slot for one, and so is told
 * once, at the start. Events come to one of two functions, and only Event Grid knows to which: so each is told with the
 * delivery that it is for.
 */
@Singleton
final class DisabledFunctions {

    private static final Logger LOG = Logger.getLogger(DisabledFunctions.class);

    /** In the environment of an app on Linux, a dot can be one underscore or two. */
    private static final Pattern SETTING = Pattern.compile(
            "AzureWebJobs(?:[.]|__?)(" + HostedApp.EVENT_FUNCTION + '|' + HostedApp.QUEUE_FUNCTION + '|'
                    + HostedApp.TIMER_FUNCTION + ")(?:[.]|__?)Disabled",
            Pattern.CASE_INSENSITIVE);

    /** What else the host takes for true is the name of another setting. */
    private static final Pattern TRUE = Pattern.compile("true|1", Pattern.CASE_INSENSITIVE);

    private DisabledFunctions() {}

    static void tell(@Observes StartupEvent started) {
        in(System.getenv()).forEach(LOG::warn);
    }

    /** What is not done because of them, as full sentences. */
    static List<String> in(Map<String, String> environment) {
        Map<String, String> functions = new TreeMap<>();
        environment.forEach((name, value) -> {
            Matcher setting = SETTING.matcher(name);
            if (setting.matches() && TRUE.matcher(value.strip()).matches()) {
                functions.put(name, function(setting.group(1)));
            }
        });
        FunctionApp app = FunctionApp.in(environment);
        return functions.entrySet().stream()
                .map(each -> "The function " + each.getValue() + " is disabled by the setting " + each.getKey() + ": "
                        + consequence(each.getValue(), functions.values()) + " To enable it: "
                        + app.deleteSettings('"' + each.getKey() + '"'))
                .toList();
    }

    private static String function(String spelt) {
        return Stream.of(HostedApp.EVENT_FUNCTION, HostedApp.QUEUE_FUNCTION, HostedApp.TIMER_FUNCTION)
                .filter(spelt::equalsIgnoreCase)
                .findFirst()
                .orElseThrow();
    }

    private static String consequence(String function, Collection<String> disabled) {
        if (function.equals(HostedApp.TIMER_FUNCTION)) {
            return "no password is renewed before it expires, unless POST /api/rotate {} is called instead, and nothing makes"
                    + " up for events that were lost.";
        }
        String instead = "no event attaches anything, only "
                + (disabled.contains(HostedApp.TIMER_FUNCTION) ? "" : "the timer, within an hour, and ")
                + "POST /api/attach and /api/reconcile";
        boolean isOfQueue = function.equals(HostedApp.QUEUE_FUNCTION);
        String waits = isOfQueue ? ": they wait in the queue, and are lost once they are too old for it." : ".";
        if (disabled.containsAll(List.of(HostedApp.EVENT_FUNCTION, HostedApp.QUEUE_FUNCTION))) {
            return instead + ", since both functions that take events are disabled" + waits;
        }
        return isOfQueue
                ? "where events come by the queue " + HostedApp.EVENT_QUEUE + " (the template's default), " + instead
                        + waits + " Where Event Grid calls the function " + HostedApp.EVENT_FUNCTION
                        + ", it has no part."
                : "where Event Grid calls it (the template's delivery=function), " + instead + waits
                        + " Where events come by the queue " + HostedApp.EVENT_QUEUE + ", it has no part.";
    }
}
