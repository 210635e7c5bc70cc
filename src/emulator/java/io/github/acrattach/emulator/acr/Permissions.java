package io.github.acrattach.emulator.acr;

import io.github.acrattach.emulator.arm.authorization.Rights;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What somebody may do with a repository; roles:
 * learn.microsoft.com/azure/container-registry/container-registry-rbac-built-in-roles-directory-reference.
 */
final class Permissions {
    private static final String REGISTRIES = "Microsoft.ContainerRegistry/registries/";
    /** What conditions of roles ask for. */
    private static final String NAME = "@request[microsoft.containerregistry/registries/repositories:name]";

    private final Rights rights;

    Permissions(Rights rights) {
        this.rights = rights;
    }

    /** An action of the token protocol, the right it takes on a classic registry, and its name everywhere else. */
    private enum Action {
        PULL("pull/read", "content/read"),
        PUSH("push/write", "content/write"),
        DELETE("artifacts/delete", "content/delete"),
        METADATA_READ("pull/read", "metadata/read"),
        METADATA_WRITE("push/write", "metadata/write");

        private final String right;
        private final String onRepository;

        Action(String right, String onRepository) {
            this.right = right;
            this.onRepository = onRepository;
        }

        private String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    Set<String> of(Subject subject, LoginServer server, String repository) {
        return EnumSet.allOf(Action.class).stream()
                .filter(action -> allows(subject, server, repository, action))
                .map(Action::text)
                .collect(Collectors.toSet());
    }

    /** Who reads a classic registry may list its repositories; elsewhere that takes a role of its own. */
    boolean catalog(Subject subject, LoginServer server) {
        return subject instanceof Subject.Identity identity
                && (server.isAbac()
                        ? rights.allowData(identity.objectId(), REGISTRIES + "catalog/read", server.id())
                        : allows(subject, server, "", Action.PULL));
    }

    private boolean allows(Subject subject, LoginServer server, String repository, Action action) {
        if (subject instanceof Subject.Identity identity) {
            return server.isAbac()
                    ? rights.allowData(
                            identity.objectId(),
                            REGISTRIES + "repositories/" + action.onRepository,
                            server.id(),
                            Map.of(NAME, repository))
                    : rights.allowWithoutAttributes(identity.objectId(), REGISTRIES + action.right, server.id());
        }
        if (subject instanceof Subject.Token token) {
            return token.actions().stream().anyMatch(mapped -> covers(mapped, repository, action));
        }
        return server.isOpenToAll() && action == Action.PULL;
    }

    /** A star at the end of a scope map's repository stands for every rest of a name. */
    private static boolean covers(String mapped, String repository, Action action) {
        String prefix = "repositories/";
        String suffix = "/" + action.onRepository;
        if (!mapped.startsWith(prefix) || !mapped.endsWith(suffix) || mapped.length() < (prefix + suffix).length()) {
            return false;
        }
        String named = mapped.substring(prefix.length(), mapped.length() - suffix.length());
        return named.endsWith("*")
                ? repository.startsWith(named.substring(0, named.length() - 1))
                : repository.equals(named);
    }
}
