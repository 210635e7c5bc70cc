package io.github.acrattach.adapter.kubernetes.access;

/** ARM does not know the cluster any more. */
public final class ClusterGone extends RuntimeException {

    private static final long serialVersionUID = 1;

    ClusterGone() {
        super("The cluster is gone.", null, false, false);
    }
}
