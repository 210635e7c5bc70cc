package io.github.acrattach.domain;

import java.util.function.Function;

/** What an event says has happened. It is a hint from outside: the resource is read again before anything is done. */
public sealed interface Change {

    /** Goes on with whichever it is. */
    <R> R fold(
            Function<ArmId, R> clusterWritten,
            Function<ArmId, R> registryWritten,
            Function<ArmId, R> deleted,
            Function<String, R> irrelevant);

    /** A cluster was made, updated or started, or its tags were changed; Azure does not always tell which. */
    record ClusterWritten(ArmId cluster) implements Change {
        @Override
        public <R> R fold(
                Function<ArmId, R> clusterWritten,
                Function<ArmId, R> registryWritten,
                Function<ArmId, R> deleted,
                Function<String, R> irrelevant) {
            return clusterWritten.apply(cluster);
        }
    }

    /** A registry was made or updated, or its tags were changed; Azure does not always tell which. */
    record RegistryWritten(ArmId registry) implements Change {
        @Override
        public <R> R fold(
                Function<ArmId, R> clusterWritten,
                Function<ArmId, R> registryWritten,
                Function<ArmId, R> deleted,
                Function<String, R> irrelevant) {
            return registryWritten.apply(registry);
        }
    }

    /** A cluster or registry was deleted. */
    record Deleted(ArmId resource) implements Change {
        @Override
        public <R> R fold(
                Function<ArmId, R> clusterWritten,
                Function<ArmId, R> registryWritten,
                Function<ArmId, R> deleted,
                Function<String, R> irrelevant) {
            return deleted.apply(resource);
        }
    }

    /** Something that this program does not react to; the reason, as a full sentence. */
    record Irrelevant(String reason) implements Change {
        @Override
        public <R> R fold(
                Function<ArmId, R> clusterWritten,
                Function<ArmId, R> registryWritten,
                Function<ArmId, R> deleted,
                Function<String, R> irrelevant) {
            return irrelevant.apply(reason);
        }
    }
}
