package io.github.acrattach.port;

import io.github.acrattach.domain.DirectoryPrincipal;
import io.github.acrattach.domain.Lookup;
import java.util.Set;
import java.util.UUID;

/** The Entra ID directory; asked only for clusters that pull with a service principal, and for whom else a role was given. */
public interface Directory {

    /** So many values an {@code in} of Graph takes (learn.microsoft.com/graph/filter-query-parameter). */
    int MOST_AT_ONCE = 15;

    /** The object id of the service principal with this client id. */
    Lookup<UUID> objectIdOf(UUID clientId);

    /**
     * The service principal with this client id, and whether it can sign in: one request, and a second one for its passwords.
     * That these cannot be read is told with them, whatever the reason, and takes nothing from what else is told.
     */
    Lookup<DirectoryPrincipal> servicePrincipal(UUID clientId);

    /**
     * Which of these object ids are those of a service principal that is there: one request.
     *
     * @param objectIds {@link #MOST_AT_ONCE} at most
     */
    Lookup<Set<UUID>> existing(Set<UUID> objectIds);
}
