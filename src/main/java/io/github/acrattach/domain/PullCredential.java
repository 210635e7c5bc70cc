package io.github.acrattach.domain;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A credential as its issuer shows it.
 *
 * @param username what goes before the password: the token's name, or the application's client id
 * @param issuerId how its issuer calls it
 * @param principal the object id that the pull role goes to; empty where the credential needs none
 * @param complete whether it is made in full, enabled, and allows what is wanted; if not, making it again mends it
 * @param passwords all that the issuer lists, expired ones too
 */
public record PullCredential(
        CredentialKey key,
        String username,
        String issuerId,
        Optional<UUID> principal,
        boolean complete,
        List<Password> passwords) {

    public PullCredential {
        passwords = List.copyOf(passwords);
    }
}
