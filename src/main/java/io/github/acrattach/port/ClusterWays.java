package io.github.acrattach.port;

/** Which further ways into clusters the settings allow. */
public interface ClusterWays {

    /** Whether the admin credential of a cluster may be used. */
    boolean adminCredential();

    /** Whether commands may be run in private clusters. */
    boolean runCommand();
}
