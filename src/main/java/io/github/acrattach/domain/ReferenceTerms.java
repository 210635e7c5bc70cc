package io.github.acrattach.domain;

/**
 * Which service accounts of a namespace are to refer to its pull secret.
 *
 * @param accounts those that are to
 * @param alone whether they alone are: a reference that this program added to another one is removed
 */
public record ReferenceTerms(ServiceAccountPatterns accounts, boolean alone) {

    /** References stay as they are. */
    public static final ReferenceTerms UNCHANGED = new ReferenceTerms(ServiceAccountPatterns.NONE, false);
}
