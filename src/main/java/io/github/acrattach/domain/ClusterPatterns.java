package io.github.acrattach.domain;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Clusters that a setting names one by one or by patterns, in which {@code *} stands for any characters and {@code ?} for
 * one; compared as ids are. A pattern with a slash is one of ids, any other one of names.
 */
public final class ClusterPatterns {

    private static final Pattern ID =
            Pattern.compile("(?:/subscriptions/|[*])[\\p{L}\\p{N}_.()/*?-]*", Pattern.CASE_INSENSITIVE);

    private final List<Glob> ids;
    private final List<Glob> names;

    private ClusterPatterns(List<Glob> ids, List<Glob> names) {
        this.ids = ids;
        this.names = names;
    }

    /**
     * No pattern names no cluster.
     *
     * @throws IllegalArgumentException when one can match no cluster; the message says which
     */
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
                .map(pattern -> isOfIds(pattern) ? id(pattern.strip()) : Naming.CLUSTER.pattern(pattern))
                .map(Glob::ignoringCase)
                .toList();
    }

    private static String clusterId(String text) {
        try {
            return ArmId.parse(text, ArmId.CLUSTER).toString();
        } catch (IllegalArgumentException noId) {
            throw new IllegalArgumentException(
                    "has '" + OutsideText.line(text) + "'. " + noId.getMessage().replaceAll("[.]$", ""));
        }
    }

    /** As far as a pattern tells: it begins as ids do, and ends with what a cluster can be called. */
    private static String id(String pattern) {
        if (pattern.indexOf('*') < 0 && pattern.indexOf('?') < 0) {
            return clusterId(pattern);
        }
        if (!ID.matcher(pattern).matches()) {
            throw new IllegalArgumentException(
                    "has '" + OutsideText.line(pattern)
                            + "', which no id of a cluster matches; one begins with /subscriptions/{guid}/resourceGroups/{group}");
        }
        Naming.CLUSTER.pattern(pattern.substring(pattern.lastIndexOf('/') + 1));
        return pattern;
    }

    /** Whether the cluster is among them. */
    public boolean name(ArmId cluster) {
        return names.stream().anyMatch(glob -> glob.matches(cluster.name()))
                || ids.stream().anyMatch(glob -> glob.matches(cluster.toString()));
    }
}
