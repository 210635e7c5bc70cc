package io.github.acrattach.usecase;

import io.github.acrattach.domain.ArmId;
import io.github.acrattach.domain.Cluster;
import io.github.acrattach.domain.ClusterNamespace;
import io.github.acrattach.domain.CredentialKey;
import io.github.acrattach.domain.CredentialKind;
import io.github.acrattach.domain.Held;
import io.github.acrattach.domain.Lookup;
import io.github.acrattach.domain.MadeCredential;
import io.github.acrattach.domain.NamespaceOutcome;
import io.github.acrattach.domain.NewPassword;
import io.github.acrattach.domain.Pairing;
import io.github.acrattach.domain.Password;
import io.github.acrattach.domain.Problem;
import io.github.acrattach.domain.Proof;
import io.github.acrattach.domain.PullCredential;
import io.github.acrattach.domain.PullSecret;
import io.github.acrattach.domain.PullSecretOwner;
import io.github.acrattach.domain.PullSecretTerms;
import io.github.acrattach.domain.ReferenceTerms;
import io.github.acrattach.domain.References;
import io.github.acrattach.domain.Registry;
import io.github.acrattach.domain.Samples;
import io.github.acrattach.domain.Secret;
import io.github.acrattach.domain.ServiceAccountPatterns;
import io.github.acrattach.port.PullCredentials;
import io.github.acrattach.port.PullSecrets;
import io.github.acrattach.port.RegistryLogins;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.BiPredicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Issuers, registries and the insides of clusters: a password opens what its issuer says, where a namespace holds it. */
final class SmallSecrets implements PullSecrets, RegistryLogins {

    static final Problem WRONG_PASSWORD = Samples.problem(Problem.Kind.CREDENTIAL_REJECTED);
    static final Problem TAKEN_AWAY = Samples.problem(Problem.Kind.NOT_READY);
    static final Problem NO_ROLE = Samples.problem(Problem.Kind.CREDENTIAL_UNAUTHORIZED);

    static final Instant BEGINNING = Instant.parse("2026-01-01T00:00:00Z");

    private static final int MOST_PASSWORDS = 2;
    private static final String LOGIN_SERVER = Samples.registry().loginServer();

    private final SmallCloud cloud;
    private final Map<CredentialKey, Credential> credentials = new LinkedHashMap<>();
    private final Map<ArmId, Map<String, Namespace>> namespaces = new LinkedHashMap<>();
    private Instant now = BEGINNING;
    private final Map<CredentialKey, Integer> numbers = new LinkedHashMap<>();
    private int born;

    SmallSecrets(SmallCloud cloud) {
        this.cloud = cloud;
    }

    /** What the issuer keeps: it never tells a value again. */
    private static final class Credential {
        private final CredentialKey key;
        private final String username;
        private final Optional<UUID> principal;
        private final Map<Password, Secret> passwords = new LinkedHashMap<>();

        Credential(CredentialKey key, int number) {
            this.key = key;
            username = username(key);
            principal =
                    key.kind() == CredentialKind.ACR_TOKEN ? Optional.empty() : Optional.of(principalOf(key, number));
        }

        PullCredential shown() {
            return new PullCredential(
                    key, username, key.name(), principal, Optional.empty(), List.copyOf(passwords.keySet()));
        }
    }

    /** Whether a service account refers to the secret, and by whose doing. */
    private enum Reference {
        NONE,
        THEIRS,
        ADDED
    }

    /** Somebody has its default service account refer to the secret. */
    private static final class Namespace {
        private final Map<ArmId, PullSecret> held = new LinkedHashMap<>();
        private final Map<String, Reference> accounts = new TreeMap<>(Map.of("default", Reference.THEIRS));
        private Optional<Held> foreign = Optional.empty();
        private boolean terminating;

        private Set<String> accounts(BiPredicate<String, Reference> which) {
            return accounts.entrySet().stream()
                    .filter(each -> which.test(each.getKey(), each.getValue()))
                    .map(Map.Entry::getKey)
                    .collect(Collectors.toCollection(TreeSet::new));
        }

