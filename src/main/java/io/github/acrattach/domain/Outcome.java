package io.github.acrattach.domain;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** How it ended: for a pair of cluster and registry, or for an event that came to no pair. */
public sealed interface Outcome {

    /** The pair it is about; empty when it came to none. */
    Optional<Pairing> pairing();

    /** How it stands in each namespace that is meant, where it came to them. */
    default List<NamespaceOutcome> namespaces() {
        return List.of();
    }

    /** Why it did not come about, where it did not. */
    default Optional<Problem> trouble() {
        return Optional.empty();
    }

    /** It, where the same again, later, can succeed. */
    default Optional<Postponed> postponed() {
        return Optional.empty();
    }

    /** What became of the grants to identities that the cluster had before. */
    default FormerGrants former() {
        return FormerGrants.NONE;
    }

    /**
     * The same, after the grants to identities that the cluster had before were withdrawn. That is done only where the one
     * that it has now is let in.
     */
    default Outcome afterWithdrawing(Supplier<FormerGrants> withdrawal) {
        return this;
    }

    /** The same, with something else to be known, where it went well. */
    default Outcome noting(Problem note) {
        return this;
    }

    /** The same, with what may keep nodes from pulling by the role that the cluster has. */
    default Outcome notingOfNodes(List<Problem> notes) {
        return this;
    }

    /** Goes on with whichever it is. */
    <R> R fold(Cases<R> cases);

    private static List<Problem> with(List<Problem> notes, List<Problem> more) {
        return Stream.concat(notes.stream(), more.stream()).toList();
    }

    /** What follows from each way in which it can end. */
    interface Cases<R> {
        R granted(Granted granted);

        R alreadyGranted(AlreadyGranted already);

        R provisioned(Provisioned provisioned);

        R revoked(Revoked revoked);

        R refused(Refused refused);

        R postponed(Postponed postponed);

        R ignored(Ignored ignored);

        R gone(Gone gone);
    }

    /**
     * The assignment was made. It is not effective at once: Azure takes up to ten minutes, AKS says up to sixty.
     *
     * @param notes what else is to be known, such as what may keep nodes from pulling all the same
     * @param former what became of the grants to identities that the cluster had before
     */
    record Granted(Optional<Pairing> pairing, PullGrant grant, List<Problem> notes, FormerGrants former)
            implements Outcome {
        @Override
        public Outcome afterWithdrawing(Supplier<FormerGrants> withdrawal) {
            return new Granted(pairing, grant, notes, withdrawal.get());
        }

        @Override
        public Outcome noting(Problem note) {
            return notingOfNodes(List.of(note));
        }

        @Override
        public Outcome notingOfNodes(List<Problem> more) {
            return new Granted(pairing, grant, with(notes, more), former);
        }

        @Override
        public <R> R fold(Cases<R> cases) {
            return cases.granted(this);
        }

        public Granted(Pairing pairing, PullGrant grant) {
            this(Optional.of(pairing), grant, List.of(), FormerGrants.NONE);
        }
    }

    /**
     * The cluster could pull already; nothing was granted.
     *
     * @param grant what would have been granted
     * @param given what gives it all that, be it another role
     * @param notes what else is to be known, such as what may keep nodes from pulling all the same
     * @param former what became of the grants to identities that the cluster had before
     */
    record AlreadyGranted(
            Optional<Pairing> pairing, PullGrant grant, PullRight.Given given, List<Problem> notes, FormerGrants former)
            implements Outcome {
        @Override
        public Outcome afterWithdrawing(Supplier<FormerGrants> withdrawal) {
            return new AlreadyGranted(pairing, grant, given, notes, withdrawal.get());
        }

        @Override
        public Outcome noting(Problem note) {
            return notingOfNodes(List.of(note));
        }

        @Override
        public Outcome notingOfNodes(List<Problem> more) {
            return new AlreadyGranted(pairing, grant, given, with(notes, more), former);
        }

        @Override
        public <R> R fold(Cases<R> cases) {
            return cases.alreadyGranted(this);
        }

        public AlreadyGranted(Pairing pairing, PullGrant grant, PullRight.Given given) {
            this(Optional.of(pairing), grant, given, List.of(), FormerGrants.NONE);
        }
    }

