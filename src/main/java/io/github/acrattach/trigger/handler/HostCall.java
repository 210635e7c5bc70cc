package io.github.acrattach.trigger.handler;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;

/**
 * What the Functions host sends to a custom handler.
 *
 * @param data binding name to value; here only the trigger's
 * @see <a href="https://learn.microsoft.com/azure/azure-functions/functions-custom-handlers">Custom handlers</a>
 */
public record HostCall(@JsonProperty("Data") JsonNode data) {}
