package io.github.acrattach.domain.installation;

/**
 * A kind of event that this program reacts to.
 *
 * @param type such as {@code Microsoft.Resources.ResourceWriteSuccess}
 * @param operation such as {@code Microsoft.ContainerRegistry/registries/write}
 * @param resourceType of what it is about, such as {@code Microsoft.ContainerRegistry/registries}
 */
public record WantedEvent(String type, String operation, String resourceType) {

    /** What such an event is about, below the scope. */
    String subjectIn(String scope) {
        return scope + "/providers/" + resourceType + "/name";
    }
}
