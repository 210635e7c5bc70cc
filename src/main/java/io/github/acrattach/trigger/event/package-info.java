/** The envelopes of Event Grid, read into changes. */
package io.github.acrattach.trigger.event;
