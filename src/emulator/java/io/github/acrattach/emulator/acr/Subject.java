package io.github.acrattach.emulator.acr;

import java.util.List;

/** Who wants something of a registry. */
sealed interface Subject {
    /** As tokens name it. */
    String name();

    /** A principal of the directory. */
    record Identity(String objectId) implements Subject {
        @Override
        public String name() {
            return objectId;
        }
    }

    /** A token of the registry, with the actions of its scope map. */
    record Token(String name, List<String> actions) implements Subject {}

    /** Somebody who does not say. */
    record Anybody() implements Subject {
        @Override
        public String name() {
            return "anonymous";
        }
    }
}
