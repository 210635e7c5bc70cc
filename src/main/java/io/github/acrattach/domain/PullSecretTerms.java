package io.github.acrattach.domain;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * How a pull secret is wanted.
 *
 * @param repositories patterns of the repositories that may be pulled ({@code *} stands for any characters); heeded by
 *     an ACR token, while a role covers the whole registry
 * @param namespaces where the secret goes
 * @param serviceAccounts which service accounts of each namespace refer to it
 * @param lifetime how long a password is valid
 * @param renewAfter the share of its lifetime, between 0 and 1, after which a password is replaced
 */
public record PullSecretTerms(
        CredentialKind kind,
        List<String> repositories,
        NamespaceSelector namespaces,
        ServiceAccountPatterns serviceAccounts,
        Duration lifetime,
        double renewAfter) {

    /** A fleet's renewals are spread over this share of the lifetime before the one that is set. */
    private static final double JITTER = 0.1;

    /** What counts where nothing is set: the safest. */
    public static final PullSecretTerms DEFAULT = new PullSecretTerms(
            CredentialKind.ACR_TOKEN,
            List.of("*"),
            NamespaceSelector.all(),
            ServiceAccountPatterns.NONE,
            Duration.ofDays(90),
            0.66);

    public PullSecretTerms {
        repositories = repositories.stream().map(Naming.REPOSITORY::pattern).toList();
        if (lifetime.isNegative() || lifetime.isZero()) {
            throw new IllegalArgumentException("has a lifetime that is not longer than nothing");
        }
        if (!(renewAfter > 0 && renewAfter < 1)) {
            throw new IllegalArgumentException("has a renew-after that is not between 0 and 1");
        }
        if (repositories.isEmpty()) {
            throw new IllegalArgumentException("names no repository; to mean every one, say so: *");
        }
    }

    /** How it is made, in words. */
    String inWords() {
        return (kind == CredentialKind.ACR_TOKEN
                        ? "an ACR token for the repositories " + String.join(" or ", repositories)
                        : "a service principal for the whole registry")
                + " as pull secret in " + namespaces.inWords() + ", "
                + (serviceAccounts.isEmpty()
                        ? "to which no service account refers"
                        : "to which the service accounts " + String.join(" or ", serviceAccounts.written()) + " refer")
                + ", its password valid for " + inWords(lifetime) + " and renewed after " + Math.round(renewAfter * 100)
                + " % of that";
    }

    private static String inWords(Duration time) {
        return time.equals(Duration.ofDays(time.toDays()))
                ? time.toDays() + " days"
                : time.toString().substring("PT".length()).toLowerCase(Locale.ROOT);
    }

    /** Whether a token may pull every repository. */
    public boolean coversAll() {
        return repositories.contains("*");
    }

    /** Whether a token may pull that one. */
    public boolean covers(String repository) {
        return repositories.stream().anyMatch(pattern -> Glob.exactCase(pattern).matches(repository));
    }

    /** The same, made of something else. */
    public PullSecretTerms of(CredentialKind other) {
        return new PullSecretTerms(other, repositories, namespaces, serviceAccounts, lifetime, renewAfter);
    }

    /** When the password is to be replaced: earlier for some than for others, but for each always at the same time. */
    public Instant renews(CredentialKey key, Password password) {
        Duration whole = Duration.between(password.created(), password.expires());
        double share = renewAfter - Math.min(JITTER, renewAfter / 2) * key.spread();
        return password.created().plusMillis((long) (whole.toMillis() * share));
    }
}
