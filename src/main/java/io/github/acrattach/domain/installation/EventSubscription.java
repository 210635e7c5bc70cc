package io.github.acrattach.domain.installation;

import io.github.acrattach.domain.installation.Check.Subject;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * An event subscription of Event Grid.
 *
 * @param id of the event subscription
 * @param topic of the system topic that it hangs on; empty for one that hangs on the subscription itself
 * @param state of its provisioning, such as {@code Succeeded}
 * @param destination the kind of place that the events go to, such as {@code StorageQueue}
 * @param destinationId of that place: a function, or a storage account
 * @param queue in that account
 * @param keepsDeadLetters whether what could not be delivered is kept
 */
public record EventSubscription(
        String id,
        String name,
        String topic,
        String state,
        String destination,
        String destinationId,
        String queue,
        boolean keepsDeadLetters,
        EventFilter filter) {

    /** Whether it sends its events to this app: to its function, or to the queue in its storage account. */
    public boolean leadsTo(HostedApp app) {
        boolean function = destination.equalsIgnoreCase("AzureFunction")
                && app.id()
                        .filter(id -> destinationId.equalsIgnoreCase(id + "/functions/" + HostedApp.EVENT_FUNCTION))
                        .isPresent();
        boolean inQueue = destination.equalsIgnoreCase("StorageQueue")
                && queue.equalsIgnoreCase(HostedApp.EVENT_QUEUE)
                && !app.storage().account().isEmpty()
                && destinationId
                        .toLowerCase(Locale.ROOT)
                        .endsWith("/storageaccounts/" + app.storage().account().toLowerCase(Locale.ROOT));
        return function || inQueue;
    }

    /**
     * Whether it does what it is for.
     *
     * @param scope the subscription, as a scope
     */
    Check check(Collection<WantedEvent> wanted, String scope) {
        String seen = name + " to "
                + (queue.isEmpty() ? destinationId.substring(destinationId.lastIndexOf('/') + 1) : queue) + ", " + state
                + (filter.subjectBegins().isEmpty() ? "" : ", only below " + filter.subjectBegins());
        if (!state.equalsIgnoreCase("Succeeded")) {
            return Check.fails(
                    Subject.EVENT_SUBSCRIPTION,
                    seen,
                    "Event Grid has not taken the event subscription: its state is " + state
                            + ". A function is asked once whether it takes events, and has to be there by then.",
                    (topic.isEmpty()
                                    ? "az eventgrid event-subscription delete --name \"" + name
                                            + "\" --source-resource-id \"" + scope + "\""
                                    : "az eventgrid system-topic event-subscription delete" + at())
                            + "   (and make it again: docs/events.md)");
        }
        List<WantedEvent> kept =
                wanted.stream().filter(event -> !filter.lets(event, scope)).toList();
        if (!kept.isEmpty()) {
            return Check.fails(
                    Subject.EVENT_SUBSCRIPTION,
                    seen,
                    "Its filter keeps out: "
                            + kept.stream()
                                    .map(event -> event.operation() + " by " + lastWord(event.type()))
                                    .collect(Collectors.joining(", "))
                            + ".",
                    update(EventCommand.filter(wanted)));
        }
        return keepsDeadLetters
                ? Check.ok(Subject.EVENT_SUBSCRIPTION, seen)
                : Check.fails(
                        Subject.EVENT_SUBSCRIPTION,
                        seen,
                        "What cannot be delivered is dropped: no dead letters are kept.",
                        update(" --deadletter-endpoint \"<id of the storage account>/blobServices/default/containers/"
                                + EventCommand.DEAD_LETTERS + '"'));
    }

    private String update(String options) {
        return topic.isEmpty()
                ? "az eventgrid event-subscription update --name \"" + name + "\" --source-resource-id \""
                        + id.substring(
                                0, Math.max(0, id.toLowerCase(Locale.ROOT).indexOf("/providers/microsoft.eventgrid/")))
                        + '"' + options
                : "az eventgrid system-topic event-subscription update" + at() + options;
    }

    private String at() {
        String[] segments = topic.split("/");
        return " --name \"" + name + "\" --subscription \"" + segments[2] + "\" --resource-group \"" + segments[4]
                + "\" --system-topic-name \"" + segments[segments.length - 1] + '"';
    }

    private static String lastWord(String type) {
        return type.substring(type.lastIndexOf('.') + 1);
    }
}
