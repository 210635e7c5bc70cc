package io.github.acrattach.domain;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * What one run is for, and what it has done so far. The latter may be lost at any moment: the next run begins with nothing
 * and comes to the same end. Each step gives another one; none changes.
 */
public final class SecretRun {

    private final Purpose purpose;
    private final Optional<Instant> renewOlder;
    private final Map<String, Secret> inHand;
    private final Map<Secret, Proof> proofs;
    private final Set<String> seenHeld;
    private final Map<String, NamespaceOutcome> tried;
    private final Set<UUID> principals;
    private final Set<UUID> distrusted;
    private final Set<String> withdrawn;
    private final List<Problem> notes;
    private final Set<ArmId> formerly;
    private boolean seen;
    private boolean made;
    private boolean granted;
    private boolean changed;
    private Optional<Problem> refusal;

    private SecretRun(Purpose purpose, Optional<Instant> renewOlder) {
        this.purpose = purpose;
        this.renewOlder = renewOlder;
        inHand = new HashMap<>();
        proofs = new HashMap<>();
        seenHeld = new HashSet<>();
        tried = new HashMap<>();
        principals = new HashSet<>();
        distrusted = new HashSet<>();
        withdrawn = new HashSet<>();
        notes = new ArrayList<>();
        formerly = new HashSet<>();
        refusal = Optional.empty();
    }

    private SecretRun(SecretRun before) {
        purpose = before.purpose;
        renewOlder = before.renewOlder;
        inHand = new HashMap<>(before.inHand);
        proofs = new HashMap<>(before.proofs);
        seenHeld = new HashSet<>(before.seenHeld);
        tried = new HashMap<>(before.tried);
        principals = new HashSet<>(before.principals);
        distrusted = new HashSet<>(before.distrusted);
        withdrawn = new HashSet<>(before.withdrawn);
        notes = new ArrayList<>(before.notes);
        formerly = new HashSet<>(before.formerly);
        seen = before.seen;
        made = before.made;
        granted = before.granted;
        changed = before.changed;
        refusal = before.refusal;
    }

    private SecretRun after(Consumer<SecretRun> step) {
        SecretRun next = new SecretRun(this);
        step.accept(next);
        return next;
    }

    /** A run that begins, and replaces the passwords that are due. */
    public static SecretRun begin(Purpose purpose) {
        return new SecretRun(purpose, Optional.empty());
    }

    /** A run that begins, and replaces all passwords made before that time. */
    public static SecretRun begin(Purpose purpose, Instant renewOlder) {
        return new SecretRun(purpose, Optional.of(renewOlder));
    }

    /** On whose word it works. */
    public Purpose purpose() {
        return purpose;
    }

    /** Passwords made before this time are to be replaced; empty: only those that are due. */
    Optional<Instant> renewOlder() {
        return renewOlder;
    }

    /** The value of a password that this run made: nobody else knows it yet. */
    Optional<Secret> inHand(Password password) {
        return Optional.ofNullable(inHand.get(password.id()));
    }

    /** Whether it is the value of a password that this run made. */
    boolean hasMade(Secret value) {
        return inHand.containsValue(value);
    }

    /** What the registry said to a value last; empty while it was not asked. */
    public Optional<Proof> proofOf(Secret value) {
        return Optional.ofNullable(proofs.get(value));
    }

    /** What a registry that gave no answer leads to, if one did not. */
    Optional<Proof> unanswered() {
        return proofs.values().stream()
                .filter(proof -> proof.verdict() == Proof.Verdict.UNANSWERED)
                .findFirst();
    }

    /** Whether it has seen the password in a namespace. */
    boolean hasSeenHeld(Password password) {
        return seenHeld.contains(password.id());
    }

    /** How it ended in a namespace that this run stored the secret in. */
    Optional<NamespaceOutcome> tried(String namespace) {
        return Optional.ofNullable(tried.get(namespace));
    }

    /** Whether the credential was there when this run looked: if it is not any more, somebody has removed it. */
    boolean seen() {
        return seen;
    }

