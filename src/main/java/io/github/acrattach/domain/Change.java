package io.github.acrattach.domain;

/** What an event says has happened. It is a hint from outside: the resource is read again before anything is done. */
public sealed interface Change {

    /** A cluster was made or updated; Azure does not tell which. */
    record ClusterWritten(ArmId cluster) implements Change {}

    /** A registry was made or updated; Azure does not tell which. */
    record RegistryWritten(ArmId registry) implements Change {}

    /** A cluster or registry was deleted. */
    record Deleted(ArmId resource) implements Change {}

    /** Something that this program does not react to; the reason, as a full sentence. */
    record Irrelevant(String reason) implements Change {}
}