    /**
     * The cluster pulls by a pull secret.
     *
     * @param username whom the registry lets in
     * @param expires when the password ends
     * @param renews when it will be replaced
     * @param changed whether anything had to be done for it
     * @param namespaces how it stands in each namespace that is meant
     * @param notes what could not be proven, and why a role did not do
     * @param former what became of the grants to identities that the cluster had before
     */
    record Provisioned(
            Optional<Pairing> pairing,
            CredentialKey key,
            String username,
            Instant expires,
            Instant renews,
            boolean changed,
            List<NamespaceOutcome> namespaces,
            List<Problem> notes,
            FormerGrants former)
            implements Outcome {
        public Provisioned(
                Optional<Pairing> pairing,
                CredentialKey key,
                String username,
                Instant expires,
                Instant renews,
                boolean changed,
                List<NamespaceOutcome> namespaces,
                List<Problem> notes) {
            this(pairing, key, username, expires, renews, changed, namespaces, notes, FormerGrants.NONE);
        }

        @Override
        public Outcome afterWithdrawing(Supplier<FormerGrants> withdrawal) {
            return new Provisioned(
                    pairing, key, username, expires, renews, changed, namespaces, notes, withdrawal.get());
        }

        @Override
        public <R> R fold(Cases<R> cases) {
            return cases.provisioned(this);
        }

        @Override
        public Outcome noting(Problem note) {
            return notingAll(List.of(note));
        }

        /**
         * Whether the cluster needs that other credential no more: of another kind, or of before the registry was moved, and
         * held by no namespace.
         */
        public boolean supersedes(CredentialKey other) {
            return key.pairing().equals(other.pairing())
                    && !key.equals(other)
                    && namespaces.stream().allMatch(each -> each.problem().isEmpty())
                    && notes.stream()
                            .noneMatch(note -> note.kind() == Problem.Kind.PREVIOUS_PASSWORD
                                    && other.earlier().isPresent());
        }

        /** The same, with the reason why it is not done by a role, where that was wanted first. */
        public Provisioned insteadOfRole(Optional<Problem> reason) {
            return new Provisioned(
                    pairing,
                    key,
                    username,
                    expires,
                    renews,
                    changed,
                    namespaces,
                    with(reason.stream().toList(), notes),
                    former);
        }

        /** The same, with more to be known. */
        public Provisioned notingAll(List<Problem> more) {
            return new Provisioned(
                    pairing, key, username, expires, renews, changed, namespaces, with(notes, more), former);
        }
    }

    /**
     * What this program had made for the pair is gone.
     *
     * @param removed each thing that was removed, as a phrase; none when there was nothing
     * @param kept each thing of this program's that others still need, and why
     * @param notes why it will not stay so
     */
    record Revoked(Optional<Pairing> pairing, List<String> removed, List<String> kept, List<Problem> notes)
            implements Outcome {
        public Revoked(Optional<Pairing> pairing, List<String> removed, List<String> kept) {
            this(pairing, removed, kept, List.of());
        }

        /** The same, with what will undo it. */
        public Revoked until(Problem note) {
            return new Revoked(pairing, removed, kept, List.of(note));
        }

        @Override
        public <R> R fold(Cases<R> cases) {
            return cases.revoked(this);
        }

        /** Whether there was nothing to remove, and nothing that is kept. */
        public boolean nothing() {
            return removed.isEmpty() && kept.isEmpty();
        }
    }

    /**
     * It cannot be done, and neither waiting nor repeating helps.
     *
     * @param namespaces how it stands in each namespace that is meant, where it came to them
     */
    record Refused(Optional<Pairing> pairing, Problem problem, List<NamespaceOutcome> namespaces) implements Outcome {
        @Override
        public Optional<Problem> trouble() {
            return Optional.of(problem);
        }

        @Override
        public <R> R fold(Cases<R> cases) {
            return cases.refused(this);
        }

        public Refused(Problem problem) {
            this(Optional.empty(), problem, List.of());
        }

        public Refused(Pairing pairing, Problem problem) {
            this(pairing, problem, List.of());
        }

        public Refused(Pairing pairing, Problem problem, List<NamespaceOutcome> namespaces) {
            this(Optional.of(pairing), problem, namespaces);
        }
    }

    /**
     * It could not be done now; the same again, later, can succeed.
     *
     * @param namespaces how it stands in each namespace that is meant, where it came to them
     */
    record Postponed(
            Optional<Pairing> pairing,
            Problem problem,
            Optional<Duration> retryAfter,
            List<NamespaceOutcome> namespaces)
            implements Outcome {
        @Override
        public Optional<Problem> trouble() {
            return Optional.of(problem);
        }

        @Override
        public Optional<Postponed> postponed() {
            return Optional.of(this);
        }

        @Override
        public <R> R fold(Cases<R> cases) {
            return cases.postponed(this);
        }

        public Postponed(Optional<Pairing> pairing, Problem problem, Optional<Duration> retryAfter) {
            this(pairing, problem, retryAfter, List.of());
        }

        public Postponed(Pairing pairing, Problem problem, Optional<Duration> retryAfter) {
            this(Optional.of(pairing), problem, retryAfter, List.of());
        }

        public Postponed(Pairing pairing, Problem problem) {
            this(pairing, problem, Optional.empty());
        }
    }

    /** There is nothing to do; the reason, as a full sentence. */
    record Ignored(String reason) implements Outcome {
        @Override
        public <R> R fold(Cases<R> cases) {
            return cases.ignored(this);
        }

        @Override
        public Optional<Pairing> pairing() {
            return Optional.empty();
        }
    }

    /**
     * A resource that was asked for by name is not there.
     *
     * @param namesakes what is there under its name elsewhere: it may have been moved
     */
    record Gone(Optional<Pairing> pairing, ArmId resource, List<ArmId> namesakes) implements Outcome {
        public Gone {
            namesakes = List.copyOf(namesakes);
        }

        public Gone(Pairing pairing, ArmId resource) {
            this(Optional.of(pairing), resource, List.of());
        }

        /** The same where others of its name were found. */
        public Gone near(List<ArmId> others) {
            return new Gone(pairing, resource, others);
        }

        @Override
        public <R> R fold(Cases<R> cases) {
            return cases.gone(this);
        }
    }
}
