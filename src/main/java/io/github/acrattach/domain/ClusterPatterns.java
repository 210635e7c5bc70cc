package io.github.acrattach.domain;

import java.util.List;

/**
 * Clusters that a setting names one by one or by patterns, in which {@code *} stands for any characters and {@code ?} for
 * one; compared as ids are. A pattern with a slash is one of ids, any other one of names.
 */
public final class ClusterPatterns {

    private final List<Glob> ids;
    private final List<Glob> names;

    private ClusterPatterns(List<Glob> ids, List<Glob> names) {
        this.ids = ids;
        this.names = names;
    }

    /** No pattern names no cluster. */
    public static ClusterPatterns of(List<String> patterns) {
        return new ClusterPatterns(
                globs(patterns.stream().filter(ClusterPatterns::isOfIds).toList()),
                globs(patterns.stream().filter(each -> !isOfIds(each)).toList()));
    }

    private static boolean isOfIds(String pattern) {
        return pattern.indexOf('/') >= 0;
    }

    private static List<Glob> globs(List<String> patterns) {
        return patterns.stream()
                .map(pattern -> Glob.ignoringCase(pattern.strip()))
                .toList();
    }

    /** Whether the cluster is among them. */
    public boolean name(ArmId cluster) {
        return names.stream().anyMatch(glob -> glob.matches(cluster.name()))
                || ids.stream().anyMatch(glob -> glob.matches(cluster.toString()));
    }
}
