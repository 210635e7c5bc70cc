package io.github.acrattach.emulator.host;

import io.github.acrattach.emulator.http.Json;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Application Insights, as far as the host writes to it; measured on host 4.1037. */
final class TelemetryLog {
    private final Queue<Telemetry> telemetry = new ConcurrentLinkedQueue<>();

    List<Telemetry> list() {
        return List.copyOf(telemetry);
    }

    /** A failed invocation has an exception beside its request. */
    void request(FunctionDefinition function, Invocation invocation, String url, int status) {
        telemetry.add(
                new Telemetry.Request(invocation.operationId(), function.name(), url, status, invocation.succeeded()));
        if (!invocation.succeeded()) {
            telemetry.add(new Telemetry.Failure(invocation.operationId(), function.name(), invocation.reason()));
        }
    }

    void functionLogs(Invocation invocation) {
        invocation.answer().ifPresent(answer -> Json.textsIn(answer.path("Logs"))
                .forEach(line -> telemetry.add(new Telemetry.FunctionLog(invocation.operationId(), line))));
    }

    void dependency(String operationId, String method, String url, int status) {
        telemetry.add(new Telemetry.Dependency(operationId, method, url, status));
    }

    void stdout(String line) {
        telemetry.add(new Telemetry.ConsoleLine(Severity.ofStdout(), line));
    }

    void stderr(String line) {
        telemetry.add(new Telemetry.ConsoleLine(Severity.ofStderr(line), line));
    }

    void error(String message) {
        telemetry.add(new Telemetry.HostLog(Severity.ERROR, message));
    }
}
