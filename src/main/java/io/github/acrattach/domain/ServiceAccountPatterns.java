package io.github.acrattach.domain;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Service accounts that a setting names one by one or by patterns, in which {@code *} stands for any characters and
 * {@code ?} for one. What is named without a pattern has to be there; a pattern takes what comes.
 */
public final class ServiceAccountPatterns {

    /** No pattern names no service account. */
    public static final ServiceAccountPatterns NONE = of(List.of());

    private final List<Glob> globs;

    private ServiceAccountPatterns(List<Glob> globs) {
        this.globs = globs;
    }

    /**
     * Reads patterns.
     *
     * @throws IllegalArgumentException when one can match no service account; the message says which
     */
    public static ServiceAccountPatterns of(List<String> patterns) {
        return new ServiceAccountPatterns(patterns.stream()
                .map(Naming.SERVICE_ACCOUNT::pattern)
                .map(Glob::exactCase)
                .toList());
    }

    public boolean isEmpty() {
        return globs.isEmpty();
    }

    /** Whether the service account is among them. */
    public boolean name(String account) {
        return globs.stream().anyMatch(glob -> glob.matches(account));
    }

    /** Those that are named without a pattern. */
    public Set<String> named() {
        return globs.stream()
                .filter(glob -> !glob.isPattern())
                .map(Glob::text)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** As they are written: nothing but what a name can hold, {@code *} and {@code ?}. */
    public List<String> written() {
        return globs.stream().map(Glob::text).toList();
    }
}
