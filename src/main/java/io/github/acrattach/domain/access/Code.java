package io.github.acrattach.domain.access;

/** What a check can find. Each is a heading of docs/problems.md, and keeps its name. */
public enum Code {
    CLUSTER_NOT_FOUND(Weight.MISSING),
    REGISTRY_NOT_FOUND(Weight.MISSING),
    CLUSTER_NOT_READABLE(Weight.UNKNOWN),
    REGISTRY_NOT_READABLE(Weight.UNKNOWN),
    AZURE_DID_NOT_ANSWER(Weight.UNKNOWN),
    CLUSTER_DELETING(Weight.MISSING),
    REGISTRY_DELETING(Weight.MISSING),
    REGISTRY_MOVED(Weight.MISSING),
    REGISTRY_NOT_READY(Weight.BLOCKS),
    /** Nodes go by the name in the image, and this program by what it may send passwords to. */
    LOGIN_SERVER_NOT_OWN(Weight.NOTE),
    IMAGE_OF_ANOTHER_REGISTRY(Weight.BLOCKS),

    CLUSTER_STOPPED(Weight.BLOCKS),
    CLUSTER_NOT_READY(Weight.BLOCKS),
    NO_NODES(Weight.BLOCKS),

    NO_PULL_IDENTITY(Weight.MISSING),
    PULL_IDENTITY_UNCLEAR(Weight.UNKNOWN),
    SERVICE_PRINCIPAL_NOT_FOUND(Weight.MISSING),
    SERVICE_PRINCIPAL_SECRET_EXPIRED(Weight.BLOCKS),
    SERVICE_PRINCIPAL_SECRET_EXPIRES_SOON(Weight.NOTE),
    /** Some of its passwords have expired, and which the cluster has cannot be seen. */
    SERVICE_PRINCIPAL_SECRET_DOUBTFUL(Weight.NOTE),
    SERVICE_PRINCIPAL_DISABLED(Weight.BLOCKS),
    /** Who it is cannot be told. */
    SERVICE_PRINCIPAL_NOT_READABLE(Weight.UNKNOWN),
    /** Who it is can be told, and whether its secret has expired cannot. */
    SERVICE_PRINCIPAL_SECRET_NOT_READABLE(Weight.NOTE),
    OTHER_TENANT(Weight.MISSING),

    UNKNOWN_ROLE_MODE(Weight.UNKNOWN),
    ASSIGNMENTS_NOT_READABLE(Weight.UNKNOWN),
    ROLE_NOT_READABLE(Weight.UNKNOWN),
    GROUPS_NOT_READABLE(Weight.UNKNOWN),
    DENY_ASSIGNMENTS_NOT_READABLE(Weight.NOTE),
    RIGHT_DENIED(Weight.BLOCKS),
    /** Who is in it decides, and is not read. */
    DENIAL_NAMES_GROUP(Weight.UNKNOWN),
    NO_RIGHT(Weight.MISSING),
    ONLY_SOME_REPOSITORIES(Weight.CONDITIONAL),
    REPOSITORY_NOT_COVERED(Weight.MISSING),
    CONDITION_NOT_UNDERSTOOD(Weight.CONDITIONAL),
    /** By Reader, Contributor or the like, which somebody may take away without a thought of pulling. */
    RIGHT_BY_BROAD_ROLE(Weight.NOTE),

    REGISTRY_MODE_IGNORES_ROLE(Weight.MISSING),
    ROLE_DOES_NOT_PULL(Weight.MISSING),
    RIGHT_ON_CONTROL_PLANE_IDENTITY(Weight.MISSING),
    RIGHT_ON_OTHER_IDENTITY_OF_CLUSTER(Weight.MISSING),
    /** As a script does that takes one id for the other. */
    RIGHT_ON_CLIENT_ID(Weight.MISSING),
    RIGHT_ON_FORMER_IDENTITY(Weight.MISSING),
    RIGHT_ON_DELETED_PRINCIPAL(Weight.MISSING),
    RIGHT_AT_OTHER_REGISTRY(Weight.MISSING),
    RIGHT_AT_OTHER_SCOPE(Weight.MISSING),
    NEAR_MISSES_NOT_READABLE(Weight.NOTE),

    NOT_EFFECTIVE_YET(Weight.NOT_YET),
    MEMBERSHIP_MAY_BE_NEW(Weight.NOT_YET),
    GRANT_TIME_UNKNOWN(Weight.NOT_YET),

    PUBLIC_ACCESS_OFF(Weight.BLOCKS),
    FIREWALL_KEEPS_CLUSTER_OUT(Weight.BLOCKS),
    FIREWALL_KEEPS_SOME_ADDRESSES_OUT(Weight.BLOCKS),
    PRIVATE_ENDPOINT_NOT_SEEN(Weight.UNKNOWN),
    EGRESS_NOT_READABLE(Weight.UNKNOWN),
    EGRESS_UNKNOWN(Weight.UNKNOWN),
    PUBLIC_ACCESS_UNCLEAR(Weight.UNKNOWN),

    ARM_TOKENS_REFUSED(Weight.BLOCKS),
    ARM_TOKENS_DOUBTFUL(Weight.NOTE),
    REGISTRY_CHANGED_RECENTLY(Weight.NOTE),
    PODS_MAY_PULL_AS_THEMSELVES(Weight.INSTEAD),

    ANONYMOUS_PULL(Weight.LETS_IN),
    ADMIN_USER(Weight.NOTE),

    NO_CREDENTIAL(Weight.MISSING),
    CREDENTIAL_NOT_READABLE(Weight.UNKNOWN),
    CREDENTIAL_DISABLED(Weight.BLOCKS),
    CREDENTIAL_EXPIRED(Weight.BLOCKS),
    CREDENTIAL_WITHOUT_RIGHT(Weight.MISSING),
    CREDENTIAL_REFUSED(Weight.BLOCKS),
    CREDENTIAL_NOT_TRIED(Weight.UNKNOWN),
    CREDENTIAL_DUE(Weight.NOTE),
    /** It may pull, but what it is to pull is not there. */
    REPOSITORY_NOT_FOUND(Weight.NOTE),

    CLUSTER_NOT_REACHABLE(Weight.UNKNOWN),
    SECRET_ABSENT(Weight.BLOCKS),
    SECRET_EDITED(Weight.BLOCKS),
    SECRET_OUTDATED(Weight.BLOCKS),
    /** It holds another password than most, which is valid still. */
    SECRET_OF_PREVIOUS_PASSWORD(Weight.NOTE),
    /** Somebody else's secret has its name. */
    SECRET_OF_SOMEBODY_ELSE(Weight.BLOCKS),
    SECRET_NOT_REFERENCED(Weight.NOTE),
    LOGIN_SERVER_NOT_COVERED(Weight.BLOCKS),
    NAMESPACE_NOT_READABLE(Weight.UNKNOWN);

    /** What it means for the verdict. */
    public enum Weight {
        /** There is no right. */
        MISSING,
        /** Right or not, it cannot pull. */
        BLOCKS,
        /** Without knowing this, nobody can tell. */
        UNKNOWN,
        /** It depends on the repository, or on a condition that is not understood. */
        CONDITIONAL,
        /** The right is there, and may not hold yet. */
        NOT_YET,
        /** Whoever has no right may still pull. */
        INSTEAD,
        /** Whoever has no right pulls all the same. */
        LETS_IN,
        /** Worth a word, and no more. */
        NOTE
    }

    private final Weight weight;

    Code(Weight weight) {
        this.weight = weight;
    }

    public Weight weight() {
        return weight;
    }
}
