package io.github.acrattach.domain;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** Azure's rule for tags: names are compared without case, values with it. */
final class Tags {

    private Tags() {}

    static Map<String, String> copyOf(Map<String, String> tags) {
        Map<String, String> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        // ARM may answer a tag with the value null.
        tags.forEach((name, value) -> copy.put(name, value == null ? "" : value));
        return Collections.unmodifiableMap(copy);
    }
}