    /** Whether it was begun for an application that anybody may have made, and has not seen one that is proven. */
    public boolean mayMeetUnproven(CredentialKind kind) {
        return kind == CredentialKind.SERVICE_PRINCIPAL && !purpose.makes() && !seen;
    }

    /** The ids that the registry is proven to have had before, as far as secrets still told them. */
    public Set<ArmId> formerly() {
        return Set.copyOf(formerly);
    }

    /** Whether the credential was made or completed. */
    boolean made() {
        return made;
    }

    /** The service principals that this run made itself, which needs no other proof. */
    public Set<UUID> principals() {
        return Set.copyOf(principals);
    }

    /** The service principals that others have a hand in. */
    public Set<UUID> distrusted() {
        return Set.copyOf(distrusted);
    }

    /** What was left alone, and why. */
    List<Problem> notes() {
        return List.copyOf(notes);
    }

    /** Whether this run gave the pull role to the credential; Azure may not list it at once. */
    boolean granted() {
        return granted;
    }

    /** Why the pull role was refused to it. */
    Optional<Problem> refusal() {
        return refusal;
    }

    /** Whether this run took the assignment back; Azure may list it a while longer. */
    boolean hasWithdrawn(RoleAssignment assignment) {
        return withdrawn.contains(assignment.id());
    }

    /** Whether anything was changed. */
    boolean changed() {
        return changed;
    }

    /** After the credential was seen. */
    public SecretRun afterSeeing() {
        return seen ? this : after(next -> next.seen = true);
    }

    /** After secrets were seen that were made for the registry while it had these ids. */
    SecretRun afterSeeingMoved(Set<ArmId> ids) {
        return formerly.containsAll(ids) ? this : after(next -> next.formerly.addAll(ids));
    }

    /** After the credential was made or completed. */
    public SecretRun afterMaking(MadeCredential what) {
        return after(next -> {
            what.credential().principal().ifPresent(next.principals::add);
            // What stands in the way of a replacement is what it replaces, and was told.
            if (next.distrusted.isEmpty()) {
                next.notes.addAll(what.leftAlone());
            }
            next.made = true;
            next.changed = true;
        });
    }

    /** After it was found that others have a hand in the credential: another one takes its place. */
    public SecretRun afterDistrust(UUID principal, Problem why) {
        return after(next -> {
            next.distrusted.add(principal);
            next.notes.add(why);
            next.seen = false;
            next.made = false;
            next.granted = false;
        });
    }

    /** After the pull role was given to the credential, or refused. */
    public SecretRun afterGrant(Optional<Problem> refused) {
        return after(next -> {
            next.granted = refused.isEmpty();
            next.refusal = refused;
            next.changed = true;
        });
    }

    /** After a password was added: it is to go to every namespace, those too that got an earlier one from this run. */
    public SecretRun afterAdding(NewPassword added) {
        return after(next -> {
            next.inHand.put(added.password().id(), added.value());
            next.tried.clear();
            next.changed = true;
        });
    }

    /** After the registry said what it thinks of a value. */
    public SecretRun afterProof(Secret value, Proof proof) {
        return after(next -> next.proofs.put(value, proof));
    }

    /** After the secret was stored in some namespaces; what they held is replaced. */
    public SecretRun afterStoring(Set<String> held, List<NamespaceOutcome> outcomes) {
        return after(next -> {
            next.seenHeld.addAll(held);
            outcomes.forEach(outcome -> next.tried.put(outcome.namespace(), outcome));
            next.changed = true;
        });
    }

    /** After the pull role was taken back from what stood for the credential before, or a refusal says why it was not. */
    public SecretRun afterWithdrawing(List<RoleAssignment> assignments, List<Problem> refusals) {
        return after(next -> {
            assignments.forEach(each -> next.withdrawn.add(each.id()));
            next.notes.addAll(refusals);
            next.changed = true;
        });
    }

    /** After passwords were removed; the issuer may list them a while longer. */
    public SecretRun afterRetiring(List<Password> removed) {
        return after(next -> {
            removed.forEach(password -> next.inHand.remove(password.id()));
            next.changed = true;
        });
    }
}
