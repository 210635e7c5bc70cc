package io.github.acrattach.domain;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** Who a cluster is when it pulls an image. */
public sealed interface PullIdentity {

    /** Goes on with whichever it is. */
    <R> R fold(Function<UUID, R> kubelet, Function<UUID, R> servicePrincipal, Function<Unknown, R> unknown);

    /** The managed identity of the nodes' kubelet, by its object id: what today's clusters pull with. */
    record Kubelet(UUID objectId) implements PullIdentity {
        @Override
        public <R> R fold(Function<UUID, R> kubelet, Function<UUID, R> servicePrincipal, Function<Unknown, R> unknown) {
            return kubelet.apply(objectId);
        }
    }

    /** The service principal of an older cluster, by its client id; the directory knows the object id that a role needs. */
    record ServicePrincipal(UUID clientId) implements PullIdentity {
        @Override
        public <R> R fold(Function<UUID, R> kubelet, Function<UUID, R> servicePrincipal, Function<Unknown, R> unknown) {
            return servicePrincipal.apply(clientId);
        }
    }

    /**
     * It cannot be told, and is not guessed.
     *
     * @param reason why, as a full sentence
     * @param candidates each identity that may be the one, by its object id, which is empty where it cannot be read
     */
    record Unknown(String reason, List<Optional<UUID>> candidates) implements PullIdentity {
        /** The cluster shows none at all. */
        public Unknown(String reason) {
            this(reason, List.of());
        }

        /** Whether that principal may be the one that pulls. */
        public boolean mayBe(UUID principal) {
            return candidates.stream()
                    .anyMatch(each -> each.filter(id -> !id.equals(principal)).isEmpty());
        }

        @Override
        public <R> R fold(Function<UUID, R> kubelet, Function<UUID, R> servicePrincipal, Function<Unknown, R> unknown) {
            return unknown.apply(this);
        }
    }

    /**
     * Reads it from what ARM says of a cluster.
     *
     * @param profile {@code identityProfile}: identity name to object id, empty when absent
     * @param clientId {@code servicePrincipalProfile.clientId}; the text {@code msi} on a managed-identity cluster
     */
    static PullIdentity of(Map<String, Optional<String>> profile, Optional<String> clientId) {
        List<String> kubelets = profile.keySet().stream()
                .filter(PullIdentity::isKubelet)
                .sorted()
                .toList();
        List<Optional<UUID>> ids = kubelets.stream()
                .map(name -> profile.get(name).flatMap(Guid::parse))
                .toList();
        if (kubelets.size() > 1) {
            return new Unknown(
                    "The cluster has several kubelet identities (" + String.join(", ", kubelets)
                            + "), and Azure does not say which of them pulls.",
                    ids);
        }
        if (kubelets.size() == 1) {
            return kubelet(kubelets.get(0), ids);
        }
        Optional<UUID> principal = clientId.flatMap(Guid::parse);
        if (principal.isPresent()) {
            return new ServicePrincipal(principal.get());
        }
        return new Unknown("The cluster names no identity that pulls: its identityProfile has no kubeletidentity, and"
                + " its service principal is "
                + clientId.map(id -> "'" + OutsideText.word(id) + "'").orElse("absent") + ".");
    }

    /** Whether an entry of {@code identityProfile} says by its name that it is the kubelet's. */
    static boolean isKubelet(String name) {
        return name.toLowerCase(Locale.ROOT).startsWith("kubelet");
    }

    private static PullIdentity kubelet(String name, List<Optional<UUID>> ids) {
        if (!name.equalsIgnoreCase("kubeletidentity")) {
            return new Unknown(
                    "The cluster's kubelet identity has the unknown name '" + OutsideText.word(name) + "'.", ids);
        }
        return ids.get(0)
                .<PullIdentity>map(Kubelet::new)
                .orElseGet(() -> new Unknown("The cluster's kubelet identity has no valid object id.", ids));
    }
}
