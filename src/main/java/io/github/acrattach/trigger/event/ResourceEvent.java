package io.github.acrattach.trigger.event;

import io.github.acrattach.domain.Change;

/**
 * One event about a resource in Azure.
 *
 * @param id the event's id; the same for every delivery of it
 * @param correlationId Azure's id for the operation behind it; empty when the event does not tell
 */
record ResourceEvent(String id, String correlationId, Change change) {

    /** One of which nothing is known but why it cannot be read, as a full sentence. */
    static ResourceEvent unreadable(String reason) {
        return new ResourceEvent("", "", new Change.Irrelevant(reason));
    }
}
