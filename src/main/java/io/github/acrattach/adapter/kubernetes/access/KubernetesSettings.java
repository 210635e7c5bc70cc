package io.github.acrattach.adapter.kubernetes.access;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Which further ways into a cluster are allowed; both give more rights than are needed. */
@ConfigMapping(prefix = "acr-attach.kubernetes")
public interface KubernetesSettings {

    /** Whether the cluster's admin credential may be used where this program's own identity is refused. */
    @WithDefault("false")
    boolean adminCredential();

    /** Whether private clusters may be reached through Azure's command pod. */
    @WithDefault("false")
    boolean runCommand();
}
