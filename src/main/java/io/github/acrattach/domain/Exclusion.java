package io.github.acrattach.domain;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Somebody's decision that a cluster and a registry are not to be paired by rules.
 *
 * @param by the setting or tag that says so, as the beginning of a sentence
 */
public record Exclusion(String by) {

    /** Keeps what carries it out of every rule, whatever the settings are. */
    public static final String TAG = "acr-attach";

    /** The value that it takes. */
    public static final String OFF = "off";

    /** What people write for it, in either case: whoever does has decided against it, too. */
    private static final Set<String> MEANT = Set.of(OFF, "false", "no", "none", "never", "disabled", "0");

    /** That of the tag, which either side may carry. */
    static Optional<Exclusion> byTag(Cluster cluster, Registry registry) {
        return Stream.of(
                        byTag(cluster.id(), Optional.ofNullable(cluster.tags().get(TAG))),
                        byTag(registry.id(), Optional.ofNullable(registry.tags().get(TAG))))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<Exclusion> byTag(ArmId id, Optional<String> value) {
        return value.map(String::strip)
                .filter(text -> MEANT.contains(text.toLowerCase(Locale.ROOT)))
                .map(off -> new Exclusion("The tag " + TAG + "=" + off + " of " + id.name()));
    }

    /** Why nothing is done for pairs that it is about, and how what stands is taken back, as full sentences. */
    public String reason(List<Pairing> pairs) {
        Pairing first = pairs.get(0);
        int more = pairs.size() - 1;
        return by + " keeps " + first.cluster().name() + " and "
                + first.registry().name() + (more == 0 ? "" : ", and " + more + " more such pairs,")
                + " apart. What this program made for them before, if anything, stays: POST /api/detach takes it back.";
    }

    /** What is told of a pair that somebody asks for by name, and that is attached all the same. */
    public Problem note(Pairing pairing) {
        return Problem.of(
                Problem.Kind.EXCLUDED,
                by + " keeps the two out of the rules: no event, reconcile or timer attaches them.",
                pairing.cluster(),
                "nothing, if that is meant; POST /api/attach attaches them all the same, and POST /api/detach takes that"
                        + " back.");
    }
}
