package io.github.acrattach.domain;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** An issuer, a registry and a cluster, as far as the plan sees them, and runs that carry out its steps in them. */
final class SecretWorld {

    static final CredentialKey KEY =
            new CredentialKey(new Pairing(Samples.CLUSTER, Samples.REGISTRY), CredentialKind.ACR_TOKEN);

    private static final References REFERRED_TO = new References(Set.of("default"), Set.of(), Set.of());

    /** The password that stands in a namespace; a namespace without one holds null. */
    final Map<String, String> namespaces = new TreeMap<>();

    /** What somebody has put in the place of a namespace's value, and left the marks. */
    final Map<String, String> tampered = new HashMap<>();

    /** The values to which the registry gives no answer. */
    final Set<String> unanswering = new HashSet<>();

    /** As through Run Command, where no value is read. */
    boolean blind;

    /** Service accounts may not be listed. */
    boolean hiddenAccounts;

    /** The registry's network keeps this program out. */
    boolean unreachable;

    /** What stands in a namespace that is not this program's. */
    final Map<String, Held> foreign = new HashMap<>();

    /** How its service accounts refer to the secret; elsewhere, somebody has one refer. */
    final Map<String, References> references = new HashMap<>();

    final List<Password> passwords = new ArrayList<>();
    final List<String> refusing = new ArrayList<>();
    final Set<String> terminating = new HashSet<>();
    Instant now = Instant.parse("2026-01-01T00:00:00Z");
    PullSecretTerms terms = PullSecretTerms.DEFAULT;
    Purpose purpose = Purpose.RULE;
    boolean made;
    Duration replication = Duration.ZERO;
    int mostAtOnce;
    private int born;

    SecretWorld(String... names) {
        for (String name : names) {
            namespaces.put(name, null);
        }
    }

    /** A run of the program: it knows only what it has seen and done itself. */
    final class Run {
        SecretRun memory;
        private SecretStep last;

        Run() {
            this(Optional.empty());
        }

        Run(Optional<Instant> renewOlder) {
            memory = renewOlder.map(time -> SecretRun.begin(purpose, time)).orElseGet(() -> SecretRun.begin(purpose));
        }

        SecretStep last() {
            return last;
        }

        /** Looks and does one step; false when there is nothing more to do. */
        boolean step() {
            if (made) {
                memory = memory.afterSeeing();
            }
            SecretFacts facts = facts(memory);
            last = SecretPlan.decide(facts);
            return act(facts);
        }

        /** How it ends, as far as it comes without waiting. */
        Outcome toTheEnd() {
            for (int rounds = 0; rounds < 60; rounds++) {
                if (!step()) {
                    return last instanceof SecretStep.Wait wait
                            ? new Outcome.Postponed(KEY.pairing(), wait.problem(), wait.retryAfter())
                            : ((SecretStep.End) last).outcome();
                }
            }
            throw new AssertionError("The run does not come to rest; its last step was " + last);
        }

        private boolean act(SecretFacts facts) {
            if (last instanceof SecretStep.Make) {
                made = true;
                memory = memory.afterMaking(MadeCredential.of(credential()));
            } else if (last instanceof SecretStep.AddPassword) {
                add();
            } else if (last instanceof SecretStep.Prove prove) {
                now = now.plusSeconds(1);
                memory = memory.afterProof(prove.value(), proof(prove.value()));
            } else if (last instanceof SecretStep.Store store) {
                store(store, facts.heldPasswords());
            } else if (last instanceof SecretStep.Retire retire) {
                passwords.removeAll(retire.passwords());
                memory = memory.afterRetiring(retire.passwords());
            } else {
                return false;
            }
            return true;
        }

        private void add() {
            now = now.plusMillis(1);
            Password password = new Password("p" + ++born, now, now.plus(terms.lifetime()));
            passwords.add(password);
            mostAtOnce = Math.max(mostAtOnce, valid());
            memory = memory.afterAdding(new NewPassword(password, new Secret(password.id())));
        }

