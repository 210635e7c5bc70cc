/** A small Azure on the loopback interface, for local runs and tests; knows nothing of the rest of the project. */
package io.github.acrattach.emulator;
