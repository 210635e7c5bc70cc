package io.github.acrattach.domain;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The registry that pull secrets are for, as far as it tells them from others'. Its name is unique in Azure only while it
 * has no domain name label (learn.microsoft.com/azure/container-registry/container-registry-get-started-azure-cli); its
 * login server always is. Its id changes when it is moved to another group or subscription; its login server does not.
 *
 * @param registry the id that it has, or had last
 * @param loginServer in lower case; empty where it is not known, for the registry is gone
 */
public record PullSecretOwner(ArmId registry, String loginServer) {

    public PullSecretOwner {
        loginServer = loginServer.toLowerCase(Locale.ROOT);
    }

    /** Of a registry that is there. */
    public static PullSecretOwner of(Registry registry) {
        return new PullSecretOwner(registry.id(), registry.loginServer());
    }

    /** Of a registry that is gone. */
    public static PullSecretOwner gone(ArmId registry) {
        return new PullSecretOwner(registry, "");
    }

    /**
     * The name that its secret gets in each namespace: after the registry or, where others can have that name, after the
     * host, which is the registry's name with a hash behind it.
     */
    public String secretName() {
        return hasLabel() ? CredentialKey.PREFIX + host() : plainName();
    }

    /** All names under which its secret may stand, the one that it gets first: an earlier version knew no labels. */
    public List<String> secretNames() {
        return Stream.of(secretName(), plainName()).distinct().toList();
    }

    /**
     * What the secrets are called that the registry may have had, once it is gone and its host is not known any more.
     *
     * @return the beginning of all names but the plain one; empty where they are known
     */
    public Optional<String> labelledNames() {
        return loginServer.isEmpty() ? Optional.of(plainName() + '-') : Optional.empty();
    }

    /**
     * Which of a namespace's secrets is the registry's: one that says so, under whichever name, keeps its name, and so do
     * the references to it; else what stands under the name that it would get.
     */
    public ClusterNamespace choose(List<ClusterNamespace> underEachName) {
        return firstHeld(underEachName, Held.Ours.class::isInstance)
                .or(() -> firstHeld(underEachName, Held.Moved.class::isInstance))
                // What cannot be looked at may be the registry's.
                .or(() -> underEachName.get(0).held() instanceof Held.Nothing
                        ? firstHeld(underEachName, Held.Hidden.class::isInstance)
                        : Optional.empty())
                .orElseGet(() -> underEachName.get(0));
    }

    private static Optional<ClusterNamespace> firstHeld(
            List<ClusterNamespace> underEachName, Function<Held, Boolean> which) {
        return underEachName.stream().filter(each -> which.apply(each.held())).findFirst();
    }

    /** Whether the id can be an earlier one of this registry: a move keeps the name. */
    public boolean mayHaveBeen(ArmId other) {
        return !loginServer.isEmpty() && !other.equals(registry) && other.name().equalsIgnoreCase(registry.name());
    }

    private boolean hasLabel() {
        return host().startsWith(registry.name().toLowerCase(Locale.ROOT) + '-');
    }

    private String host() {
        return loginServer.split("\\.", 2)[0];
    }

    private String plainName() {
        return CredentialKey.PREFIX + registry.name().toLowerCase(Locale.ROOT);
    }
}
