/**
 * What is done in the namespaces of a cluster: observe, decide, carry out. The decision is one; by HTTPS and through Run
 * Command it is only observed and carried out.
 */
package io.github.acrattach.adapter.kubernetes.delivery;
