package io.github.acrattach.domain;

import java.util.Optional;
import java.util.UUID;

/** The built-in role that allows pulling from a registry; which one it is depends on the registry's mode. */
public enum PullRole {
    /** For a registry whose roles cover all of its repositories. */
    ACR_PULL("AcrPull", UUID.fromString("7f951dda-4ed3-4680-a7ca-43fe172d538d")),
    /** For a registry in ABAC mode, which does not honour AcrPull. */
    REPOSITORY_READER("Container Registry Repository Reader", UUID.fromString("b93aa761-3e63-49ed-ac28-beffa264f7ac"));

    private final String azureName;
    private final UUID definition;

    PullRole(String azureName, UUID definition) {
        this.azureName = azureName;
        this.definition = definition;
    }

    /** The role for a registry's {@code roleAssignmentMode} (absent on older registries); empty for an unknown mode. */
    public static Optional<PullRole> forMode(Optional<String> mode) {
        if (mode.isEmpty() || mode.get().equalsIgnoreCase("LegacyRegistryPermissions")) {
            return Optional.of(ACR_PULL);
        }
        return mode.get().equalsIgnoreCase("AbacRepositoryPermissions")
                ? Optional.of(REPOSITORY_READER)
                : Optional.empty();
    }

    /** The name that people know it by. */
    public String azureName() {
        return azureName;
    }

    /** The id of its role definition, the same in every tenant and cloud. */
    public UUID definition() {
        return definition;
    }
}
