package io.github.acrattach.domain;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/**
 * What a namespace is to hold: a password, and whose it is.
 *
 * @param loginServers the hosts that it opens, all of one registry, in the order of {@link Registry#loginServers()}
 * @param name under which it stands there
 * @param formerly the ids that the registry is proven to have had before it was moved: what was made for it under one of
 *     them is taken over
 */
public record PullSecret(
        PullCredential credential,
        Password password,
        Secret value,
        List<String> loginServers,
        String name,
        Set<ArmId> formerly) {

    public PullSecret {
        formerly = Set.copyOf(formerly);
        loginServers = List.copyOf(loginServers);
        if (loginServers.stream().findFirst().filter(host -> !host.isBlank()).isEmpty()) {
            throw new IllegalArgumentException("A pull secret opens a registry, whose login server it has to name.");
        }
    }

    /** For one host, under the name that a registry's secret gets. */
    public PullSecret(PullCredential credential, Password password, Secret value, String loginServer) {
        this(
                credential,
                password,
                value,
                List.of(loginServer),
                owner(credential, loginServer).secretName(),
                Set.of());
    }

    /** The host that stands for the whole registry. */
    public String loginServer() {
        return loginServers.get(0);
    }

    /** The registry that it is for. */
    public PullSecretOwner owner() {
        return owner(credential, loginServer());
    }

    private static PullSecretOwner owner(PullCredential credential, String loginServer) {
        return new PullSecretOwner(credential.key().pairing().registry(), loginServer);
    }

    /** A fingerprint of what it is made from, except the password's value: two that are equal in this are equal. */
    public String inputs() {
        return inputs(
                credential.key().pairing().registry(),
                credential.key().name(),
                credential.username(),
                loginServers,
                password.id());
    }

    /** The same, from what a secret in a cluster says of itself. What is made for one host never changes by there being more. */
    public static String inputs(
            ArmId registry, String credential, String username, List<String> loginServers, String password) {
        String all =
                String.join("|", registry.normalized(), credential, username, String.join(",", loginServers), password);
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(all.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has to offer SHA-256.", e);
        }
    }
}
