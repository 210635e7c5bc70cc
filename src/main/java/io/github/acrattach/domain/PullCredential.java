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
 * @param flaw why it does not allow what is wanted, or not yet; empty where it does
 * @param passwords all that the issuer lists, expired ones too
 */
public record PullCredential(
        CredentialKey key,
        String username,
        String issuerId,
        Optional<UUID> principal,
        Optional<Flaw> flaw,
        List<Password> passwords) {

    /** What keeps a credential that is there from allowing what is wanted. */
    public enum Flaw {
        /** It was begun to be made, or Azure's last operation on it failed. */
        UNFINISHED,
        /** Somebody disabled it at its issuer; made again, it is enabled. */
        DISABLED,
        /** Somebody disabled the sign-in of what it stands for, which is left to whoever did. */
        SIGN_IN_DISABLED,
        /** What says which repositories it may pull is missing, somebody else's, or lets nothing be pulled. */
        WITHOUT_RIGHT,
        /** It may pull, but from other repositories than those that are wanted. */
        OTHER_REPOSITORIES
    }

    public PullCredential {
        passwords = List.copyOf(passwords);
    }

    /** Whether it is made in full, enabled, and allows what is wanted; if not, making it again mends it. */
    public boolean complete() {
        return flaw.filter(each -> each != Flaw.SIGN_IN_DISABLED).isEmpty();
    }
}
