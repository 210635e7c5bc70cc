package io.github.acrattach.domain;

import java.util.UUID;

/**
 * An identity of a cluster that is not the one that pulls: roles are often given to one of these by mistake
 * (learn.microsoft.com/azure/aks/use-managed-identity, "Summary of managed identities").
 *
 * @param name which one of its use, as ARM has it
 * @param principal what a role may be given to by mistake: its object id, or a client id
 */
public record ClusterIdentity(Use use, String name, UUID principal) {

    /** What the cluster has it for. */
    public enum Use {
        /** To manage the cluster's own resources: load balancers, disks, networks. */
        CONTROL_PLANE,
        /** For an add-on. */
        ADD_ON,
        /** For something else that its profile names. */
        OTHER,
        /** The one that pulls, by its client id: a role takes the object id, and reaches nobody by this one. */
        CLIENT_ID
    }

    /** What it is to the cluster, as part of a sentence. */
    public String told() {
        return switch (use) {
            case CONTROL_PLANE -> "the identity of its control plane";
            case ADD_ON -> "the identity of its add-on " + name;
            case OTHER -> "its identity " + name;
            case CLIENT_ID -> "the client id of the identity that pulls";
        };
    }
}
