package io.github.acrattach.emulator.entra;

import java.net.URI;
import java.util.HashSet;
import java.util.Set;

/** The APIs that tokens can be asked for, by the identifiers each goes by (without a slash at the end). */
public record Audiences(Set<String> arm, Set<String> graph) {
    public static final String AZURE_CONTAINER_REGISTRY = "https://containerregistry.azure.net";
    private static final String AZURE_STORAGE = "https://storage.azure.com";
    private static final String AZURE_KUBERNETES_SERVICE = "6dae42f8-4368-4678-94ff-3960e28e3630";

    /** ARM and Graph answer at the emulator's own address, so that address stands for both. */
    public static Audiences at(URI emulator) {
        return new Audiences(
                Set.of(emulator.toString(), "https://management.azure.com", "https://management.core.windows.net"),
                Set.of(emulator.toString(), "https://graph.microsoft.com", "00000003-0000-0000-c000-000000000000"));
    }

    /** Every AKS cluster of every tenant is the same API to Entra. */
    public Set<String> kubernetes() {
        return Set.of(AZURE_KUBERNETES_SERVICE);
    }

    /** Every storage account of every tenant is the same API to Entra. */
    public Set<String> storage() {
        return Set.of(AZURE_STORAGE);
    }

    boolean contain(String resource) {
        Set<String> known = new HashSet<>(arm);
        known.addAll(graph);
        known.add(AZURE_CONTAINER_REGISTRY);
        known.add(AZURE_KUBERNETES_SERVICE);
        known.add(AZURE_STORAGE);
        return known.contains(resource.replaceAll("/+$", ""));
    }
}
