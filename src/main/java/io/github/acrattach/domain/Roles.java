package io.github.acrattach.domain;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The role definitions that were read.
 *
 * @param known by id
 * @param unreadable why others could not be read, if so
 */
public record Roles(Map<UUID, RoleDefinition> known, Optional<Problem> unreadable) {

    /** Nothing was read, nor had to be. */
    public static final Roles NONE = new Roles(Map.of(), Optional.empty());

    public Roles {
        known = Map.copyOf(known);
    }

    /** The two pull roles are known without asking. */
    public Optional<RoleDefinition> find(UUID id) {
        return Optional.ofNullable(known.get(id)).or(() -> PullRole.of(id).map(PullRole::asDefinition));
    }

    /** These, and those of another look. */
    public Roles and(Roles others) {
        Map<UUID, RoleDefinition> all = new HashMap<>(known);
        all.putAll(others.known);
        return new Roles(all, others.unreadable.or(() -> unreadable));
    }
}