        private void refer(ReferenceTerms terms) {
            accounts.replaceAll((account, reference) -> terms.accounts().name(account)
                    ? reference == Reference.NONE ? Reference.ADDED : reference
                    : terms.alone() && reference == Reference.ADDED ? Reference.NONE : reference);
        }
    }

    /** The token's name, or the application's client id. */
    static String username(CredentialKey key) {
        return key.kind() == CredentialKind.ACR_TOKEN
                ? key.name()
                : id("client of ", key).toString();
    }

    /** The object id of an application's service principal. */
    static UUID principalOf(CredentialKey key) {
        return principalOf(key, 1);
    }

    /** The same, of the application that was made after so many others. */
    static UUID principalOf(CredentialKey key, int number) {
        return id("principal " + number + " of ", key);
    }

    private static UUID id(String what, CredentialKey key) {
        return UUID.nameUUIDFromBytes((what + key.name()).getBytes(StandardCharsets.UTF_8));
    }

    synchronized Instant now() {
        return now;
    }

    synchronized void pass(Duration time) {
        now = now.plus(time);
    }

    Clock clock() {
        return new Clock() {
            @Override
            public Instant instant() {
                return now();
            }

            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                throw new UnsupportedOperationException("Nobody asks for local time.");
            }
        };
    }

    synchronized void namespace(ArmId cluster, String name) {
        namespaces.computeIfAbsent(cluster, same -> new TreeMap<>()).put(name, new Namespace());
    }

    /** Somebody makes a service account. */
    synchronized void account(ArmId cluster, String namespace, String name) {
        namespaces.get(cluster).get(namespace).accounts.put(name, Reference.NONE);
    }

    /** The service accounts that refer to the secret because this program had them do so. */
    synchronized Set<String> added(ArmId cluster, String namespace) {
        return namespaces.get(cluster).get(namespace).accounts((account, reference) -> reference == Reference.ADDED);
    }

    /** Somebody else's secret stands under the name of the pull secret. */
    synchronized void occupy(ArmId cluster, String name, Held.Foreign theirs) {
        namespaces.get(cluster).get(name).foreign = Optional.of(theirs);
    }

    synchronized void terminate(ArmId cluster, String name) {
        namespaces.get(cluster).get(name).terminating = true;
    }

    /** Somebody removes the secret by hand. */
    synchronized void empty(ArmId cluster, String name) {
        namespaces.get(cluster).get(name).held.clear();
    }

    /** Somebody makes a credential under this program's name, and stores its password under its marks. */
    synchronized void plant(CredentialKey key, ArmId cluster, String namespace) {
        Credential planted = credentials.computeIfAbsent(key, wanted -> new Credential(wanted, 1));
        Password password = new Password("planted", now, now.plus(Duration.ofDays(90)));
        planted.passwords.put(password, new Secret("value of planted"));
        namespaces
                .get(cluster)
                .get(namespace)
                .held
                .put(
                        key.pairing().registry(),
                        new PullSecret(planted.shown(), password, new Secret("value of planted"), LOGIN_SERVER));
    }

    /** A registry has another id, with all that belongs to it; what it gave to whom stays as it was. */
    synchronized void move(ArmId from, ArmId to) {
        cloud.move(from, to);
        List.copyOf(credentials.keySet()).stream()
                .filter(key -> key.kind() == CredentialKind.ACR_TOKEN)
                .filter(key -> key.pairing().registry().equals(from))
                .forEach(key -> {
                    CredentialKey now =
                            new CredentialKey(new Pairing(key.pairing().cluster(), to), key.kind());
                    credentials.put(now.named(key.name()).orElseThrow(), credentials.remove(key));
                });
    }

    /** Issuers list it after all others. */
    synchronized void madeLast(CredentialKey key) {
        credentials.put(key, credentials.remove(key));
    }

    /** Somebody ends all passwords; the issuer lists them all the same, as a token's does when it is disabled. */
    synchronized void spoil(CredentialKey key) {
        credentials.get(key).passwords.replaceAll((password, value) -> new Secret("spoilt"));
    }

    synchronized List<CredentialKey> made() {
        return List.copyOf(credentials.keySet());
    }

    /** The passwords that the issuer lists, oldest first; none where there is no credential. */
    synchronized List<Password> passwords(CredentialKey key) {
        return credentials.containsKey(key)
                ? List.copyOf(credentials.get(key).passwords.keySet())
                : List.of();
    }

    /** The password that each namespace holds for the registry, by its id; namespaces without one are left out. */
    synchronized Map<String, String> held(ArmId cluster, ArmId registry) {
        Map<String, String> held = new TreeMap<>();
        namespaces.getOrDefault(cluster, Map.of()).forEach((name, namespace) -> Optional.ofNullable(
                        namespace.held.get(registry))
                .ifPresent(secret -> held.put(name, secret.password().id())));
        return held;
    }

    /** The login servers that each namespace's secret for the registry opens. */
    synchronized Map<String, List<String>> opened(ArmId cluster, ArmId registry) {
        Map<String, List<String>> opened = new TreeMap<>();
        namespaces.getOrDefault(cluster, Map.of()).forEach((name, namespace) -> Optional.ofNullable(
                        namespace.held.get(registry))
                .ifPresent(secret -> opened.put(name, secret.loginServers())));
        return opened;
    }

    /** What they are issued by; a token lives and dies with its registry, an application does not. */
    List<PullCredentials> issuers() {
        return Stream.of(CredentialKind.values())
                .<PullCredentials>map(Issuer::new)
                .toList();
    }

    private final class Issuer implements PullCredentials {
        private final CredentialKind kind;

        Issuer(CredentialKind kind) {
            this.kind = kind;
        }

        @Override
        public CredentialKind kind() {
            return kind;
        }

        @Override
        public Lookup<PullCredential> find(CredentialKey key, PullSecretTerms terms, List<UUID> proven) {
            return answer(Call.FIND_CREDENTIAL, key, () -> there(key)
                    .map(Credential::shown)
                    .filter(shown ->
                            proven.containsAll(shown.principal().stream().toList())));
        }

        /** A token is completed; an application is made, whether there was one before or not. */
        @Override
        public Lookup<MadeCredential> make(CredentialKey key, PullSecretTerms terms, Set<UUID> finished) {
            return answer(Call.MAKE_CREDENTIAL, key, () -> {
                if (!hasRegistry(key)) {
                    return Optional.empty();
                }
                if (kind == CredentialKind.SERVICE_PRINCIPAL) {
                    credentials.remove(key);
                }
                return Optional.of(MadeCredential.of(credentials
                        .computeIfAbsent(key, wanted -> new Credential(wanted, numbers.merge(wanted, 1, Integer::sum)))
                        .shown()));
            });
        }

        @Override
        public Lookup<PullCredential> vouchFor(PullCredential credential) {
            return answer(Call.VOUCH, credential.principal().orElse(null), () -> Optional.of(credential));
        }

        @Override
        public Lookup<NewPassword> addPassword(PullCredential credential, Instant expires) {
            return answer(Call.ADD_PASSWORD, credential.key(), () -> there(credential.key())
                    .map(there -> {
                        if (there.passwords.size() >= MOST_PASSWORDS) {
                            throw new AssertionError("There is no room for a third password.");
                        }
                        Password password = new Password("password-" + ++born, now, expires);
                        Secret value = new Secret("value of " + password.id());
                        there.passwords.put(password, value);
                        return new NewPassword(password, value);
                    }));
        }

        @Override
        public Lookup<Password> removePassword(PullCredential credential, Password password) {
            return answer(Call.REMOVE_PASSWORD, credential.key(), () -> there(credential.key())
                    .map(there -> {
                        there.passwords.remove(password);
                        return password;
                    }));
        }

        @Override
        public Lookup<CredentialKey> remove(CredentialKey key) {
            return answer(Call.REMOVE_CREDENTIAL, key, () -> there(key).map(there -> {
                credentials.remove(key);
                return key;
            }));
        }

        @Override
        public Lookup<CredentialKey> removeUnfinished(CredentialKey key, Set<UUID> finished) {
            boolean isUnfinished = there(key)
                    .flatMap(there -> there.principal)
                    .filter(principal -> !finished.contains(principal))
                    .isPresent();
            return isUnfinished ? remove(key) : new Lookup.Absent<>();
        }

        @Override
        public Lookup<List<CredentialKey>> at(ArmId registry) {
            return answer(
                    Call.LIST_CREDENTIALS,
                    registry,
                    () -> Optional.of(
                            kind == CredentialKind.ACR_TOKEN
                                    ? keys().filter(key ->
                                                    key.pairing().registry().equals(registry))
                                            .toList()
                                    : List.of()));
        }

        @Override
        public Lookup<List<CredentialKey>> elsewhere() {
            return answer(
                    Call.LIST_CREDENTIALS,
                    kind,
                    () -> Optional.of(kind == CredentialKind.SERVICE_PRINCIPAL ? keys().toList() : List.of()));
        }

        private Stream<CredentialKey> keys() {
            return credentials.keySet().stream().filter(key -> key.kind() == kind);
        }

        private Optional<Credential> there(CredentialKey key) {
            return Optional.ofNullable(credentials.get(key)).filter(there -> hasRegistry(key));
        }

        private boolean hasRegistry(CredentialKey key) {
            return kind == CredentialKind.SERVICE_PRINCIPAL
                    || cloud.has(key.pairing().registry());
        }
    }

    @Override
    public Lookup<List<ClusterNamespace>> in(
            Cluster cluster, PullSecretOwner owner, ServiceAccountPatterns wanted, Set<String> labels) {
        return answer(Call.LIST_NAMESPACES, cluster.id(), () -> inside(cluster).map(all -> all.entrySet().stream()
                .map(each -> shown(each.getKey(), each.getValue(), owner, wanted))
                .toList()));
    }

    private static ClusterNamespace shown(
            String name, Namespace namespace, PullSecretOwner owner, ServiceAccountPatterns wanted) {
        Held held = namespace.foreign.orElseGet(() -> Optional.ofNullable(namespace.held.get(owner.registry()))
                .<Held>map(SmallSecrets::ours)
                .or(() -> namespace.held.entrySet().stream()
                        .filter(each -> owner.mayHaveBeen(each.getKey())
                                && each.getValue().loginServer().equals(owner.loginServer()))
                        .findFirst()
                        .map(each -> moved(each.getKey(), each.getValue())))
                .orElseGet(Held.Nothing::new));
        References references = new References(
                namespace.accounts((account, reference) -> reference != Reference.NONE),
                namespace.accounts((account, reference) -> reference == Reference.NONE && wanted.name(account)),
                namespace.accounts((account, reference) -> reference == Reference.ADDED && !wanted.name(account)));
        return new ClusterNamespace(
                name, Map.of(), namespace.terminating, owner.secretName(), held, Optional.of(references));
    }

    private static Held moved(ArmId from, PullSecret secret) {
        return new Held.Moved(from, secret.credential().username(), Optional.of(secret.value()));
    }

    private static Held.Ours ours(PullSecret secret) {
        return new Held.Ours(
                secret.credential().key().name(),
                secret.password().id(),
                secret.inputs(),
                Optional.of(secret.value()),
                secret.loginServers());
    }

    @Override
    public Lookup<List<NamespaceOutcome>> store(
            Cluster cluster, PullSecret secret, Set<String> into, Set<String> standing, ReferenceTerms references) {
        return answer(Call.STORE, cluster.id(), () -> inside(cluster).map(all -> all.entrySet().stream()
                .filter(each -> into.contains(each.getKey()))
                .map(each ->
                        stored(each.getKey(), each.getValue(), secret, standing.contains(each.getKey()), references))
                .toList()));
    }

    private NamespaceOutcome stored(
            String name, Namespace namespace, PullSecret secret, boolean stood, ReferenceTerms references) {
        Optional<Problem> refused = cloud.troubles.of(Call.STORE, name);
        if (refused.isPresent()) {
            return NamespaceOutcome.of(name, NamespaceOutcome.State.REFUSED, refused.get());
        }
        if (stood && namespace.held.isEmpty()) {
            return NamespaceOutcome.of(name, NamespaceOutcome.State.PENDING, TAKEN_AWAY);
        }
        namespace.held.keySet().removeAll(secret.formerly());
        namespace.held.put(secret.credential().key().pairing().registry(), secret);
        namespace.refer(references);
        return NamespaceOutcome.of(name, NamespaceOutcome.State.READY);
    }

    @Override
    public Lookup<List<NamespaceOutcome>> clear(Cluster cluster, PullSecretOwner owner, List<PullSecretOwner> alive) {
        return answer(Call.CLEAR, cluster.id(), () -> inside(cluster).map(all -> all.entrySet().stream()
                .flatMap(each -> cleared(each.getKey(), each.getValue(), owner, alive).stream())
                .toList()));
    }

    private static Optional<NamespaceOutcome> cleared(
            String name, Namespace namespace, PullSecretOwner owner, List<PullSecretOwner> alive) {
        Optional<PullSecret> held = Optional.ofNullable(namespace.held.get(owner.registry()));
        Optional<PullSecretOwner> now = alive.stream()
                .filter(each -> held.filter(secret -> secret.loginServer().equals(each.loginServer()))
                        .isPresent())
                .findFirst();
        if (now.isPresent()) {
            return Optional.of(NamespaceOutcome.of(
                    name,
                    NamespaceOutcome.State.SKIPPED,
                    Problem.of(Problem.Kind.MOVED, "It was moved.", now.get().registry(), "Use that id.")));
        }
        namespace.held.remove(owner.registry());
        return held.map(gone -> NamespaceOutcome.of(name, NamespaceOutcome.State.REMOVED));
    }

    private Optional<Map<String, Namespace>> inside(Cluster cluster) {
        return Optional.of(namespaces.getOrDefault(cluster.id(), Map.of())).filter(all -> cloud.has(cluster.id()));
    }

    @Override
    public Proof prove(Registry registry, String username, Secret password, List<String> repositories) {
        Optional<Credential> owner = owner(username, password);
        Optional<Problem> refused = owner.flatMap(there -> cloud.troubles.of(Call.PROVE, there.key));
        if (refused.isPresent() || owner.isEmpty()) {
            return Proof.of(Proof.Verdict.REJECTED, refused.orElse(WRONG_PASSWORD));
        }
        boolean allowed = owner.get().principal.map(cloud::hasRole).orElse(true);
        return allowed ? Proof.PULLS : Proof.of(Proof.Verdict.UNAUTHORIZED, NO_ROLE);
    }

    private synchronized Optional<Credential> owner(String username, Secret password) {
        return credentials.values().stream()
                .filter(each -> each.username.equals(username))
                .filter(each -> each.passwords.entrySet().stream()
                        .anyMatch(of -> of.getKey().expires().isAfter(now)
                                && of.getValue().reveal().equals(password.reveal())))
                .findFirst();
    }

    /** A call that hangs holds up no other. */
    private <T> Lookup<T> answer(Call call, Object about, Supplier<Optional<T>> work) {
        return cloud.troubles.or(call, about, () -> {
            synchronized (this) {
                return work.get().<Lookup<T>>map(Lookup.Found::new).orElseGet(Lookup.Absent::new);
            }
        });
    }
}
