/** Microsoft Graph v1.0, as far as it tells who a service principal is. */
package io.github.acrattach.emulator.graph;
