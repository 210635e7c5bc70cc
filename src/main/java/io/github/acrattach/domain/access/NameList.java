package io.github.acrattach.domain.access;

import io.github.acrattach.domain.ClusterNamespace;
import io.github.acrattach.domain.OutsideText;
import java.util.Collection;
import java.util.List;

/** Names from a cluster as a finding tells them: the first ones of many, and nothing that could pass for more. */
final class NameList {

    private static final int MOST_NAMES = 5;

    private NameList() {}

    static String of(Collection<String> names) {
        return ofTexts(names.stream().map(OutsideText::word).toList());
    }

    /** Of what holds no name as it came. */
    static String ofTexts(List<String> texts) {
        return String.join(", ", texts.stream().limit(MOST_NAMES).toList())
                + (texts.size() > MOST_NAMES ? " and " + (texts.size() - MOST_NAMES) + " more" : "");
    }

    static String ofNamespaces(List<ClusterNamespace> namespaces) {
        return of(namespaces.stream().map(ClusterNamespace::name).toList());
    }
}
