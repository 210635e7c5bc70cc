package io.github.acrattach.domain;

import io.github.acrattach.domain.NamespaceOutcome.State;
import java.util.List;
import java.util.Optional;

/** What stands in a namespace under the name of the pull secret. */
public sealed interface Held {

    /**
     * Why the pull secret cannot be written there; empty where it can.
     *
     * @param secret its name there
     */
    Optional<NamespaceOutcome> obstacle(Pairing pairing, String namespace, String secret);

    /** Nothing. */
    record Nothing() implements Held {
        @Override
        public Optional<NamespaceOutcome> obstacle(Pairing pairing, String namespace, String secret) {
            return Optional.empty();
        }
    }

    /**
     * A secret that this program made for this registry.
     *
     * @param credential the name of the credential that it is made of
     * @param password the id of the password that it says to hold
     * @param inputs what it was made from, see {@link PullSecret#inputs()}; empty when the value is not what it says
     * @param value the password itself; empty where it cannot be read, or is not what the secret says
     * @param loginServers the hosts that it opens, by what it says
     */
    record Ours(String credential, String password, String inputs, Optional<Secret> value, List<String> loginServers)
            implements Held {

        public Ours {
            loginServers = List.copyOf(loginServers);
        }

        @Override
        public Optional<NamespaceOutcome> obstacle(Pairing pairing, String namespace, String secret) {
            return Optional.empty();
        }
    }

    /** Somebody else's, which is not touched; whose, as a full sentence. */
    record Foreign(String whose) implements Held {
        @Override
        public Optional<NamespaceOutcome> obstacle(Pairing pairing, String namespace, String secret) {
            return Optional.of(NamespaceOutcome.of(namespace, State.SKIPPED, problem(pairing, namespace, secret)));
        }

        private Problem problem(Pairing pairing, String namespace, String name) {
            return new Problem(
                    Problem.Kind.FOREIGN_SECRET,
                    "The secret " + name + " in the namespace " + namespace
                            + " is somebody else's, and was left alone. " + whose,
                    Optional.empty(),
                    Optional.of(pairing.cluster() + "/namespaces/" + namespace),
                    Optional.empty(),
                    "kubectl -n " + namespace + " get secret " + name + " -o yaml; kubectl -n " + namespace
                            + " get serviceaccounts,pods -o yaml | grep -n \"name: " + name
                            + "\"   (what it is, and who refers to it: pods may be pulling with it. Have those refer to a"
                            + " copy under another name first, give the name free when nothing refers to it any more, and"
                            + " then attach again)");
        }
    }

    /**
     * A secret that this program made for this registry while the registry had another id: it was moved, or deleted and
     * made again under its name. What it opens may be in use, so it is changed only for what is proven to pull.
     *
     * @param from the id by its annotation, which proves nothing before that id is proven to be gone
     * @param username whom its content names
     * @param value the password in its content; empty where that cannot be read
     */
    record Moved(ArmId from, String username, Optional<Secret> value) implements Held {
        @Override
        public Optional<NamespaceOutcome> obstacle(Pairing pairing, String namespace, String secret) {
            return Optional.empty();
        }
    }

    /** Something that this program may not look at. */
    record Hidden(Problem problem) implements Held {
        @Override
        public Optional<NamespaceOutcome> obstacle(Pairing pairing, String namespace, String secret) {
            return Optional.of(NamespaceOutcome.of(namespace, State.REFUSED, problem));
        }
    }
}
