package io.github.acrattach.domain;

import java.util.Set;

/**
 * A cluster's API server as ARM describes it, which whoever has rights inside the cluster alone cannot change.
 *
 * @param hosts the names under which it answers, each with a port unless that is https' own
 * @param isPrivate whether it has no public address
 * @param asksEntra whether it asks Entra ID who its callers are
 */
public record ApiServerProfile(Set<String> hosts, boolean isPrivate, boolean asksEntra) {

    public ApiServerProfile {
        hosts = Set.copyOf(hosts);
    }
}
