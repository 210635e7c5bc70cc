package io.github.acrattach.port;

import io.github.acrattach.domain.ArmId;
import io.github.acrattach.domain.CredentialKey;
import io.github.acrattach.domain.CredentialKind;
import io.github.acrattach.domain.Lookup;
import io.github.acrattach.domain.NewPassword;
import io.github.acrattach.domain.Password;
import io.github.acrattach.domain.PullCredential;
import io.github.acrattach.domain.PullSecretTerms;
import java.time.Instant;
import java.util.List;

/** The credentials of one kind that this program made, at whoever issues them. */
public interface PullCredentials {

    /** Which kind. */
    CredentialKind kind();

    /** The credential, with its passwords; its completeness is judged by the terms. */
    Lookup<PullCredential> find(CredentialKey key, PullSecretTerms terms);

    /** Makes it, or completes one that is there already: however often it is called, it is one. Without a password. */
    Lookup<PullCredential> make(CredentialKey key, PullSecretTerms terms);

    /** Adds a password beside the one that lives. Whoever calls has made sure that there is at most one. */
    Lookup<NewPassword> addPassword(PullCredential credential, Instant expires);

    /** Ends a password; one that is gone already is no trouble. The answer is the password. */
    Lookup<Password> removePassword(PullCredential credential, Password password);

    /** Removes the credential with everything that belongs to it; absent when there is none. */
    Lookup<CredentialKey> remove(CredentialKey key);

    /** The credentials that are kept at the registry itself, of existing clusters or not. */
    Lookup<List<CredentialKey>> at(ArmId registry);

    /** The credentials that are kept elsewhere, and so outlive their registries. */
    Lookup<List<CredentialKey>> elsewhere();
}
