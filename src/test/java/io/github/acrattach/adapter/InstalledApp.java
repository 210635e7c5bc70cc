package io.github.acrattach.adapter;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.Estates;
import io.github.acrattach.emulator.Emulator;
import io.github.acrattach.emulator.eventgrid.EventFilter;
import io.github.acrattach.emulator.eventgrid.FilterCommand;
import io.github.acrattach.emulator.storage.StorageAccount;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** What a deployment of the program leaves in Azure beside it, as the emulator's estate holds it. */
public final class InstalledApp {

    public static final String SITE = "func-acr-attach";
    public static final String ACCOUNT = "stacrattach";
    public static final String SUBSCRIPTION_NAME = "acr-attach";
    public static final String GROUP = "rg-acr-attach";
    private static final String PROVIDERS =
            "/subscriptions/" + Estates.PRODUCTION + "/resourceGroups/" + GROUP + "/providers/";
    public static final String ACCOUNT_ID = PROVIDERS + "Microsoft.Storage/storageAccounts/" + ACCOUNT;
    public static final String TOPIC = PROVIDERS + "Microsoft.EventGrid/systemTopics/evgt-acr-attach";

    private InstalledApp() {}

    /** What Azure, and the deployment, set in the environment of the app. */
    public static Map<String, String> settings(Emulator emulator) {
        return Map.of(
                "WEBSITE_SITE_NAME",
                SITE,
                "WEBSITE_OWNER_NAME",
                Estates.PRODUCTION + "+" + GROUP + "-WestEuropewebspace-Linux",
                "WEBSITE_RESOURCE_GROUP",
                GROUP,
                "AzureWebJobsStorage__blobServiceUri",
                emulator.storage().blobs(ACCOUNT).toString(),
                "AzureWebJobsStorage__queueServiceUri",
                emulator.storage().queues(ACCOUNT).toString());
    }

    /** The storage account, as the host leaves it while it works: its timer has run at that time. */
    public static StorageAccount storage(Emulator emulator, Instant lastRun) {
        return emulator.storage()
                .create(ACCOUNT_ID)
                .queue("acr-attach-events", 0)
                .queue("acr-attach-events-poison", 0)
                .blob(
                        "azure-webjobs-hosts",
                        "timers/" + SITE + "/Host.Functions.RotatePullSecrets/status",
                        "{\"Last\":\"" + lastRun + "\",\"Next\":\"" + lastRun.plus(Duration.ofHours(1)) + "\"}");
    }

    /** The system topic of a subscription, and the event subscription that leads to the queue. */
    public static void toQueue(ObjectNode estate) {
        ArrayNode eventGrid = topic(estate);
        ObjectNode subscription = eventGrid.addObject();
        subscription
                .put("id", TOPIC + "/eventSubscriptions/" + SUBSCRIPTION_NAME)
                .put("name", SUBSCRIPTION_NAME)
                .put("type", "Microsoft.EventGrid/systemTopics/eventSubscriptions");
        ObjectNode properties = subscription.putObject("properties");
        properties.put("provisioningState", "Succeeded").put("eventDeliverySchema", "CloudEventSchemaV1_0");
        properties.putNull("destination");
        ObjectNode delivery =
                properties.putObject("deliveryWithResourceIdentity").putObject("destination");
        delivery.put("endpointType", "StorageQueue")
                .putObject("properties")
                .put("resourceId", ACCOUNT_ID)
                .put("queueName", "acr-attach-events");
        properties
                .putObject("deadLetterWithResourceIdentity")
                .putObject("deadLetterDestination")
                .put("endpointType", "StorageBlob")
                .putObject("properties")
                .put("resourceId", ACCOUNT_ID)
                .put("blobContainerName", "acr-attach-dead-letters");
        properties.set("filter", filter());
    }

    /** A system topic on which nothing of ours hangs yet. */
    public static ArrayNode topic(ObjectNode estate) {
        ArrayNode eventGrid = estate.withArray("eventGrid");
        ObjectNode topic = eventGrid.addObject();
        topic.put("id", TOPIC)
                .put("name", "evgt-acr-attach")
                .put("type", "Microsoft.EventGrid/systemTopics")
                .put("location", "global")
                .putObject("properties")
                .put("provisioningState", "Succeeded")
                .put("source", "/subscriptions/" + Estates.PRODUCTION)
                .put("topicType", "microsoft.resources.subscriptions");
        return eventGrid;
    }

    private static ObjectNode filter() {
        EventFilter documented = FilterCommand.in(Path.of("docs", "events.md"));
        ObjectNode filter = new ObjectMapper().createObjectNode();
        filter.put("subjectBeginsWith", "").put("subjectEndsWith", "");
        documented.includedEventTypes().forEach(filter.putArray("includedEventTypes")::add);
        ArrayNode advanced = filter.putArray("advancedFilters");
        documented.advancedFilters().forEach(each -> {
            ObjectNode one = advanced.addObject()
                    .put("operatorType", each.operator().name())
                    .put("key", each.key());
            each.values().forEach(one.putArray("values")::add);
        });
        return filter;
    }
}
