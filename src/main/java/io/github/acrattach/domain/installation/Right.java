package io.github.acrattach.domain.installation;

import io.github.acrattach.domain.AzCommand;
import java.util.Optional;

/**
 * A right in Azure RBAC that this program uses, and what for: the one list of them. docs/permissions.md, the commands that
 * refusals print, and what the adapters ask for are compared with it.
 */
public enum Right {
    READ_CLUSTERS(Side.CLUSTERS, Use.READING, "Microsoft.ContainerService/managedClusters/read"),
    READ_REGISTRIES(Side.REGISTRIES, Use.READING, "Microsoft.ContainerRegistry/registries/read"),
    READ_ASSIGNMENTS(Side.REGISTRIES, Use.READING, "Microsoft.Authorization/roleAssignments/read"),
    /** By it a registry that was moved is found before it is taken for gone. */
    READ_SUBSCRIPTIONS(Side.REGISTRIES, Use.READING, "Microsoft.Resources/subscriptions/read"),

    ASSIGN_ROLES(Side.REGISTRIES, Use.ROLES, "Microsoft.Authorization/roleAssignments/write"),
    REMOVE_ROLES(Side.REGISTRIES, Use.ROLES, "Microsoft.Authorization/roleAssignments/delete"),

    FIND_API_SERVERS(
            Side.CLUSTERS, Use.SECRETS, "Microsoft.ContainerService/managedClusters/listClusterUserCredential/action"),

    READ_TOKENS(Side.REGISTRIES, Use.TOKENS, "Microsoft.ContainerRegistry/registries/tokens/read"),
    WRITE_TOKENS(Side.REGISTRIES, Use.TOKENS, "Microsoft.ContainerRegistry/registries/tokens/write"),
    /** Azure checks it on the way to the outcome of a creation: the SDK follows that. */
    FOLLOW_TOKENS(Side.REGISTRIES, Use.TOKENS, "Microsoft.ContainerRegistry/registries/tokens/operationStatuses/read"),
    DELETE_TOKENS(Side.REGISTRIES, Use.TOKENS, "Microsoft.ContainerRegistry/registries/tokens/delete"),
    READ_SCOPE_MAPS(Side.REGISTRIES, Use.TOKENS, "Microsoft.ContainerRegistry/registries/scopeMaps/read"),
    WRITE_SCOPE_MAPS(Side.REGISTRIES, Use.TOKENS, "Microsoft.ContainerRegistry/registries/scopeMaps/write"),
    FOLLOW_SCOPE_MAPS(
            Side.REGISTRIES, Use.TOKENS, "Microsoft.ContainerRegistry/registries/scopeMaps/operationStatuses/read"),
    DELETE_SCOPE_MAPS(Side.REGISTRIES, Use.TOKENS, "Microsoft.ContainerRegistry/registries/scopeMaps/delete"),
    MAKE_PASSWORDS(Side.REGISTRIES, Use.TOKENS, "Microsoft.ContainerRegistry/registries/generateCredentials/action"),

    BE_CLUSTER_ADMIN(
            Side.CLUSTERS,
            Use.ADMIN_CREDENTIAL,
            "Microsoft.ContainerService/managedClusters/listClusterAdminCredential/action"),

    RUN_COMMANDS(Side.CLUSTERS, Use.RUN_COMMAND, "Microsoft.ContainerService/managedClusters/runcommand/action"),
    READ_COMMANDS(Side.CLUSTERS, Use.RUN_COMMAND, "Microsoft.ContainerService/managedClusters/commandResults/read"),

    READ_PUBLIC_ADDRESSES(Side.CLUSTERS, Use.EXPLAINING, "Microsoft.Network/publicIPAddresses/read"),
    READ_PUBLIC_PREFIXES(Side.CLUSTERS, Use.EXPLAINING, "Microsoft.Network/publicIPPrefixes/read"),

    READ_PERMISSIONS(Side.NEITHER, Use.SELF, "Microsoft.Authorization/permissions/read"),
    /** Also what roles of others allow, for telling why a cluster cannot pull, and for granting nothing beside them. */
    READ_ROLES(Side.NEITHER, Use.SELF, "Microsoft.Authorization/roleDefinitions/read"),
    READ_DENIALS(Side.REGISTRIES, Use.EXPLAINING, "Microsoft.Authorization/denyAssignments/read"),
    READ_TOPICS(Side.NEITHER, Use.SELF, "Microsoft.EventGrid/systemTopics/read"),
    READ_TOPIC_SUBSCRIPTIONS(Side.NEITHER, Use.SELF, "Microsoft.EventGrid/systemTopics/eventSubscriptions/read"),
    READ_EVENT_SUBSCRIPTIONS(Side.NEITHER, Use.SELF, "Microsoft.EventGrid/eventSubscriptions/read"),
    READ_METRICS(Side.NEITHER, Use.SELF, "Microsoft.Insights/metrics/read"),
    READ_QUEUES(Side.NEITHER, Use.SELF, "Microsoft.Storage/storageAccounts/queueServices/queues/read"),
    READ_BLOBS(Side.NEITHER, Use.SELF, "Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read");

    /** What it is used for. */
    public enum Use {
        /** Whatever is done. */
        READING,
        /** Roles: of the method role, and of the service principals behind pull secrets. */
        ROLES,
        /** Pull secrets of either kind. */
        SECRETS,
        /** Pull secrets by ACR tokens. */
        TOKENS,
        /** Clusters that refuse this program's own identity, where that is wanted. */
        ADMIN_CREDENTIAL,
        /** Private clusters, where that is wanted. */
        RUN_COMMAND,
        /** Telling why a cluster cannot pull; nothing else takes it. */
        EXPLAINING,
        /** Telling whether the installation is whole; nothing else takes it. */
        SELF
    }

    /** Where it is needed. */
    public enum Side {
        CLUSTERS,
        REGISTRIES,
        /** Nowhere in particular. */
        NEITHER
    }

    private final Side side;
    private final Use use;
    private final String action;

    Right(Side side, Use use, String action) {
        this.side = side;
        this.use = use;
        this.action = action;
    }

    public Side side() {
        return side;
    }

    public Use use() {
        return use;
    }

    /** As Azure RBAC names it. */
    public String action() {
        return action;
    }

    /** The command that gives it. */
    public String fix(String scope, Optional<String> caller) {
        return AzCommand.allow(action, scope, caller);
    }
}
