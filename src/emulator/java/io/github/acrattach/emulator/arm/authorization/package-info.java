/** Microsoft.Authorization: role definitions, role assignments, and the rights that follow from them. */
package io.github.acrattach.emulator.arm.authorization;
