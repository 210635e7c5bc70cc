package io.github.acrattach.adapter.kubernetes;

import com.google.gson.JsonObject;
import io.github.acrattach.domain.ArmId;
import io.github.acrattach.domain.Held;
import io.github.acrattach.domain.NamespaceOutcome;
import io.github.acrattach.domain.NamespaceOutcome.State;
import io.github.acrattach.domain.PullSecret;
import java.util.List;
import java.util.Optional;

/** Removes a registry's secret from one namespace: first what refers to it, as far as this program added it. */
final class Clearing {

    private final ApiServer server;
    private final ArmId registry;
    private final PullReference reference;

    Clearing(ApiServer server, ArmId registry) {
        this.server = server;
        this.registry = registry;
        reference = new PullReference(PullSecret.nameFor(registry));
    }

    /** The service accounts that carry a reference of this program's. */
    List<JsonObject> referring() throws KubernetesFailure {
        return server.list(Ask.list(Ask.ACCOUNTS)).stream()
                .filter(reference::addedTo)
                .toList();
    }

    /** Empty where there was nothing of this program's. */
    Optional<NamespaceOutcome> of(String namespace, List<String> accounts) {
        try {
            boolean removed = false;
            for (String account : accounts) {
                removed |= Contest.repeat(() -> release(namespace, account));
            }
            boolean released = removed;
            return Contest.repeat(() -> remove(namespace))
                    .or(() -> released ? Optional.of(NamespaceOutcome.of(namespace, State.CLEARED)) : Optional.empty());
        } catch (KubernetesFailure failure) {
            return Optional.of(Ended.with(namespace, failure));
        }
    }

    private boolean release(String namespace, String account) throws KubernetesFailure {
        Optional<JsonObject> there = server.find(Ask.of(Ask.Verb.GET, Ask.ACCOUNTS, namespace, account))
                .filter(reference::addedTo);
        if (there.isEmpty()) {
            return false;
        }
        reference.removeFrom(there.get());
        server.write(Ask.of(Ask.Verb.UPDATE, Ask.ACCOUNTS, namespace, account), there.get());
        return true;
    }

    /** Empty when there was none. */
    private Optional<NamespaceOutcome> remove(String namespace) throws KubernetesFailure {
        String name = PullSecret.nameFor(registry);
        Optional<JsonObject> there = server.find(Ask.of(Ask.Verb.GET, Ask.SECRETS, namespace, name))
                .filter(secret -> SecretManifest.held(secret, registry) instanceof Held.Ours);
        if (there.isEmpty()) {
            return Optional.empty();
        }
        try {
            JsonObject answer = server.delete(Ask.of(Ask.Verb.DELETE, Ask.SECRETS, namespace, name), there.get());
            return Optional.of(
                    SecretManifest.isHeld(answer)
                            ? NamespaceOutcome.of(
                                    namespace, State.PENDING, Told.going(server.diagnosis(), namespace, name))
                            : NamespaceOutcome.of(namespace, State.CLEARED));
        } catch (KubernetesFailure failure) {
            if (failure.absent()) {
                return Optional.empty();
            }
            throw failure;
        }
    }
}
