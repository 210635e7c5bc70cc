/** Lets events and people in: decodes, calls one use case, encodes how it ended. */
package io.github.acrattach.trigger;
