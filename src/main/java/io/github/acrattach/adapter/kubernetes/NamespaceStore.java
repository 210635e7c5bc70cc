package io.github.acrattach.adapter.kubernetes;

import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.github.acrattach.domain.Held;
import io.github.acrattach.domain.NamespaceOutcome;
import io.github.acrattach.domain.NamespaceOutcome.State;
import io.github.acrattach.domain.PullSecret;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Stores a pull secret in one namespace: first the secret, then what refers to it, so that whoever is stopped in between
 * leaves nothing that points nowhere.
 */
final class NamespaceStore {

    private static final Duration BETWEEN = Duration.ofMillis(300);

    private final ApiServer server;
    private final PullSecret secret;
    private final Set<String> accounts;
    private final Deadline accountsBy;

    /**
     * Prepares it.
     *
     * @param accountsBy how long a service account is waited for that is not there yet
     */
    NamespaceStore(ApiServer server, PullSecret secret, Set<String> accounts, Deadline accountsBy) {
        this.server = server;
        this.secret = secret;
        this.accounts = accounts;
        this.accountsBy = accountsBy;
    }

    NamespaceOutcome in(String namespace) {
        try {
            Optional<NamespaceOutcome> stopped = Contest.repeat(() -> put(namespace));
            if (stopped.isPresent()) {
                return stopped.get();
            }
            SortedSet<String> missing = refer(namespace);
            return missing.isEmpty()
                    ? NamespaceOutcome.of(namespace, State.HOLDS)
                    : Told.missing(server.diagnosis(), namespace, missing);
        } catch (KubernetesFailure failure) {
            return Ended.with(namespace, failure);
        }
    }

    /** Empty when the secret is there as it should be. */
    private Optional<NamespaceOutcome> put(String namespace) throws KubernetesFailure {
        String name = SecretManifest.name(secret);
        Optional<JsonObject> read = server.find(Ask.of(Ask.Verb.GET, Ask.SECRETS, namespace, name));
        if (read.isEmpty()) {
            return create(namespace, SecretManifest.of(secret, namespace));
        }
        JsonObject there = read.get();
        if (SecretManifest.held(there, secret.credential().key().pairing().registry())
                instanceof Held.Foreign foreign) {
            return Optional.of(NamespaceOutcome.of(
                    namespace, State.LEFT_ALONE, Told.foreign(server.diagnosis(), namespace, name, foreign)));
        }
        JsonObject wanted = SecretManifest.over(there, secret);
        if (!wanted.equals(there)) {
            return replace(namespace, name, there, wanted);
        }
        return Optional.empty();
    }

    private Optional<NamespaceOutcome> create(String namespace, JsonObject manifest) throws KubernetesFailure {
        Ask create = Ask.create(Ask.SECRETS, namespace);
        try {
            server.write(create, manifest);
            return Optional.empty();
        } catch (KubernetesFailure failure) {
            if (failure.absent()) {
                return Optional.of(
                        NamespaceOutcome.of(namespace, State.TERMINATING, Told.gone(server.diagnosis(), namespace)));
            }
            throw failure;
        }
    }

    private Optional<NamespaceOutcome> replace(String namespace, String name, JsonObject there, JsonObject wanted)
            throws KubernetesFailure {
        if (there.get("immutable") instanceof JsonPrimitive immutable && immutable.getAsBoolean()) {
            // Somebody has made it so.
            if (SecretManifest.isHeld(there)) {
                return Optional.of(NamespaceOutcome.of(
                        namespace, State.REFUSED, Told.unchangeable(server.diagnosis(), namespace, name)));
            }
            server.delete(Ask.of(Ask.Verb.DELETE, Ask.SECRETS, namespace, name), there);
            return create(namespace, SecretManifest.insteadOf(there, secret, namespace));
        }
        server.write(Ask.of(Ask.Verb.UPDATE, Ask.SECRETS, namespace, name), wanted);
        return Optional.empty();
    }

    /** Has the service accounts refer to the secret; those that are not there do not keep the others from it. */
    private SortedSet<String> refer(String namespace) throws KubernetesFailure {
        PullReference reference = new PullReference(SecretManifest.name(secret));
        SortedSet<String> missing = new TreeSet<>(accounts);
        while (true) {
            for (String account : List.copyOf(missing)) {
                if (Contest.repeat(() -> add(reference, namespace, account))) {
                    missing.remove(account);
                }
            }
            // A controller makes the default one a moment after the namespace.
            if (missing.isEmpty() || !accountsBy.allows(BETWEEN) || !Pause.of(BETWEEN)) {
                return missing;
            }
        }
    }

    /** Whether there is such a service account. */
    private boolean add(PullReference reference, String namespace, String account) throws KubernetesFailure {
        Optional<JsonObject> read = server.find(Ask.of(Ask.Verb.GET, Ask.ACCOUNTS, namespace, account));
        if (read.isPresent() && !reference.in(read.get())) {
            reference.addTo(read.get());
            server.write(Ask.of(Ask.Verb.UPDATE, Ask.ACCOUNTS, namespace, account), read.get());
        }
        return read.isPresent();
    }
}
