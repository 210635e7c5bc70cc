package io.github.acrattach.domain;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What all that this program makes for a cluster is described as: role assignments, scope maps and applications. Whoever
 * looks for them later reads it, in whatever version; so which version wrote it never counts, and nothing is written anew for
 * its sake.
 *
 * @param version that wrote it; empty before descriptions told it
 * @param cluster by its ARM id, or in a shorter way where that would be too long
 * @param credential the one that a role was given to; empty for a cluster's own identity, and at the credential itself
 */
public record Description(Optional<String> version, String cluster, Optional<String> credential) {

    private static final String VERSION = "[0-9A-Za-z][0-9A-Za-z.+-]{0,63}";

    private static final Pattern PATTERN =
            Pattern.compile("acr-attach(?: (" + VERSION + "))?: lets (\\S+) pull(?: with (\\S+))?\\.");

    public static Description of(Version version, String cluster) {
        return new Description(Optional.of(version.text()), cluster, Optional.empty());
    }

    Description with(CredentialKey key) {
        return new Description(version, cluster, Optional.of(key.name()));
    }

    /** Empty when it is none of this program's. */
    public static Optional<Description> read(String text) {
        return Optional.ofNullable(text)
                .map(PATTERN::matcher)
                .filter(Matcher::matches)
                .map(parts -> new Description(
                        Optional.ofNullable(parts.group(1)), parts.group(2), Optional.ofNullable(parts.group(3))));
    }

    /** The cluster that a text names; empty when it is none of this program's. */
    public static Optional<ArmId> clusterIn(String text) {
        return read(text).flatMap(Description::clusterId);
    }

    /** Empty where it is named in a shorter way. */
    Optional<ArmId> clusterId() {
        return clusterId(cluster);
    }

    /** The id of a cluster, if it is one. */
    public static Optional<ArmId> clusterId(String text) {
        try {
            return Optional.of(ArmId.parse(text, ArmId.CLUSTER));
        } catch (IllegalArgumentException notAnId) {
            return Optional.empty();
        }
    }

    /** Whether it is that of a grant to this credential, of that cluster. */
    boolean isOf(CredentialKey key) {
        return credential.filter(key.name()::equals).isPresent()
                && clusterId().filter(key.pairing().cluster()::equals).isPresent();
    }

    @Override
    public String toString() {
        return "acr-attach" + version.map(text -> " " + text).orElse("") + ": lets " + cluster + " pull"
                + credential.map(name -> " with " + name).orElse("") + '.';
    }
}
