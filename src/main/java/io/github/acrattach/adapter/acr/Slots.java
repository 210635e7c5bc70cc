package io.github.acrattach.adapter.acr;

import com.azure.resourcemanager.containerregistry.fluent.models.GenerateCredentialsResultInner;
import com.azure.resourcemanager.containerregistry.fluent.models.TokenInner;
import com.azure.resourcemanager.containerregistry.models.TokenPassword;
import com.azure.resourcemanager.containerregistry.models.TokenPasswordName;
import io.github.acrattach.domain.Password;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The two places that a token has for passwords. */
final class Slots {

    private Slots() {}

    /** The passwords of a token. */
    static List<Password> passwords(TokenInner token) {
        return filled(token).map(Slots::password).toList();
    }

    /** A password by the time at which its slot was filled: a slot filled again holds another one. */
    static Password password(TokenPassword slot) {
        Instant created = instant(slot.creationTime()).orElse(Instant.EPOCH);
        return new Password(
                slot.name() + "@" + created, created, instant(slot.expiry()).orElse(Password.NEVER));
    }

    /** A slot that holds none of the passwords, or one that has ended. */
    static Optional<TokenPasswordName> free(List<Password> passwords, Instant now) {
        return Stream.of(TokenPasswordName.PASSWORD1, TokenPasswordName.PASSWORD2)
                .filter(name -> passwords.stream()
                        .noneMatch(password -> password.id().startsWith(name + "@")
                                && password.expires().isAfter(now)))
                .findFirst();
    }

    /** The slots that stay filled when a password goes; empty when it is gone already. */
    static Optional<List<TokenPassword>> without(Password password, TokenInner token) {
        List<TokenPassword> others = filled(token)
                .filter(slot -> !password(slot).id().equals(password.id()))
                .toList();
        return others.size() == filled(token).count()
                ? Optional.empty()
                // By name alone, as az acr token credential delete does.
                : Optional.of(others.stream()
                        .map(slot -> new TokenPassword().withName(slot.name()))
                        .toList());
    }

    /** The slot as it was filled just now. */
    static Optional<TokenPassword> valueIn(GenerateCredentialsResultInner filled, TokenPasswordName name) {
        return Optional.ofNullable(filled.passwords()).stream()
                .flatMap(List::stream)
                .filter(slot -> name.equals(slot.name()) && slot.value() != null)
                .findFirst();
    }

    private static Stream<TokenPassword> filled(TokenInner token) {
        return token.credentials() == null || token.credentials().passwords() == null
                ? Stream.empty()
                : token.credentials().passwords().stream().filter(slot -> slot.name() != null);
    }

    /** Cut to what all of ACR's answers tell. */
    private static Optional<Instant> instant(OffsetDateTime time) {
        return Optional.ofNullable(time)
                .map(OffsetDateTime::toInstant)
                .map(each -> each.truncatedTo(ChronoUnit.MILLIS));
    }
}
