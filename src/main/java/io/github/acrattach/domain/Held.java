package io.github.acrattach.domain;

import java.util.Optional;

/** What stands in a namespace under the name of the pull secret. */
public sealed interface Held {

    /** Nothing. */
    record Nothing() implements Held {}

    /**
     * A secret that this program made for this registry.
     *
     * @param credential the name of the credential that it is made of
     * @param password the id of the password that it says to hold
     * @param inputs what it was made from, see {@link PullSecret#inputs()}; empty when the value is not what it says
     * @param value the password itself; empty where it cannot be read, or is not what the secret says
     */
    record Ours(String credential, String password, String inputs, Optional<Secret> value) implements Held {}

    /** Somebody else's, which is not touched; whose, as a full sentence. */
    record Foreign(String whose) implements Held {}

    /** Something that this program may not look at. */
    record Hidden(Problem problem) implements Held {}
}
