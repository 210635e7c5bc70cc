/** Tokens and scope maps of registries through the Azure SDK, and signing in at a registry as a node does. */
package io.github.acrattach.adapter.acr;
