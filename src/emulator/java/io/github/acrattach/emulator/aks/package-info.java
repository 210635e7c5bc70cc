/** What AKS does with a cluster beyond its resource: kubeconfigs, and commands run inside the cluster. */
package io.github.acrattach.emulator.aks;
