package io.github.acrattach.adapter.kubernetes.access;

import io.github.acrattach.port.ClusterWays;
import jakarta.inject.Singleton;

/** The ways into clusters that the settings allow. */
@Singleton
record AllowedWays(KubernetesSettings settings) implements ClusterWays {

    @Override
    public boolean adminCredential() {
        return settings.adminCredential();
    }

    @Override
    public boolean runCommand() {
        return settings.runCommand();
    }
}
