/** Event Grid, and the metrics that Azure Monitor keeps of it. */
package io.github.acrattach.adapter.eventgrid;
