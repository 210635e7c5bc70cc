package io.github.acrattach.emulator.kubernetes;

/** Who calls a cluster: a principal by its object id, or a local account that may do anything. */
record User(String name, boolean master) {
    static User local() {
        // The common name of the certificates in the kubeconfigs of AKS, of the group system:masters.
        return new User("masterclient", true);
    }
}
