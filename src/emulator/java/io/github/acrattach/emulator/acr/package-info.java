/** The data plane of container registries: the token service, the firewall, and a few images to pull. */
package io.github.acrattach.emulator.acr;
