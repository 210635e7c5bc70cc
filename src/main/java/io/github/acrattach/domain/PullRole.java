package io.github.acrattach.domain;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The built-in role that allows pulling from a registry; which one it is depends on the registry's mode, as does what other
 * roles have to allow so that they do too (learn.microsoft.com/azure/container-registry/container-registry-rbac-built-in-roles-overview).
 */
public enum PullRole {
    /** For a registry whose roles cover all of its repositories. */
    ACR_PULL(
            "AcrPull",
            UUID.fromString("7f951dda-4ed3-4680-a7ca-43fe172d538d"),
            List.of("Microsoft.ContainerRegistry/registries/pull/read")) {
        @Override
        boolean isAllowed(String action, Permission permission) {
            return permission.allows(action);
        }
    },
    /** For a registry in ABAC mode, which does not honour AcrPull. */
    REPOSITORY_READER(
            "Container Registry Repository Reader",
            UUID.fromString("b93aa761-3e63-49ed-ac28-beffa264f7ac"),
            List.of(
                    "Microsoft.ContainerRegistry/registries/repositories/content/read",
                    "Microsoft.ContainerRegistry/registries/repositories/metadata/read")) {
        @Override
        boolean isAllowed(String action, Permission permission) {
            return permission.allowsOnData(action);
        }
    };

    private final String azureName;
    private final UUID definition;
    private final List<String> actions;

    PullRole(String azureName, UUID definition, List<String> actions) {
        this.azureName = azureName;
        this.definition = definition;
        this.actions = actions;
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

    /** The one of these two that a role definition is, known without asking: its id is the same everywhere. */
    static Optional<PullRole> of(UUID definition) {
        return Stream.of(values())
                .filter(role -> role.definition.equals(definition))
                .findFirst();
    }

    /** The name that people know it by. */
    public String azureName() {
        return azureName;
    }

    /** The id of its role definition, the same in every tenant and cloud. */
    public UUID definition() {
        return definition;
    }

    /** What a pull takes in its mode: all of them. */
    public List<String> actions() {
        return actions;
    }

    /** The one that the other mode takes. */
    public PullRole other() {
        return this == ACR_PULL ? REPOSITORY_READER : ACR_PULL;
    }

    /** Whether whoever holds the role can pull in the mode that this is the role for. */
    public boolean isGivenBy(RoleDefinition role) {
        return actions.stream()
                .allMatch(action -> role.permissions().stream().anyMatch(permission -> isAllowed(action, permission)));
    }

    /** Whether the role says so in so many words, and not by a wildcard that stands for more than pulling. */
    public boolean isNamedBy(RoleDefinition role) {
        String pull = actions.get(0);
        int named = pull.lastIndexOf('/') + 1;
        return role.permissions().stream()
                .flatMap(permission -> Stream.concat(permission.actions().stream(), permission.dataActions().stream()))
                .anyMatch(action -> action.regionMatches(true, 0, pull, 0, named)
                        && Glob.ofActions(action).matches(pull));
    }

    /** Whether whom a deny assignment hits cannot pull in the mode that this is the role for. */
    boolean isForbiddenBy(List<Permission> denied) {
        return actions.stream().anyMatch(action -> denied.stream().anyMatch(each -> isAllowed(action, each)));
    }

    /** What is known of it without asking. */
    RoleDefinition asDefinition() {
        return new RoleDefinition(
                definition,
                azureName,
                false,
                List.of(
                        this == ACR_PULL
                                ? Permission.ofActions(actions, List.of())
                                : new Permission(List.of(), List.of(), actions, List.of())));
    }

    abstract boolean isAllowed(String action, Permission permission);
}
