package io.github.acrattach.emulator.host;

/** What the host stores in Application Insights; an operation id tells what belongs to one invocation. */
public sealed interface Telemetry {

    /** A request of Application Insights: one for each invocation. */
    record Request(String operationId, String function, String url, int status, boolean success) implements Telemetry {}

    /** The call to the handler, its query and so a function key in it included. */
    record Dependency(String operationId, String method, String url, int status) implements Telemetry {}

    /** Why an invocation failed. */
    record Failure(String operationId, String function, String message) implements Telemetry {}

    /** An entry of {@code Logs} in an answer: always Information. */
    record FunctionLog(String operationId, String message) implements Telemetry {}

    /** A line that the handler wrote to its console, which belongs to no invocation. */
    record ConsoleLine(Severity severity, String message) implements Telemetry {}

    /** What the host says of the handler. */
    record HostLog(Severity severity, String message) implements Telemetry {}
}
