package io.github.acrattach.adapter.kubernetes;

import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.github.acrattach.domain.ArmId;
import io.github.acrattach.domain.Held;
import io.github.acrattach.domain.NamespaceOutcome;
import io.github.acrattach.domain.NamespaceOutcome.State;
import io.github.acrattach.domain.PullSecret;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** Decides from what was seen what the command pod is to do, so that the namespaces hold the secret. */
final class PodStore {

    private final Seen seen;
    private final PullSecret secret;
    private final Set<String> accounts;
    private final KubernetesDiagnosis diagnosis;
    private final String name;
    private final Orders orders = new Orders();

    PodStore(Seen seen, PullSecret secret, Set<String> accounts, KubernetesDiagnosis diagnosis) {
        this.seen = seen;
        this.secret = secret;
        this.accounts = accounts;
        this.diagnosis = diagnosis;
        name = SecretManifest.name(secret);
    }

    Orders orders() {
        return orders;
    }

    /** Orders what is to be done in a namespace; the outcome is how it ends if all of it goes well. */
    NamespaceOutcome order(String namespace) {
        Seen.Space space = seen.spaces.get(namespace);
        if (space == null || space.terminating()) {
            return NamespaceOutcome.of(namespace, State.TERMINATING, Told.gone(diagnosis, namespace));
        }
        ArmId registry = secret.credential().key().pairing().registry();
        Held held = seen.held(namespace, registry);
        if (held instanceof Held.Foreign foreign) {
            return NamespaceOutcome.of(namespace, State.LEFT_ALONE, Told.foreign(diagnosis, namespace, name, foreign));
        }
        if (!put(namespace, held)) {
            return NamespaceOutcome.of(namespace, State.REFUSED, Told.unchangeable(diagnosis, namespace, name));
        }
        SortedSet<String> missing = new TreeSet<>();
        PullReference reference = new PullReference(name);
        for (String account : new TreeSet<>(accounts)) {
            JsonObject there = space.accounts().get(account);
            if (there == null) {
                missing.add(account);
            } else if (!reference.in(there)) {
                orders.then(
                        "patch",
                        Ask.of(Ask.Verb.PATCH, Ask.ACCOUNTS, namespace, account),
                        Optional.of(AccountPatch.adding(reference, there)));
            }
        }
        return missing.isEmpty()
                ? NamespaceOutcome.of(namespace, State.HOLDS)
                : Told.missing(diagnosis, namespace, missing);
    }

    /** False when it cannot be. */
    private boolean put(String namespace, Held held) {
        Optional<String> made = Optional.of(SecretManifest.of(secret, namespace).toString());
        if (held instanceof Held.Nothing) {
            orders.then("create", Ask.create(Ask.SECRETS, namespace), made);
            return true;
        }
        if (held instanceof Held.Ours ours && ours.inputs().equals(secret.inputs())) {
            // What it holds cannot be seen; it says that it is this one.
            return true;
        }
        JsonObject there = seen.secret(namespace);
        if (there.get("immutable") instanceof JsonPrimitive) {
            if (SecretManifest.isHeld(there)) {
                return false;
            }
            orders.then(
                    "renew",
                    Ask.of(Ask.Verb.UPDATE, Ask.SECRETS, namespace, name),
                    Optional.of(withGaps(SecretManifest.insteadOf(there, secret, namespace))));
            return true;
        }
        JsonObject wanted = SecretManifest.over(there, secret);
        Fields.within(wanted, "metadata").addProperty("name", name);
        orders.then("replace", Ask.of(Ask.Verb.UPDATE, Ask.SECRETS, namespace, name), Optional.of(withGaps(wanted)));
        return true;
    }

    /**
     * What others put there is not seen, so the pod itself puts it in: after the first of three lines come owners, after
     * the second other data.
     */
    private static String withGaps(JsonObject manifest) {
        JsonObject rest = manifest.deepCopy();
        String metadata = rest.remove("metadata").toString();
        String data = rest.remove("data").toString();
        String others = rest.toString();
        return "{\"metadata\":" + open(metadata) + "\n},\"data\":" + open(data) + "\n}," + others.substring(1);
    }

    private static String open(String object) {
        return object.substring(0, object.length() - 1);
    }
}
