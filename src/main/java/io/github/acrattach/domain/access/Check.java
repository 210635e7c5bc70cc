package io.github.acrattach.domain.access;

/** What is looked at before it is said whether a cluster can pull, in the order in which it is told. */
public enum Check {
    /** Whether both resources exist, are ready, and can be read; with an image, whether it is of this registry. */
    RESOURCES(Way.EITHER),
    /** Whether the cluster can run pods. */
    POWER(Way.EITHER),
    /** Who the nodes are when they pull. */
    IDENTITY(Way.ROLE),
    /** Whether a role lets them pull, by its actions and the registry's mode. */
    RIGHT(Way.ROLE),
    /** Whether somebody has given the right beside the mark: to another identity, at another registry, by another role. */
    NEAR_MISSES(Way.ROLE),
    /** Whether the right holds already. */
    EFFECTIVE(Way.ROLE),
    /** Whether the registry's network rules let the nodes in. */
    NETWORK(Way.EITHER),
    /** Whether nodes can sign in with what they come with. */
    SIGN_IN(Way.ROLE),
    /** Whether the registry lets in who has no right of its own: anybody, or its admin user. */
    OPEN_DOORS(Way.EITHER),
    /** Whether the credential of the pull secret exists, holds its right, and pulls. */
    CREDENTIAL(Way.SECRET),
    /** Whether each namespace holds the secret, and its service accounts refer to it. */
    NAMESPACES(Way.SECRET);

    /** By which way of pulling it stands or falls. */
    public enum Way {
        /** Of the nodes' identity, which holds a role. */
        ROLE,
        /** Of a pull secret. */
        SECRET,
        /** Of both. */
        EITHER
    }

    private final Way way;

    Check(Way way) {
        this.way = way;
    }

    public Way way() {
        return way;
    }
}
