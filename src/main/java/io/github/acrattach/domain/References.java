package io.github.acrattach.domain;

import java.util.Set;

/**
 * The service accounts of a namespace, as far as they refer to its pull secret, or are to.
 *
 * @param referring those that do, wanted or not
 * @param lacking those that are wanted, and do not
 * @param surplus those that are not wanted, and do because this program added the reference
 */
public record References(Set<String> referring, Set<String> lacking, Set<String> surplus) {

    /** No service account refers to it, and none that is there is to. */
    public static final References NONE = new References(Set.of(), Set.of(), Set.of());

    public References {
        referring = Set.copyOf(referring);
        lacking = Set.copyOf(lacking);
        surplus = Set.copyOf(surplus);
    }

    /** Whether they are as they are to be. */
    boolean meet(ReferenceTerms terms) {
        return lacking.isEmpty()
                && referring.containsAll(terms.accounts().named())
                && !(terms.alone() && !surplus.isEmpty());
    }
}
