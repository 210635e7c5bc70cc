/** Azure Event Grid: events of resources, who subscribed to them, and deliveries that are tried until they succeed. */
package io.github.acrattach.emulator.eventgrid;
