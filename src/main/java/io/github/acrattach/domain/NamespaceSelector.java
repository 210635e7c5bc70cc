package io.github.acrattach.domain;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Which namespaces of a cluster get the pull secret. */
public final class NamespaceSelector {

    /** What AKS and Kubernetes keep for themselves; nobody's images are pulled there. */
    private static final List<String> SYSTEM =
            List.of("kube-*", "gatekeeper-system", "calico-system", "tigera-operator", "aks-*", "app-routing-system");

    private final List<Glob> names;
    private final List<Glob> excluded;
    private final Map<String, Glob> labels;

    private NamespaceSelector(List<Glob> names, List<Glob> excluded, Map<String, Glob> labels) {
        this.names = names;
        this.excluded = excluded;
        this.labels = labels;
    }

    /** Every namespace but those of the system. */
    public static NamespaceSelector all() {
        return of(List.of(), List.of(), List.of());
    }

    /**
     * Reads a selector. The namespaces of the system are left out unless a name names one without a pattern.
     *
     * @param names patterns; none: every name
     * @param excluded patterns of names that are left out
     * @param labels {@code name=pattern}, each of which has to hold
     * @throws IllegalArgumentException when a label cannot be read, or no namespace can be meant; the message says why
     */
    public static NamespaceSelector of(List<String> names, List<String> excluded, List<String> labels) {
        Map<String, Glob> byName = new TreeMap<>();
        for (String label : labels) {
            Map.Entry<String, Glob> named = Glob.named(Naming.LABEL, Naming.LABEL_VALUE, label);
            byName.put(named.getKey(), named.getValue());
        }
        NamespaceSelector selector = new NamespaceSelector(globs(names), globs(excluded), byName);
        selector.checkThatAnyIsLeft();
        return selector;
    }

    private static List<Glob> globs(List<String> texts) {
        return texts.stream()
                .map(Naming.NAMESPACE::pattern)
                .map(Glob::exactCase)
                .toList();
    }

    private void checkThatAnyIsLeft() {
        names.stream()
                .filter(name -> name.isPattern() && isSystem(name.text()))
                .findFirst()
                .ifPresent(name -> {
                    throw new IllegalArgumentException(
                            "has '" + name.text() + "', which only namespaces of the system match;"
                                    + " a pattern never means one, so name each that is meant");
                });
        if (names.isEmpty() ? isExcluded("*") : names.stream().map(Glob::text).allMatch(this::isExcluded)) {
            throw new IllegalArgumentException("leaves no namespace over: what its names mean is excluded again");
        }
    }

    /** Of a pattern, whether all that matches it is. */
    private boolean isExcluded(String pattern) {
        return excluded.stream().anyMatch(glob -> glob.covers(pattern));
    }

    /** Which they are, in words. */
    String inWords() {
        return (names.isEmpty() ? "all namespaces but the system's" : "the namespaces " + texts(names, " or "))
                + (excluded.isEmpty() ? "" : ", but not " + texts(excluded, " or "))
                + (labels.isEmpty()
                        ? ""
                        : ", with the label "
                                + labels.entrySet().stream()
                                        .map(label -> label.getKey()
                                                + '='
                                                + label.getValue().text())
                                        .collect(Collectors.joining(" and ")));
    }

    private static String texts(List<Glob> globs, String between) {
        return globs.stream().map(Glob::text).collect(Collectors.joining(between));
    }

    /** The keys of the labels that matter. */
    public Set<String> labels() {
        return Set.copyOf(labels.keySet());
    }

    /** Whether the namespace is meant. */
    public boolean selects(String name, Map<String, String> labelsOfNamespace) {
        boolean named = names.stream().anyMatch(glob -> glob.isExactly(name));
        return (named || !isSystem(name) && (names.isEmpty() || names.stream().anyMatch(glob -> glob.matches(name))))
                && excluded.stream().noneMatch(glob -> glob.matches(name))
                && labels.entrySet().stream().allMatch(label -> {
                    String value = labelsOfNamespace.get(label.getKey());
                    return value != null && label.getValue().matches(value);
                });
    }

    private static boolean isSystem(String name) {
        return SYSTEM.stream().map(Glob::exactCase).anyMatch(glob -> glob.matches(name));
    }
}
