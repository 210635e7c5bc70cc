/** What a pull secret, and a service account's reference to it, look like in a cluster. */
package io.github.acrattach.adapter.kubernetes.manifest;
