package io.github.acrattach.emulator.aks;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.emulator.http.Json;
import io.github.acrattach.emulator.kubernetes.KubernetesOptions;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The commands that were sent to clusters, each running until it has a result. */
public final class Commands implements AutoCloseable {
    private final Shell shell;
    private final Map<String, Running> byId = new ConcurrentHashMap<>();
    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "emulator-command");
        thread.setDaemon(true);
        return thread;
    });

    public Commands(KubernetesOptions options) {
        this.shell = new Shell(options.kubectl(), options.commandLimit());
    }

    /** A command, and what became of it. */
    static final class Running {
        private volatile Optional<Result> result = Optional.empty();

        Optional<Result> result() {
            return result;
        }
    }

    /** How a command ended: with an exit code and what it printed, or with the reason for which there is neither. */
    record Result(Instant started, Instant finished, Optional<Shell.Output> output, String reason) {

        /** As in the REST API's examples RunCommandResultSucceed and RunCommandResultFailed. */
        ObjectNode body(String id) {
            ObjectNode body = Json.object().put("id", id);
            ObjectNode properties = body.putObject("properties");
            if (output.isEmpty()) {
                properties.put("provisioningState", "failed").put("reason", reason);
                return body;
            }
            properties
                    .put("provisioningState", "succeeded")
                    .put("exitCode", output.get().exitCode())
                    .put("startedAt", seconds(started))
                    .put("finishedAt", seconds(finished))
                    .put("logs", output.get().logs());
            return body;
        }

        private static String seconds(Instant instant) {
            return instant.truncatedTo(ChronoUnit.SECONDS).toString();
        }
    }

    String begin(String command, byte[] context, String kubeconfig) {
        String id = UUID.randomUUID().toString().replace("-", "");
        Running running = new Running();
        byId.put(id, running);
        threads.execute(() -> running.result = Optional.of(run(command, context, kubeconfig)));
        return id;
    }

    /** One whose pod did not start. */
    String fail(String reason) {
        String id = UUID.randomUUID().toString().replace("-", "");
        Running running = new Running();
        running.result = Optional.of(new Result(Instant.now(), Instant.now(), Optional.empty(), reason));
        byId.put(id, running);
        return id;
    }

    /** What Azure says of a pod that no node takes. */
    static String noNode() {
        return "Failed to run command due to cluster perf issue, container command-"
                + UUID.randomUUID().toString().replace("-", "")
                + " in aks-command namespace did not start within 30s on your cluster, retry may helps. If issue persist, you"
                + " may need to tune your cluster with better performance (larger node/paid tier).";
    }

    Optional<Running> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    private Result run(String command, byte[] context, String kubeconfig) {
        Instant started = Instant.now();
        Optional<Shell.Output> output = Optional.empty();
        String reason = "";
        try {
            output = Optional.of(shell.run(command, context, kubeconfig));
        } catch (IOException failed) {
            reason = failed.getMessage();
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
            reason = "Interrupted";
        }
        return new Result(started, Instant.now(), output, reason);
    }
}