        private void store(SecretStep.Store store, Set<String> held) {
            List<NamespaceOutcome> outcomes = store.namespaces().stream()
                    .map(name -> {
                        if (refusing.contains(name)) {
                            return NamespaceOutcome.of(
                                    name, NamespaceOutcome.State.REFUSED, Samples.problem(Problem.Kind.QUOTA_EXCEEDED));
                        }
                        namespaces.put(name, store.password().id());
                        tampered.remove(name);
                        references.computeIfPresent(name, (same, before) -> referred(before, store.references()));
                        return NamespaceOutcome.of(name, NamespaceOutcome.State.READY);
                    })
                    .toList();
            memory = memory.afterStoring(held, outcomes);
        }
    }

    private static References referred(References before, ReferenceTerms terms) {
        Set<String> referring = new HashSet<>(before.referring());
        referring.addAll(before.lacking());
        if (terms.alone()) {
            referring.removeAll(before.surplus());
        }
        return new References(referring, Set.of(), terms.alone() ? Set.of() : before.surplus());
    }

    private Proof proof(Secret value) {
        if (unanswering.contains(value.reveal())) {
            return Proof.unanswered(Samples.problem(Problem.Kind.THROTTLED), Optional.empty());
        }
        if (unreachable) {
            return Proof.of(Proof.Verdict.UNREACHABLE, Samples.problem(Problem.Kind.REGISTRY_UNREACHABLE));
        }
        boolean effective = passwords.stream()
                .filter(password -> password.id().equals(value.reveal()))
                .anyMatch(password -> password.isValidAt(now)
                        && !now.isBefore(password.created().plus(replication)));
        return effective
                ? Proof.PULLS
                : Proof.of(Proof.Verdict.REJECTED, Samples.problem(Problem.Kind.CREDENTIAL_REJECTED));
    }

    int valid() {
        return (int) passwords.stream().filter(each -> each.isValidAt(now)).count();
    }

    /** Whether a pod can pull in every namespace at this moment. */
    boolean pulls() {
        return namespaces.values().stream().allMatch(held -> passwords.stream()
                .anyMatch(each ->
                        each.id().equals(held) && proof(new Secret(held)).equals(Proof.PULLS)));
    }

    SecretFacts facts(SecretRun run) {
        PullCredential credential = credential();
        return new SecretFacts(
                KEY,
                terms,
                Samples.registry(),
                made ? new Lookup.Found<>(credential) : new Lookup.Absent<>(),
                new Lookup.Found<>(namespaces.keySet().stream()
                        .map(name -> namespace(name, credential))
                        .toList()),
                new Lookup.Absent<>(),
                run,
                now);
    }

    private PullCredential credential() {
        return new PullCredential(
                KEY, KEY.name(), KEY.name(), Optional.empty(), Optional.empty(), List.copyOf(passwords));
    }

    private ClusterNamespace namespace(String name, PullCredential credential) {
        return new ClusterNamespace(
                name,
                Map.of(),
                terminating.contains(name),
                Samples.OWNER.secretName(),
                foreign.getOrDefault(name, held(name, namespaces.get(name), credential)),
                hiddenAccounts ? Optional.empty() : Optional.of(references.getOrDefault(name, REFERRED_TO)));
    }

    private Held held(String name, String id, PullCredential credential) {
        if (id == null) {
            return new Held.Nothing();
        }
        // Only id and value matter here; when it was made and when it ends is the issuer's to say.
        Password password = new Password(id, now, now);
        return new Held.Ours(
                KEY.name(),
                id,
                new PullSecret(
                                credential,
                                password,
                                new Secret(id),
                                Samples.registry().loginServer())
                        .inputs(),
                blind ? Optional.empty() : Optional.of(new Secret(tampered.getOrDefault(name, id))),
                Samples.registry().loginServers());
    }
}
