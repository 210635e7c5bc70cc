package io.github.acrattach.domain;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a rule leaves out although it selects it: clusters and registries by name or tag, and pairs. Each of them is enough.
 *
 * @param pairs names of a cluster and a registry with a slash between them, which may be patterns
 */
public record Exclusions(Side clusters, Side registries, List<PairPattern> pairs) {

    /** Nothing is left out. */
    public static final Exclusions NONE = new Exclusions(Side.NONE, Side.NONE, List.of());

    private static final String NOTHING_LEFT =
            "leaves nothing over: all that the rule selects by name is left out again";

    /** Of one side. */
    public static final class Side {

        static final Side NONE = new Side(List.of(), List.of());

        private final List<Glob> names;
        private final List<Map.Entry<String, Glob>> tags;

        private Side(List<Glob> names, List<Map.Entry<String, Glob>> tags) {
            this.names = names;
            this.tags = tags;
        }

        /**
         * Reads what is left out of a side.
         *
         * @param names patterns, compared without case as Azure does
         * @param tags {@code name=pattern}; the value is compared with case as Azure does
         * @throws IllegalArgumentException when one can match nothing, or a tag cannot be read; the message says which
         */
        public static Side of(Naming naming, List<String> names, List<String> tags) {
            return new Side(
                    names.stream()
                            .map(text -> Glob.ignoringCase(naming.pattern(text)))
                            .toList(),
                    tags.stream()
                            .map(tag -> Glob.named(Naming.TAG, Naming.TAG_VALUE, tag))
                            .toList());
        }

        /**
         * The same, for a rule that selects resources of these names.
         *
         * @param selected patterns; none: every name
         * @throws IllegalArgumentException when it leaves out all of them
         */
        public Side of(List<String> selected) {
            if (patterns(selected).allMatch(pattern -> names.stream().anyMatch(name -> name.covers(pattern)))) {
                throw new IllegalArgumentException(NOTHING_LEFT);
            }
            return this;
        }

        /** The last part of the setting's name that leaves it out. */
        private Optional<String> excludes(ArmId id, Map<String, String> tagsOfResource) {
            if (names.stream().anyMatch(name -> name.matches(id.name()))) {
                return Optional.of("EXCLUDED_NAMES");
            }
            return tags.stream().anyMatch(tag -> carries(tagsOfResource, tag))
                    ? Optional.of("EXCLUDED_TAGS")
                    : Optional.empty();
        }

        private Optional<String> words(String what) {
            return Exclusions.words(
                    what,
                    Stream.concat(
                            names.stream().map(Glob::text),
                            tags.stream()
                                    .map(tag ->
                                            tag.getKey() + "=" + tag.getValue().text())));
        }

        private static boolean carries(Map<String, String> tagsOfResource, Map.Entry<String, Glob> tag) {
            return Optional.ofNullable(tagsOfResource.get(tag.getKey()))
                    .filter(tag.getValue()::matches)
                    .isPresent();
        }
    }

    /** A cluster and a registry, by name. */
    public static final class PairPattern {

        private final Glob cluster;
        private final Glob registry;

        private PairPattern(Glob cluster, Glob registry) {
            this.cluster = cluster;
            this.registry = registry;
        }

        private static PairPattern parse(String text) {
            String[] names = text.strip().split("/", -1);
            if (names.length != 2 || names[0].isBlank() || names[1].isBlank()) {
                throw new IllegalArgumentException("has '" + text.strip()
                        + "'; a pair is written cluster/registry, by their names, which may hold * and ?");
            }
            return new PairPattern(
                    Glob.ignoringCase(Naming.CLUSTER.pattern(names[0])),
                    Glob.ignoringCase(Naming.REGISTRY.pattern(names[1])));
        }

        private boolean covers(String clusters, String registries) {
            return cluster.covers(clusters) && registry.covers(registries);
        }

        private boolean matches(ArmId clusterId, ArmId registryId) {
            return cluster.matches(clusterId.name()) && registry.matches(registryId.name());
        }

        private String text() {
            return cluster.text() + "/" + registry.text();
        }
    }

    /**
     * Reads what is left out.
     *
     * @param pairs as {@code cluster/registry}
     * @throws IllegalArgumentException when a pair is not written so, or can match none; the message says which
     */
    public static Exclusions of(Side clusters, Side registries, List<String> pairs) {
        return new Exclusions(
                clusters, registries, pairs.stream().map(PairPattern::parse).toList());
    }

    /**
     * The same, for a rule that selects clusters and registries of these names.
     *
     * @param clusterNames patterns; none: every name
     * @param registryNames patterns; none: every name
     * @throws IllegalArgumentException when its pairs leave out all of them
     */
    public Exclusions of(List<String> clusterNames, List<String> registryNames) {
        if (patterns(clusterNames).allMatch(cluster -> patterns(registryNames)
                .allMatch(registry -> pairs.stream().anyMatch(pair -> pair.covers(cluster, registry))))) {
            throw new IllegalArgumentException(NOTHING_LEFT);
        }
        return this;
    }

    private static Stream<String> patterns(List<String> names) {
        return names.isEmpty() ? Stream.of("*") : names.stream().map(String::strip);
    }

    /** Continues a sentence about what is paired; nothing where nothing is left out. */
    @Override
    public String toString() {
        String all = Stream.of(
                        clusters.words("clusters"),
                        registries.words("registries"),
                        words("pairs", pairs.stream().map(PairPattern::text)))
                .flatMap(Optional::stream)
                .collect(Collectors.joining(", "));
        return all.isEmpty() ? "" : " (but not " + all + ")";
    }

    private static Optional<String> words(String what, Stream<String> texts) {
        return Optional.of(texts.collect(Collectors.joining(" or ")))
                .filter(all -> !all.isEmpty())
                .map(all -> what + " " + all);
    }

    /** What leaves the two out of the rule of that name, if anything does. */
    Optional<Exclusion> of(String rule, Cluster cluster, Registry registry) {
        return clusters.excludes(cluster.id(), cluster.tags())
                .map("CLUSTERS_"::concat)
                .or(() -> registries.excludes(registry.id(), registry.tags()).map("REGISTRIES_"::concat))
                .or(() -> pairs.stream().anyMatch(pair -> pair.matches(cluster.id(), registry.id()))
                        ? Optional.of("EXCLUDED_PAIRS")
                        : Optional.empty())
                .map(last -> new Exclusion("The setting " + setting(rule, last)));
    }

    /** The setting that leaves this pair out of the rule, too, with its whole value. */
    String settingWith(String rule, Pairing pairing) {
        return setting(rule, "EXCLUDED_PAIRS") + "="
                + Stream.concat(
                                pairs.stream().map(PairPattern::text),
                                Stream.of(pairing.cluster().name() + "/"
                                        + pairing.registry().name()))
                        .collect(Collectors.joining(","));
    }

    private static String setting(String rule, String last) {
        return "ACR_ATTACH_RULES_" + rule.toUpperCase(Locale.ROOT) + "_" + last;
    }
}
