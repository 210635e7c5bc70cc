package io.github.acrattach.port;

import io.github.acrattach.domain.Cluster;
import io.github.acrattach.domain.ClusterNamespace;
import io.github.acrattach.domain.Lookup;
import io.github.acrattach.domain.NamespaceOutcome;
import io.github.acrattach.domain.PullSecret;
import io.github.acrattach.domain.PullSecretOwner;
import io.github.acrattach.domain.ReferenceTerms;
import io.github.acrattach.domain.ServiceAccountPatterns;
import java.util.List;
import java.util.Set;

/** The pull secrets in clusters, and the service accounts that refer to them. */
public interface PullSecrets {

    /**
     * All namespaces of the cluster, with what they hold for the registry, under whichever of its names. Absent when the
     * cluster is gone.
     *
     * @param wanted the service accounts that are to refer to the secret
     * @param labels the keys of the namespaces' labels that are asked about
     */
    Lookup<List<ClusterNamespace>> in(
            Cluster cluster, PullSecretOwner owner, ServiceAccountPatterns wanted, Set<String> labels);

    /**
     * Stores the secret in each of the namespaces, unless somebody else's stands there, and has the service accounts
     * refer to it. One outcome for each namespace, whatever happens in the others.
     *
     * @param alreadyHolding those of the namespaces in which a secret of this program was seen: where it is gone by now, somebody
     *     has removed it on purpose, and it is not made anew
     */
    Lookup<List<NamespaceOutcome>> store(
            Cluster cluster,
            PullSecret secret,
            Set<String> namespaces,
            Set<String> alreadyHolding,
            ReferenceTerms references);

    /**
     * Removes this program's secrets for the registry, and the references that this program added, everywhere.
     *
     * @param alive registries of the same name that are there: what opens one of them was moved along with it, and is left
     *     alone, as {@link NamespaceOutcome.State#SKIPPED}
     */
    Lookup<List<NamespaceOutcome>> clear(Cluster cluster, PullSecretOwner owner, List<PullSecretOwner> alive);
}
