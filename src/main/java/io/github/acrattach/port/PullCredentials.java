package io.github.acrattach.port;

import io.github.acrattach.domain.ArmId;
import io.github.acrattach.domain.CredentialKey;
import io.github.acrattach.domain.CredentialKind;
import io.github.acrattach.domain.Lookup;
import io.github.acrattach.domain.MadeCredential;
import io.github.acrattach.domain.NewPassword;
import io.github.acrattach.domain.Password;
import io.github.acrattach.domain.PullCredential;
import io.github.acrattach.domain.PullSecretTerms;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** The credentials of one kind that this program made, at whoever issues them. */
public interface PullCredentials {

    /** Which kind. */
    CredentialKind kind();

    /**
     * The credential, with its passwords; its completeness is judged by the terms.
     *
     * @param proven the principals that this program is proven to have made for it, the latest first; only one that needs
     *     a role has any, and without one it is absent
     */
    Lookup<PullCredential> find(CredentialKey key, PullSecretTerms terms, List<UUID> proven);

    /**
     * Makes it, without a password. One that needs no role is completed where it is there already; one that needs a role is
     * always made, by this very call, since whose one is that is there already cannot be told.
     *
     * @param finished the principals that were given a role; what is left of a run that ended before that is removed
     */
    Lookup<MadeCredential> make(CredentialKey key, PullSecretTerms terms, Set<UUID> finished);

    /**
     * The credential, if nobody but this program can sign in with it; to be asked before it is given anything. Denied as
     * {@link io.github.acrattach.domain.Problem.Kind#FOREIGN_CREDENTIAL} when others have a hand in it.
     */
    Lookup<PullCredential> vouchFor(PullCredential credential);

    /** Adds a password beside the one that is valid. Whoever calls has made sure that there is at most one. */
    Lookup<NewPassword> addPassword(PullCredential credential, Instant expires);

    /** Ends a password; one that is gone already is no trouble. The answer is the password. */
    Lookup<Password> removePassword(PullCredential credential, Password password);

    /** Removes the credential with everything that belongs to it; absent when there is none. */
    Lookup<CredentialKey> remove(CredentialKey key);

    /**
     * Removes what was begun to be made under the credential's name, and not finished for longer than any run takes; absent
     * when there is none.
     *
     * @param finished the principals that were given their role
     */
    Lookup<CredentialKey> removeUnfinished(CredentialKey key, Set<UUID> finished);

    /**
     * The credentials that are kept at the registry itself, of existing clusters or not, those included that were made while
     * the registry had another id.
     */
    Lookup<List<CredentialKey>> at(ArmId registry);

    /** The credentials that are kept elsewhere, and so outlive their registries. */
    Lookup<List<CredentialKey>> elsewhere();
}
