/** Subscriptions, resource groups, clusters and registries: what exists, and how it comes and goes. */
package io.github.acrattach.emulator.arm.resources;
