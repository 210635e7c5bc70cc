package io.github.acrattach.adapter.acr;

import com.azure.resourcemanager.containerregistry.fluent.models.TokenInner;
import com.azure.resourcemanager.containerregistry.models.TokenPassword;
import com.azure.resourcemanager.containerregistry.models.TokenPasswordName;
import io.github.acrattach.adapter.azure.Azure;
import io.github.acrattach.domain.ArmId;
import io.github.acrattach.domain.CredentialKey;
import io.github.acrattach.domain.CredentialKind;
import io.github.acrattach.domain.Lookup;
import io.github.acrattach.domain.MadeCredential;
import io.github.acrattach.domain.NewPassword;
import io.github.acrattach.domain.Password;
import io.github.acrattach.domain.Problem;
import io.github.acrattach.domain.Problem.Kind;
import io.github.acrattach.domain.PullCredential;
import io.github.acrattach.domain.PullSecretTerms;
import io.github.acrattach.domain.Secret;
import io.github.acrattach.domain.Version;
import io.github.acrattach.port.CloudUnavailable;
import io.github.acrattach.port.PullCredentials;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Tokens of registries, each with a scope map of the same name that says what it may do and whose it is. */
@ApplicationScoped
class AcrTokens implements PullCredentials {

    private static final int MICROS = 1_000_000;

    private final Tokens tokens;
    private final ScopeMaps scopeMaps;
    private final RegistryCredentials credentials;
    private final Clock clock;

    AcrTokens(Azure azure, Clock clock, Version version) {
        this.clock = clock;
        RegistryManagement management = new RegistryManagement(azure);
        tokens = new Tokens(management);
        scopeMaps = new ScopeMaps(management, version);
        credentials = new RegistryCredentials(tokens, scopeMaps);
    }

    @Override
    public CredentialKind kind() {
        return CredentialKind.ACR_TOKEN;
    }

    @Override
    public Lookup<PullCredential> find(CredentialKey key, PullSecretTerms terms, List<UUID> proven) {
        return credentials
                .of(key)
                .flatMap(there -> there.token().isPresent()
                        ? new Lookup.Found<>(there.credential(terms))
                        : new Lookup.Absent<>());
    }

    @Override
    public Lookup<MadeCredential> make(CredentialKey key, PullSecretTerms terms, Set<UUID> finished) {
        return credentials
                .of(key)
                .flatMap(there -> credentials.whole(there, terms))
                .map(whole -> MadeCredential.of(whole.credential(terms)));
    }

    /** Whoever can sign in with a token, or make it so that he can, may pull from its registry anyway. */
    @Override
    public Lookup<PullCredential> vouchFor(PullCredential credential) {
        return new Lookup.Found<>(credential);
    }

    @Override
    public Lookup<NewPassword> addPassword(PullCredential credential, Instant expires) {
        if (Slots.free(credential.passwords(), clock.instant()).isEmpty()) {
            throw new IllegalStateException("Both passwords of " + credential.username()
                    + " are valid; whoever adds one has to make sure that there is at most one.");
        }
        CredentialKey key = credential.key();
        // A fraction of a second tells this filling of the slot from another run's.
        Instant end = expires.truncatedTo(ChronoUnit.SECONDS)
                .plus(ThreadLocalRandom.current().nextInt(MICROS), ChronoUnit.MICROS);
        // Asked anew: a slot that was free may hold another run's password by now, which filling it again would end.
        return tokens.find(key).flatMap(token -> {
            List<Password> known = Stream.concat(credential.passwords().stream(), Slots.passwords(token).stream())
                    .toList();
            TokenPasswordName slot = Slots.free(known, clock.instant()).orElseThrow(() -> overtaken(key));
            return tokens.fill(credential, slot, end).flatMap(filled -> born(key, slot, end, filled));
        });
    }

    @Override
    public Lookup<Password> removePassword(PullCredential credential, Password password) {
        CredentialKey key = credential.key();
        // Asked anew: its slot may hold another one by now, which is not to end.
        Lookup<TokenInner> removed = tokens.find(key).flatMap(token -> Slots.without(password, token)
                .map(others -> tokens.keepOnly(key, others))
                .orElseGet(Lookup.Absent::new));
        return gone(removed, password);
    }

    @Override
    public Lookup<CredentialKey> remove(CredentialKey key) {
        return credentials.of(key).flatMap(there -> {
            if (there.token().isEmpty() && there.scopeMap().isEmpty()) {
                return new Lookup.Absent<>();
            }
            // A scope map cannot go while a token uses it.
            return gone(there.token(), key, () -> tokens.delete(key))
                    .flatMap(done -> gone(there.scopeMap(), key, () -> scopeMaps.delete(key)));
        });
    }

    /** One that is not finished is finished by the next run. */
    @Override
    public Lookup<CredentialKey> removeUnfinished(CredentialKey key, Set<UUID> finished) {
        return new Lookup.Absent<>();
    }

    @Override
    public Lookup<List<CredentialKey>> at(ArmId registry) {
        return scopeMaps.at(registry);
    }

    @Override
    public Lookup<List<CredentialKey>> elsewhere() {
        return new Lookup.Found<>(List.of());
    }

    private Lookup<NewPassword> born(CredentialKey key, TokenPasswordName slot, Instant end, TokenPassword filled) {
        Secret value = new Secret(filled.value());
        if (filled.creationTime() != null) {
            return new Lookup.Found<>(new NewPassword(Slots.password(filled), value));
        }
        // The answer need not tell the time that tells the password from others: the token does.
        return tokens.find(key).map(token -> Slots.passwords(token).stream()
                .filter(each -> each.id().startsWith(slot + "@"))
                .filter(each -> each.expires().equals(end.truncatedTo(ChronoUnit.MILLIS)))
                .findFirst()
                .map(password -> new NewPassword(password, value))
                .orElseThrow(() -> overtaken(key)));
    }

    private static <T, R> Lookup<R> gone(Optional<T> there, R answer, Supplier<Lookup<R>> removal) {
        return there.isPresent() ? gone(removal.get(), answer) : new Lookup.Found<>(answer);
    }

    /** What is gone already is gone. */
    private static <T, R> Lookup<R> gone(Lookup<T> after, R answer) {
        return after.fold(removed -> new Lookup.Found<>(answer), () -> new Lookup.Found<>(answer), Lookup.Denied::new);
    }

    private static CloudUnavailable overtaken(CredentialKey key) {
        return new CloudUnavailable(
                Problem.of(
                        Kind.IN_PROGRESS,
                        "Another run of this program gave the token " + key.name() + " a password at the same time.",
                        key.pairing().registry(),
                        Problem.WAITING_HELPS),
                Optional.empty());
    }
}
