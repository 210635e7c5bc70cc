package io.github.acrattach.domain;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A service principal as the directory describes it.
 *
 * @param enabled whether it may sign in
 * @param home the tenant that its application is registered in
 * @param directory the tenant that was asked
 * @param passwords those of its application and its own, each of which signs in as it; absent where its application is
 *     registered in another tenant, which alone shows them
 */
public record DirectoryPrincipal(
        UUID clientId,
        UUID objectId,
        boolean enabled,
        Optional<UUID> home,
        Optional<UUID> directory,
        Lookup<List<Password>> passwords) {}
