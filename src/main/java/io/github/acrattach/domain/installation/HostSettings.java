package io.github.acrattach.domain.installation;

import io.github.acrattach.domain.installation.Check.Subject;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What host.json says, as app settings override it, against what this program needs
 * (learn.microsoft.com/azure/azure-functions/functions-host-json).
 */
public final class HostSettings {

    /** An app setting of this name and the path of a value overrides it. */
    public static final String OVERRIDE = "AzureFunctionsJobHost__";

    /** How long the host waits for a function that hangs. What it kills then takes all with it that runs beside it. */
    public static final Duration LONGEST_TIMEOUT = Duration.ofMinutes(5);

    /** How often a queue brings a message before it is poison. */
    public static final int QUEUE_TRIES = 20;

    /** After which time a queue brings a message again whose try failed. */
    public static final Duration QUEUE_PAUSE = Duration.ofMinutes(1);

    private static final String TIMEOUT = "functionTimeout";
    private static final String INSIGHTS = "logging__applicationInsights__";
    private static final String DEPENDENCIES = INSIGHTS + "enableDependencyTracking";
    private static final String SAMPLING = INSIGHTS + "samplingSettings__";
    private static final String QUEUES = "extensions__queues__";

    /** A .NET TimeSpan: days, hours, minutes, seconds. */
    private static final Pattern TIME_SPAN = Pattern.compile("(?:(\\d{1,3})[.])?(\\d{1,2}):(\\d{2}):(\\d{2})");

    private static final List<String> KEPT = List.of("Trace", "Exception");

    private final Map<String, String> values = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final Duration longestCall;

    /** @param longestCall what the slowest call of this program takes, its answer included */
    public HostSettings(Map<String, String> values, Duration longestCall) {
        this.values.putAll(values);
        this.longestCall = longestCall;
    }

    /** One check for each thing that this program needs. */
    public List<Check> checks() {
        return List.of(timeout(), sampling(), dependencyTracking(), queues());
    }

    private Check timeout() {
        String seen = value(TIMEOUT).orElse("not set, which is 30 minutes");
        Duration timeout = value(TIMEOUT).flatMap(HostSettings::timeSpan).orElse(Duration.ofMinutes(30));
        if (timeout.compareTo(longestCall) <= 0) {
            return Check.fails(
                    Subject.FUNCTION_TIMEOUT,
                    seen,
                    "The host kills this program while it still works: a call takes up to " + longestCall.toSeconds()
                            + " s.",
                    set(TIMEOUT, span(LONGEST_TIMEOUT)));
        }
        if (timeout.compareTo(LONGEST_TIMEOUT) > 0) {
            return Check.fails(
                    Subject.FUNCTION_TIMEOUT,
                    seen,
                    "A call that hangs is waited for too long: none takes more than " + longestCall.toSeconds() + " s.",
                    set(TIMEOUT, span(LONGEST_TIMEOUT)));
        }
        return Check.ok(Subject.FUNCTION_TIMEOUT, seen);
    }

    private Check sampling() {
        boolean on = isOn(SAMPLING + "isEnabled");
        Set<String> excluded = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        excluded.addAll(
                List.of(value(SAMPLING + "excludedTypes").orElse("").strip().split("\\s*;\\s*")));
        String seen = on ? "all types but " + String.join(";", excluded) : "off";
        return !on || excluded.containsAll(KEPT)
                ? Check.ok(Subject.SAMPLING, seen)
                : Check.fails(
                        Subject.SAMPLING,
                        seen.strip(),
                        "Application Insights keeps some of the lines alone, so that decisions are missing there.",
                        set(SAMPLING + "excludedTypes", String.join(";", KEPT)));
    }

    private Check dependencyTracking() {
        return isOn(DEPENDENCIES)
                ? Check.fails(
                        Subject.DEPENDENCY_TRACKING,
                        "on",
                        "Application Insights stores the URL of each call, and with it the function key of whoever sends"
                                + " it as ?code=.",
                        set(DEPENDENCIES, "false"))
                : Check.ok(Subject.DEPENDENCY_TRACKING, "off");
    }

    private Check queues() {
        String tries = value(QUEUES + "maxDequeueCount").orElse("5");
        String pause = value(QUEUES + "visibilityTimeout").orElse("00:00:00");
        String encoding = value(QUEUES + "messageEncoding").orElse("base64");
        String seen = tries + " tries, " + pause + " between them, " + encoding;
        if (!tries.equals(String.valueOf(QUEUE_TRIES))) {
            return queuesFail(
                    seen,
                    "This program takes the try number " + QUEUE_TRIES + " of a message for the last.",
                    set(QUEUES + "maxDequeueCount", String.valueOf(QUEUE_TRIES)));
        }
        if (timeSpan(pause).filter(QUEUE_PAUSE::equals).isEmpty()) {
            return queuesFail(
                    seen,
                    "What waits for a cluster in creation needs " + QUEUE_PAUSE.toSeconds() + " s between its tries.",
                    set(QUEUES + "visibilityTimeout", span(QUEUE_PAUSE)));
        }
        return encoding.equalsIgnoreCase("base64")
                ? Check.ok(Subject.QUEUE_SETTINGS, seen)
                : queuesFail(
                        seen,
                        "Event Grid writes its messages in base64, and the host puts them aside as poison.",
                        set(QUEUES + "messageEncoding", "base64"));
    }

    private static Check queuesFail(String seen, String cause, String fix) {
        return Check.fails(Subject.QUEUE_SETTINGS, seen, cause, fix);
    }

    private Optional<String> value(String path) {
        return Optional.ofNullable(values.get(path)).filter(value -> !value.isBlank());
    }

    /** What the host takes for on where nothing is said. */
    private boolean isOn(String path) {
        return !value(path).orElse("true").strip().equalsIgnoreCase("false");
    }

    private static Optional<Duration> timeSpan(String text) {
        Matcher span = TIME_SPAN.matcher(text.strip());
        return span.matches()
                ? Optional.of(Duration.ofDays(span.group(1) == null ? 0 : Long.parseLong(span.group(1)))
                        .plusHours(Long.parseLong(span.group(2)))
                        .plusMinutes(Long.parseLong(span.group(3)))
                        .plusSeconds(Long.parseLong(span.group(4))))
                : Optional.empty();
    }

    private static String span(Duration time) {
        return String.format(Locale.ROOT, "%02d:%02d:%02d", time.toHours(), time.toMinutesPart(), time.toSecondsPart());
    }

    private static String set(String path, String value) {
        return "set the app setting " + OVERRIDE + path + "=" + value + ", or deploy the package as it was built";
    }
}
