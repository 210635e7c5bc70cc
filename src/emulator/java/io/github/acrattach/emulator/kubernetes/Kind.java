package io.github.acrattach.emulator.kubernetes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.emulator.http.Json;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The kinds of object this API knows, and which of their fields it keeps. */
enum Kind {
    NAMESPACE("Namespace", "namespaces", "ns", List.of("spec", "status")),
    RESOURCE_QUOTA("ResourceQuota", "resourcequotas", "quota", List.of("spec")),
    SECRET("Secret", "secrets", "", List.of("immutable", "data", "type")),
    SERVICE_ACCOUNT(
            "ServiceAccount",
            "serviceaccounts",
            "sa",
            List.of("secrets", "imagePullSecrets", "automountServiceAccountToken"));

    private final String title;
    private final String plural;
    private final String shortName;
    private final List<String> fields;

    Kind(String title, String plural, String shortName, List<String> fields) {
        this.title = title;
        this.plural = plural;
        this.shortName = shortName;
        this.fields = fields;
    }

    static Optional<Kind> called(String plural) {
        return Arrays.stream(values())
                .filter(kind -> kind.plural.equals(plural))
                .findFirst();
    }

    String title() {
        return title;
    }

    String plural() {
        return plural;
    }

    List<String> fields() {
        return fields;
    }

    boolean isNamespaced() {
        return this != NAMESPACE;
    }

    /** As /api/v1 lists it. */
    ObjectNode discovery() {
        ObjectNode resource = Json.object()
                .put("name", plural)
                .put("singularName", "")
                .put("namespaced", isNamespaced())
                .put("kind", title);
        resource.set("verbs", Json.texts(Stream.of("create", "delete", "get", "list", "patch", "update")));
        if (!shortName.isEmpty()) {
            resource.set("shortNames", Json.texts(Stream.of(shortName)));
        }
        return resource;
    }
}
