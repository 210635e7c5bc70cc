package io.github.acrattach.domain;

import java.util.List;

/**
 * What became of the grants to identities that a cluster had before the one that it has now.
 *
 * @param removed each grant that was taken back, as a phrase
 * @param kept each that others still need, or may need, and why
 * @param notes why one stays that nobody needs
 */
public record FormerGrants(List<String> removed, List<String> kept, List<Problem> notes) {

    /** There are none. */
    public static final FormerGrants NONE = new FormerGrants(List.of(), List.of(), List.of());
}
