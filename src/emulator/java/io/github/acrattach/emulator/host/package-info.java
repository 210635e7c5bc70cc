/** A stand-in for the Azure Functions host: reads a function app, starts its custom handler, invokes its functions. */
package io.github.acrattach.emulator.host;
