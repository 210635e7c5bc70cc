/** Microsoft.EventGrid and its metrics in Microsoft.Insights, as they are read: what there is stands in the estate. */
package io.github.acrattach.emulator.arm.eventgrid;
