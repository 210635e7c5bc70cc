package io.github.acrattach.trigger.event;

import io.github.acrattach.domain.ArmId;
import io.github.acrattach.domain.Change;
import io.github.acrattach.domain.installation.WantedEvent;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An operation that can change a pair, and the types of events that tell of it
 * (learn.microsoft.com/azure/event-grid/event-schema-subscriptions). The filter in docs/events.md lets these through;
 * docs/events.md says, too, why others are not among them.
 */
enum Reaction {
    /** A cluster was made or updated. One whose making failed half way lives all the same, and so may pull. */
    CLUSTER_WRITE(ArmId.CLUSTER + "/write", "WriteSuccess", "WriteFailure", "WriteCancel"),
    /** A registry was made or updated. */
    REGISTRY_WRITE(ArmId.REGISTRY + "/write", "WriteSuccess", "WriteFailure", "WriteCancel"),
    /** Tags were set by the API of tags: by the portal, {@code az tag}, or a policy. */
    TAGS_WRITE(Reaction.TAGS + "/write", "WriteSuccess"),
    /** All tags were taken away, which is no deletion of what carried them. */
    TAGS_DELETE(Reaction.TAGS + "/delete", "DeleteSuccess"),
    /** A stopped cluster can be reached again. */
    CLUSTER_START(ArmId.CLUSTER + "/start/action", "ActionSuccess"),
    /** The cluster pulls with another service principal. */
    CLUSTER_PRINCIPAL(ArmId.CLUSTER + "/resetServicePrincipalProfile/action", "ActionSuccess"),
    /** A cluster was deleted. */
    CLUSTER_DELETE(ArmId.CLUSTER + "/delete", "DeleteSuccess"),
    /** A registry was deleted. */
    REGISTRY_DELETE(ArmId.REGISTRY + "/delete", "DeleteSuccess");

    private static final String TAGS = "Microsoft.Resources/tags";
    private static final String EVENT_TYPE = "Microsoft.Resources.Resource";

    private final String operation;
    private final List<String> eventTypes;

    Reaction(String operation, String... eventTypes) {
        this.operation = operation;
        this.eventTypes = Stream.of(eventTypes).map(EVENT_TYPE::concat).toList();
    }

    String operation() {
        return operation;
    }

    List<String> eventTypes() {
        return eventTypes;
    }

    /** Each kind of event that is reacted to. */
    static List<WantedEvent> wanted() {
        return Arrays.stream(values())
                .flatMap(reaction -> reaction.eventTypes.stream().flatMap(type -> reaction.resourceTypes()
                        .map(resource -> new WantedEvent(type, reaction.operation, resource))))
                .toList();
    }

    private Stream<String> resourceTypes() {
        return Stream.of(ArmId.CLUSTER, ArmId.REGISTRY).filter(type -> isOfTags() || operation.startsWith(type + "/"));
    }

    /** Whether any reaction is to events of this type. */
    static boolean isTo(String eventType) {
        return Arrays.stream(values()).anyMatch(reaction -> reaction.comesBy(eventType));
    }

    /**
     * The reaction to an event.
     *
     * @param operation empty where the event names none; then the subject tells it, except of actions: this program itself
     *     asks for kubeconfigs, and each time an event says so
     */
    static Optional<Reaction> to(String eventType, Subject subject, String operation) {
        return Arrays.stream(values())
                .filter(reaction -> reaction.comesBy(eventType))
                .filter(reaction -> operation.isEmpty()
                        ? reaction.isNamedBy(subject)
                        : reaction.operation.equalsIgnoreCase(operation))
                .filter(reaction -> reaction.concerns(subject))
                .findFirst();
    }

    private boolean comesBy(String eventType) {
        return eventTypes.stream().anyMatch(eventType::equalsIgnoreCase);
    }

    private boolean isNamedBy(Subject subject) {
        return isOfTags() == subject.isTags() && !operation.endsWith("/action");
    }

    private boolean concerns(Subject subject) {
        return isOfTags()
                || !subject.isTags()
                        && operation.startsWith(subject.resource().isA(ArmId.CLUSTER) ? ArmId.CLUSTER : ArmId.REGISTRY);
    }

    private boolean isOfTags() {
        return operation.startsWith(TAGS);
    }

    /** What it means for a cluster or registry. */
    Change change(ArmId resource) {
        if (this == CLUSTER_DELETE || this == REGISTRY_DELETE) {
            return new Change.Deleted(resource);
        }
        return resource.isA(ArmId.CLUSTER) ? new Change.ClusterWritten(resource) : new Change.RegistryWritten(resource);
    }
}
