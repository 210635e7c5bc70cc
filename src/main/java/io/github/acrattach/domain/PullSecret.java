package io.github.acrattach.domain;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/**
 * What a namespace is to hold: a password, and whose it is.
 *
 * @param loginServer the registry that it opens
 */
public record PullSecret(PullCredential credential, Password password, Secret value, String loginServer) {

    public PullSecret {
        if (loginServer.isBlank()) {
            throw new IllegalArgumentException("A pull secret opens a registry, whose login server it has to name.");
        }
    }

    /** The secret's name in each namespace; a registry's name is the only one of its kind in Azure. */
    public static String nameFor(ArmId registry) {
        return CredentialKey.PREFIX + registry.name().toLowerCase(Locale.ROOT);
    }

    /** A fingerprint of what it is made from, except the password's value: two that are equal in this are equal. */
    public String inputs() {
        return inputs(
                credential.key().pairing().registry(),
                credential.key().name(),
                credential.username(),
                loginServer,
                password.id());
    }

    /** The same, from what a secret in a cluster says of itself. */
    public static String inputs(
            ArmId registry, String credential, String username, String loginServer, String password) {
        String all = String.join("|", registry.normalized(), credential, username, loginServer, password);
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(all.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has to offer SHA-256.", e);
        }
    }
}
