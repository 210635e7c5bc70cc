package io.github.acrattach.domain;

import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Names the one credential that a cluster has at a registry. Its name follows from the pair alone, so that whoever looks for
 * it, however often, at whatever time and in whatever version, finds the same one.
 *
 * @param earlier the name that it got while the registry had another id: a registry that is moved takes its tokens along.
 *     Empty for the one of now
 */
public record CredentialKey(Pairing pairing, CredentialKind kind, Optional<String> earlier) {

    /** Every name of a credential begins so. */
    public static final String PREFIX = "acr-attach-";

    /** Makes the names of this program's credentials differ from everybody else's. Never change it. */
    private static final UUID NAMESPACE = UUID.fromString("0d0a7f1e-52f1-5c0b-8f2e-6d3b1f9a4c75");

    private static final int READABLE = 20;

    private static final Pattern HASH = Pattern.compile("[0-9a-f]{12}");

    /** The one that the two have now. */
    public CredentialKey(Pairing pairing, CredentialKind kind) {
        this(pairing, kind, Optional.empty());
    }

    /** One of the same cluster at this registry by its name; empty when it is none that this program gives. */
    public Optional<CredentialKey> named(String name) {
        if (name.equalsIgnoreCase(name())) {
            return Optional.of(this);
        }
        String begin = readable();
        return name.startsWith(begin)
                        && HASH.matcher(name.substring(begin.length())).matches()
                ? Optional.of(new CredentialKey(pairing, kind, Optional.of(name)))
                : Optional.empty();
    }

    /**
     * Such as {@code acr-attach-aks-shop-1f3c5d7e9b20}: as long, and of such characters, as the name of an ACR token may
     * be (5 to 50 letters, digits and hyphens).
     */
    public String name() {
        return earlier.orElseGet(() -> readable() + digits().substring(0, 12));
    }

    private String readable() {
        String cluster = pairing.cluster().name().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9-]", "-");
        return PREFIX + (cluster.length() <= READABLE ? cluster : cluster.substring(0, READABLE)) + '-';
    }

    /** A number in [0, 1) that spreads a fleet's credentials evenly. */
    double spread() {
        return Long.parseLong(digits().substring(12, 20), 16) / (double) (1L << 32);
    }

    private String digits() {
        return Guid.named(
                        NAMESPACE,
                        pairing.cluster().normalized()
                                + '|'
                                + pairing.registry().normalized())
                .toString()
                .replace("-", "");
    }

    /** Says at the credential for which cluster it is. */
    public Description description(Version version) {
        return Description.of(version, pairing.cluster().toString());
    }

    /** What the role assignment of this credential is described as, and that of nothing else. */
    public Description grantDescription(Version version) {
        return description(version).with(this);
    }
}
