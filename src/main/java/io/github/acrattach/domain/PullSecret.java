package io.github.acrattach.domain;

/**
 * What a namespace is to hold: a password, and whose it is.
 *
 * @param loginServer the registry that it opens
 */
public record PullSecret(PullCredential credential, Password password, Secret value, String loginServer) {

    /** The secret's name in each namespace; a registry's name is the only one of its kind in Azure. */
    public static String nameFor(ArmId registry) {
        return CredentialKey.PREFIX + registry.name().toLowerCase(java.util.Locale.ROOT);
    }

    /** What it is made from, except the password's value: two that are equal in this are equal. */
    public String inputs() {
        return inputs(credential, password, loginServer);
    }

    /** The same before the password's value is at hand. */
    static String inputs(PullCredential credential, Password password, String loginServer) {
        return String.join(
                "|",
                credential.key().pairing().registry().normalized(),
                credential.key().name(),
                credential.userName(),
                loginServer,
                password.id());
    }
}
