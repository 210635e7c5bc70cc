package io.github.acrattach.domain.installation;

import java.util.Collection;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The command that has the events of a subscription sent to this app; docs/events.md explains it. */
final class EventCommand {

    /** The container for what could not be delivered. */
    static final String DEAD_LETTERS = "acr-attach-dead-letters";

    private EventCommand() {}

    static String create(HostedApp app, Collection<WantedEvent> wanted, String scope) {
        String account = app.group().orElse("<resource group of the storage account>")
                + "/providers/Microsoft.Storage/storageAccounts/"
                + (app.storage().account().isEmpty()
                        ? "<storage account>"
                        : app.storage().account());
        return "az eventgrid system-topic event-subscription create --name acr-attach --subscription \""
                + scope.substring(scope.lastIndexOf('/') + 1)
                + "\" --resource-group \"<resource group of the topic>\" --system-topic-name \"<system topic of the"
                + " subscription>\" --endpoint-type storagequeue --endpoint \"" + account
                + "/queueServices/default/queues/" + HostedApp.EVENT_QUEUE + "\" --deadletter-endpoint \"" + account
                + "/blobServices/default/containers/" + DEAD_LETTERS + "\"" + filter(wanted)
                + "   (az eventgrid system-topic list names the topic; docs/events.md says how to make one)";
    }

    /** The options that let through what is wanted, and little else. */
    static String filter(Collection<WantedEvent> wanted) {
        return " --included-event-types " + each(wanted, WantedEvent::type)
                + " --advanced-filter data.operationName StringIn " + each(wanted, WantedEvent::operation)
                + " --advanced-filter subject StringContains "
                + each(wanted, event -> "/providers/" + event.resourceType() + "/");
    }

    private static String each(Collection<WantedEvent> wanted, Function<WantedEvent, String> part) {
        return wanted.stream().map(part).distinct().collect(Collectors.joining(" "));
    }
}
