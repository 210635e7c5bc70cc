package io.github.acrattach.adapter.kubernetes.access;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.List;
import java.util.Optional;

/** Which further ways into which clusters are allowed; each gives more rights than are needed. */
@ConfigMapping(prefix = "acr-attach.kubernetes")
public interface KubernetesSettings {

    /** Whether the cluster's admin credential may be used where this program's own identity is refused. */
    @WithDefault("false")
    boolean adminCredential();

    /** Whether private clusters may be reached through Azure's command pod. */
    @WithDefault("false")
    boolean runCommand();

    /**
     * Patterns of those clusters with Entra ID that may be reached so, too: none by default. Their command pods get this
     * program's token, which every cluster takes.
     */
    Optional<List<String>> runCommandEntraClusters();
}
