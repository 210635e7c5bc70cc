package io.github.acrattach.domain.installation;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The function app that runs this program, as its environment tells it.
 *
 * @param startedByHost whether the Functions host started it as a custom handler
 * @param id the ARM id of the app; empty where this is none
 * @param hostIds what its host may call itself, the likeliest first; empty where this is no app
 * @param hostJson each value of host.json by its path, such as {@code extensions__queues__maxDequeueCount}, as app settings
 *     override it; empty where host.json cannot be read
 */
public record HostedApp(
        boolean startedByHost,
        Optional<String> id,
        List<String> hostIds,
        Optional<Map<String, String>> hostJson,
        HostStorage storage) {

    /** The function that Event Grid calls. */
    public static final String EVENT_FUNCTION = "ResourceChanged";

    /** The function that the host calls with what is in the queue. */
    public static final String QUEUE_FUNCTION = "ResourceChangeQueued";

    /** The queue that events are read from. */
    public static final String EVENT_QUEUE = "acr-attach-events";

    /** Where the host puts what no try could handle. */
    public static final String POISON_QUEUE = EVENT_QUEUE + "-poison";

    /** The function that the timer calls. */
    public static final String TIMER_FUNCTION = "RotatePullSecrets";

    public HostedApp {
        hostIds = List.copyOf(hostIds);
    }

    /** The resource group of the app, as a scope. */
    Optional<String> group() {
        return id.map(app -> app.substring(0, app.indexOf("/providers/")));
    }

    /** Whether an event subscription can send anything here. */
    public boolean canBeSentTo() {
        return id.isPresent() || !storage.account().isEmpty();
    }
}
