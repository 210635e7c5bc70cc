/** Azure Resource Manager's gateway: who calls, what is meant, is it allowed; the providers do the rest. */
package io.github.acrattach.emulator.arm;
