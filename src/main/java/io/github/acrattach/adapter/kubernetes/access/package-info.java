/** How a cluster is reached, as whom, and what a refusal means: its API server by HTTPS, or AKS Run Command. */
package io.github.acrattach.adapter.kubernetes.access;
