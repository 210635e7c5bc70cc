package io.github.acrattach.emulator.kubernetes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.Stream;

/** What a new object is refused for though it is valid: where it is to go, and how many there may be. */
final class Admission {
    /** plugin/pkg/admission/namespace/lifecycle: these three are never deleted. */
    private static final List<String> IMMORTAL = List.of("default", "kube-system", "kube-public");

    private final Objects objects;

    Admission(Objects objects) {
        this.objects = objects;
    }

    void checkNamespace(Kind kind, String namespace, String name) {
        ObjectNode there = objects.get(Kind.NAMESPACE, "", namespace)
                .orElseThrow(() -> Refusal.notFound(Kind.NAMESPACE, namespace));
        if (isTerminating(there)) {
            throw Refusal.forbidden(
                    kind,
                    name,
                    "unable to create new content in namespace " + namespace + " because it is being terminated",
                    new Cause(
                            "NamespaceTerminating",
                            "namespace " + namespace + " is being terminated",
                            "metadata.namespace"));
        }
    }

    void checkQuota(Kind kind, String namespace, String name) {
        int used = objects.list(kind, namespace).size();
        for (ObjectNode quota : objects.list(Kind.RESOURCE_QUOTA, namespace).values()) {
            counted(kind)
                    .filter(counted ->
                            quota.path("spec").path("hard").path(counted).asInt(Integer.MAX_VALUE) <= used)
                    .findFirst()
                    .ifPresent(counted -> {
                        throw Refusal.forbidden(
                                kind,
                                name,
                                "exceeded quota: " + Objects.text(quota, "name") + ", requested: " + counted
                                        + "=1, used: " + counted + "=" + used + ", limited: " + counted + "="
                                        + quota.path("spec")
                                                .path("hard")
                                                .path(counted)
                                                .asText());
                    });
        }
    }

    static void checkMortal(String namespace) {
        if (IMMORTAL.contains(namespace)) {
            throw Refusal.forbidden(Kind.NAMESPACE, namespace, "this namespace may not be deleted");
        }
    }

    static boolean isTerminating(ObjectNode namespace) {
        return namespace.path("metadata").has("deletionTimestamp");
    }

    /** What a quota may call the objects of a kind. */
    private static Stream<String> counted(Kind kind) {
        return kind == Kind.SERVICE_ACCOUNT
                ? Stream.of("count/" + kind.plural())
                : Stream.of(kind.plural(), "count/" + kind.plural());
    }
}
