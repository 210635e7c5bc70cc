package io.github.acrattach.emulator.estate;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;

/** What is in the clusters at the start: for each, by name or id, its namespaces with their labels. */
final class Namespaces {
    private Namespaces() {}

    /** {@code {"aks-shop": {"namespaces": {"shop": {"labels": {"team": "shop"}}}}}}. */
    static Map<String, Map<String, Map<String, String>>> read(JsonNode clusters) {
        Map<String, Map<String, Map<String, String>>> all = new LinkedHashMap<>();
        clusters.properties().forEach(cluster -> {
            Map<String, Map<String, String>> namespaces = new LinkedHashMap<>();
            cluster.getValue()
                    .path("namespaces")
                    .properties()
                    .forEach(namespace -> namespaces.put(namespace.getKey(), labels(namespace.getValue())));
            all.put(cluster.getKey(), namespaces);
        });
        return all;
    }

    private static Map<String, String> labels(JsonNode namespace) {
        Map<String, String> labels = new LinkedHashMap<>();
        namespace
                .path("labels")
                .properties()
                .forEach(label -> labels.put(label.getKey(), label.getValue().asText()));
        return labels;
    }
}
