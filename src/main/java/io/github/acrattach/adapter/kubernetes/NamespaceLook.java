package io.github.acrattach.adapter.kubernetes;

import com.google.gson.JsonObject;
import io.github.acrattach.domain.ArmId;
import io.github.acrattach.domain.ClusterNamespace;
import io.github.acrattach.domain.Held;
import io.github.acrattach.domain.PullSecret;
import java.util.Set;
import java.util.TreeSet;

/** Looks at what a namespace holds for a registry. */
final class NamespaceLook {

    private final ApiServer server;
    private final ArmId registry;
    private final Set<String> accounts;

    NamespaceLook(ApiServer server, ArmId registry, Set<String> accounts) {
        this.server = server;
        this.registry = registry;
        this.accounts = accounts;
    }

    ClusterNamespace of(JsonObject namespace) throws KubernetesFailure {
        String name = Fields.name(namespace).orElse("");
        return new ClusterNamespace(
                name,
                Fields.texts(namespace, "metadata", "labels"),
                isTerminating(namespace),
                held(name),
                referring(name));
    }

    static boolean isTerminating(JsonObject namespace) {
        return Fields.leaving(namespace)
                || Fields.text(namespace, "status", "phase")
                        .filter("Terminating"::equals)
                        .isPresent();
    }

    private Held held(String namespace) throws KubernetesFailure {
        try {
            return server.find(Ask.of(Ask.Verb.GET, Ask.SECRETS, namespace, PullSecret.nameFor(registry)))
                    .map(there -> SecretManifest.held(there, registry))
                    .orElseGet(Held.Nothing::new);
        } catch (KubernetesFailure failure) {
            // Wrong in this namespace, it must not stop the others: no right, or a secret that cannot be decrypted.
            if (failure.ofThisAlone()) {
                return new Held.Hidden(failure.problem());
            }
            throw failure;
        }
    }

    private Set<String> referring(String namespace) throws KubernetesFailure {
        PullReference reference = new PullReference(PullSecret.nameFor(registry));
        Set<String> referring = new TreeSet<>();
        for (String account : accounts) {
            Ask get = Ask.of(Ask.Verb.GET, Ask.ACCOUNTS, namespace, account);
            try {
                server.find(get).filter(reference::in).ifPresent(there -> referring.add(account));
            } catch (KubernetesFailure failure) {
                // Not known to refer to it: whoever stores the secret is told why.
                if (!failure.ofThisAlone()) {
                    throw failure;
                }
            }
        }
        return referring;
    }
}
