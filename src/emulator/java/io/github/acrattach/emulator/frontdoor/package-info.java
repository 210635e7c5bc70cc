/** What every request passes before it reaches a service: the request log, and whatever is to go wrong. */
package io.github.acrattach.emulator.frontdoor;
