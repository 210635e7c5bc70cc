/** Subscriptions, resource groups, clusters, registries and their tokens: what exists, and how it comes and goes. */
package io.github.acrattach.emulator.arm.resources;
