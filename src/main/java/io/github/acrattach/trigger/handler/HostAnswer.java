package io.github.acrattach.trigger.handler;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;

/**
 * What the Functions host expects back: always a JSON object, or the invocation never completes.
 *
 * @param outputs output bindings; there are none
 * @param logs lines that the host writes to its own log
 * @param returnValue the outcomes in fields
 */
public record HostAnswer(
        @JsonProperty("Outputs") Map<String, String> outputs,
        @JsonProperty("Logs") List<String> logs,
        @JsonProperty("ReturnValue") JsonNode returnValue) {}
