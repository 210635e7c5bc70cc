package io.github.acrattach.domain;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What one run has done so far. All of it may be lost at any moment: the next run begins with nothing and comes to the
 * same end.
 *
 * @param renewOlder passwords made before this time are to be replaced; empty: only those that are due
 * @param inHand the passwords that this run made, by id; nobody else knows their values yet
 * @param proofs what the registry said to a password last, by id
 * @param seenHeld the passwords that this run has seen in a namespace, by id
 * @param tried how it ended in the namespaces that this run stored the secret in
 * @param made whether the credential was made or completed
 * @param granted whether this run gave the pull role to the credential; Azure may not list it at once
 * @param refusal why the pull role was refused to it
 * @param changed whether anything was changed
 */
public record SecretRun(
        Optional<Instant> renewOlder,
        Map<String, Secret> inHand,
        Map<String, Proof> proofs,
        Set<String> seenHeld,
        Map<String, NamespaceOutcome> tried,
        boolean made,
        boolean granted,
        Optional<Problem> refusal,
        boolean changed) {

    /** A run that begins. */
    public static SecretRun begin(Optional<Instant> renewOlder) {
        return new SecretRun(renewOlder, Map.of(), Map.of(), Set.of(), Map.of(), false, false, Optional.empty(), false);
    }

    /** What the registry said to the password last; empty while it was not asked. */
    public Optional<Proof> proofOf(Password password) {
        return Optional.ofNullable(proofs.get(password.id()));
    }

    /** After the credential was made or completed. */
    public SecretRun afterMaking() {
        return new SecretRun(renewOlder, inHand, proofs, seenHeld, tried, true, granted, refusal, true);
    }

    /** After the pull role was given to the credential, or refused. */
    public SecretRun afterGrant(Optional<Problem> refused) {
        return new SecretRun(renewOlder, inHand, proofs, seenHeld, tried, made, refused.isEmpty(), refused, true);
    }

    /** After a password was added: it is to go to every namespace, those too that got an earlier one from this run. */
    public SecretRun afterAdding(NewPassword added) {
        Map<String, Secret> more = new HashMap<>(inHand);
        more.put(added.password().id(), added.value());
        return new SecretRun(renewOlder, Map.copyOf(more), proofs, seenHeld, Map.of(), made, granted, refusal, true);
    }

    /** After the registry said what it thinks of a password. */
    public SecretRun afterProof(Password password, Proof proof) {
        Map<String, Proof> more = new HashMap<>(proofs);
        more.put(password.id(), proof);
        return new SecretRun(renewOlder, inHand, Map.copyOf(more), seenHeld, tried, made, granted, refusal, changed);
    }

    /** After the secret was stored in some namespaces; what they held is replaced. */
    public SecretRun afterStoring(Set<String> held, List<NamespaceOutcome> outcomes) {
        Set<String> moreHeld = new HashSet<>(seenHeld);
        moreHeld.addAll(held);
        Map<String, NamespaceOutcome> more = new HashMap<>(tried);
        outcomes.forEach(outcome -> more.put(outcome.namespace(), outcome));
        return new SecretRun(
                renewOlder, inHand, proofs, Set.copyOf(moreHeld), Map.copyOf(more), made, granted, refusal, true);
    }

    /** After passwords were removed; the issuer may list them a while longer. */
    public SecretRun afterRetiring(List<Password> removed) {
        Map<String, Secret> left = new HashMap<>(inHand);
        removed.forEach(password -> left.remove(password.id()));
        return new SecretRun(renewOlder, Map.copyOf(left), proofs, seenHeld, tried, made, granted, refusal, true);
    }
}
