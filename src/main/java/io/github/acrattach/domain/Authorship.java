package io.github.acrattach.domain;

import java.time.Instant;
import java.util.Optional;

/**
 * Who made a role assignment and when, by ARM's {@code createdBy}, {@code createdOn} and {@code updatedOn}, which nobody can
 * set.
 *
 * @param by the object id
 * @param isOurs whether it is this program's own identity
 */
public record Authorship(
        Optional<String> by, Optional<Instant> createdOn, Optional<Instant> updatedOn, boolean isOurs) {

    /** Nothing is known of it. */
    public static final Authorship UNKNOWN =
            new Authorship(Optional.empty(), Optional.empty(), Optional.empty(), false);

    /** Since when it is as it is. */
    public Optional<Instant> since() {
        return updatedOn.or(() -> createdOn);
    }
}
