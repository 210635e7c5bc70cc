/** Decides: what a cluster, a registry and their pairing are, and what has to be done about them; plain values, no I/O. */
package io.github.acrattach.domain;
