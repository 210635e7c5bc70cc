package io.github.acrattach.domain;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** Who a cluster is when it pulls an image. */
public sealed interface PullIdentity {

    /** Goes on with whichever it is. */
    <R> R fold(Function<UUID, R> kubelet, Function<UUID, R> servicePrincipal, Function<String, R> unknown);

    /** The managed identity of the nodes' kubelet, by its object id: what today's clusters pull with. */
    record Kubelet(UUID objectId) implements PullIdentity {
        @Override
        public <R> R fold(Function<UUID, R> kubelet, Function<UUID, R> servicePrincipal, Function<String, R> unknown) {
            return kubelet.apply(objectId);
        }
    }

    /** The service principal of an older cluster, by its client id; the directory knows the object id that a role needs. */
    record ServicePrincipal(UUID clientId) implements PullIdentity {
        @Override
        public <R> R fold(Function<UUID, R> kubelet, Function<UUID, R> servicePrincipal, Function<String, R> unknown) {
            return servicePrincipal.apply(clientId);
        }
    }

    /** It cannot be told, and is not guessed: the reason, as a full sentence. */
    record Unknown(String reason) implements PullIdentity {
        @Override
        public <R> R fold(Function<UUID, R> kubelet, Function<UUID, R> servicePrincipal, Function<String, R> unknown) {
            return unknown.apply(reason);
        }
    }

    /**
     * Reads it from what ARM says of a cluster.
     *
     * @param profile {@code identityProfile}: identity name to object id, empty when absent
     * @param clientId {@code servicePrincipalProfile.clientId}; the text {@code msi} on a managed-identity cluster
     */
    static PullIdentity of(Map<String, Optional<String>> profile, Optional<String> clientId) {
        var kubelets = profile.keySet().stream()
                .filter(name -> name.toLowerCase(Locale.ROOT).startsWith("kubelet"))
                .toList();
        if (kubelets.size() > 1) {
            return new Unknown("The cluster has several kubelet identities (" + String.join(", ", kubelets)
                    + "), and Azure does not say which of them pulls.");
        }
        if (kubelets.size() == 1) {
            return kubelet(kubelets.get(0), profile.get(kubelets.get(0)));
        }
        Optional<UUID> principal = clientId.flatMap(Guid::parse);
        if (principal.isPresent()) {
            return new ServicePrincipal(principal.get());
        }
        return new Unknown("The cluster names no identity that pulls: its identityProfile has no kubeletidentity, and"
                + " its service principal is "
                + clientId.map(id -> "'" + OutsideText.word(id) + "'").orElse("absent") + ".");
    }

    private static PullIdentity kubelet(String name, Optional<String> objectId) {
        if (!name.equalsIgnoreCase("kubeletidentity")) {
            return new Unknown("The cluster's kubelet identity has the unknown name '" + OutsideText.word(name) + "'.");
        }
        return objectId.flatMap(Guid::parse)
                .<PullIdentity>map(Kubelet::new)
                .orElseGet(() -> new Unknown("The cluster's kubelet identity has no valid object id."));
    }
}
