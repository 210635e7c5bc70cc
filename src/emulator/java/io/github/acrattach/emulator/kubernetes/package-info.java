/** A small Kubernetes API for every AKS cluster of the estate: namespaces, secrets, service accounts and quotas. */
package io.github.acrattach.emulator.kubernetes;
