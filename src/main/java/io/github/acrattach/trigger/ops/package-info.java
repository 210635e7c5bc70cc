/** The HTTP API for people: ordinary HTTP under /api, which the Functions host forwards as it is. */
package io.github.acrattach.trigger.ops;
