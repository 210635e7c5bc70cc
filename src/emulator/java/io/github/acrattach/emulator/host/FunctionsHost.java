package io.github.acrattach.emulator.host;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** Invokes the functions of an app through its custom handler, as the Azure Functions host does. */
public final class FunctionsHost implements AutoCloseable {
    private final FunctionApp app;
    private final TelemetryLog log = new TelemetryLog();
    private final Map<String, Instant> lastRuns = new ConcurrentHashMap<>();
    private final HostTimes times;
    private final InvocationRunner runner;
    private final JobHosts jobHosts;

    private FunctionsHost(FunctionApp app, HostTimes times, Function<TelemetryLog, HandlerSource> starter) {
        this.app = app;
        this.times = times;
        runner = new InvocationRunner(app.host(), times, log);
        jobHosts = new JobHosts(() -> starter.apply(log), times.sideBySide());
    }

    /** For a handler that is already running: it is neither watched nor killed. */
    public static FunctionsHost at(FunctionApp app, URI handler) {
        return at(app, handler, HostTimes.measured());
    }

    public static FunctionsHost at(FunctionApp app, URI handler, HostTimes times) {
        return new FunctionsHost(app, times, log -> new HandlerSource.Outside(handler));
    }

    /** Starts the handler in the app's folder and keeps it running until the host is closed; calls wait for it. */
    public static FunctionsHost start(FunctionApp app, HandlerCommand command, HostTimes times) {
        return new FunctionsHost(app, times, log -> new HandlerSupervisor(app.root(), command, times, log));
    }

    public FunctionApp app() {
        return app;
    }

    /** Waits for a handler that answers; throws when there will be none. */
    public FunctionsHost awaitRunning() {
        running();
        return this;
    }

    /** Where the handler listens. */
    public URI handler() {
        return running().uri();
    }

    /** The id of the process of the handler that runs. */
    public long pid() {
        if (running() instanceof HandlerProcess process) {
            return process.pid();
        }
        throw new IllegalStateException("The handler is not this host's");
    }

    /** The input of a timer is laid over a TimerInfo of now; a queue gets the text, or the JSON as text. */
    public Invocation invoke(String name, JsonNode input) {
        FunctionDefinition function = app.function(name);
        return switch (function.trigger()) {
            case EVENT_GRID -> runner.post(jobHosts.current(), function, Payload.event(function, input));
            case TIMER -> tick(function, input);
            case QUEUE -> receive(function, QueueMessage.of(input.isTextual() ? input.textValue() : input.toString()));
            case HTTP ->
                throw new IllegalArgumentException(
                        name + " has an HTTP trigger: send the request to an HttpTriggerFront instead");
        };
    }

    /** The queue of a function's trigger, which nobody else reads. */
    public StorageQueue queue(String name, InstantSource clock) {
        FunctionDefinition function = app.function(name);
        return new StorageQueue(queueOf(function), app.host().queues(), message -> receive(function, message), clock);
    }

    /** Listens to the queue of a function's trigger, which is somewhere else. */
    public QueueListener listen(String name, QueueService service) {
        FunctionDefinition function = app.function(name);
        return new QueueListener(
                queueOf(function), app.host().queues(), service, message -> receive(function, message));
    }

    private static String queueOf(FunctionDefinition function) {
        return function.queue()
                .orElseThrow(() -> new IllegalArgumentException(function.name() + " has no queue trigger"));
    }

    /** An HTTP request, as it came from outside. */
    Invocation forward(FunctionDefinition function, HandlerRequest request) {
        return runner.forward(jobHosts.current(), function, request);
    }

    /** All that the host stores in Application Insights, in the order in which it happened. */
    public List<Telemetry> telemetry() {
        return log.list();
    }

    public <T extends Telemetry> List<T> telemetry(Class<T> kind) {
        return log.list().stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /** With which codes the handlers have ended that the host did not kill. */
    public List<Integer> exitCodes() {
        return jobHosts.exitCodes();
    }

    /** Whether its handler has crashed once too often. */
    public boolean hasEnded() {
        return jobHosts.current().hasEnded();
    }

    /** Restarts the job host, as a changed host.json does: two handlers run side by side for a while, at two ports. */
    public void restart() {
        jobHosts.restart();
    }

    /** Ends the time of all invocations that run, as functionTimeout would after minutes. */
    public void timeOut() {
        runner.timeOut();
    }

    /** As when the platform takes the machine away: the handler gets no signal but SIGKILL. */
    @Override
    public void close() {
        jobHosts.close();
    }

    HostTimes times() {
        return times;
    }

    private Invocation tick(FunctionDefinition timer, JsonNode different) {
        Optional<Instant> lastRun = Optional.ofNullable(lastRuns.put(timer.name(), Instant.now()));
        return runner.post(jobHosts.current(), timer, Payload.timer(timer, lastRun, different));
    }

    private Invocation receive(FunctionDefinition function, QueueMessage message) {
        return runner.post(jobHosts.current(), function, Payload.queueMessage(function, message));
    }

    private RunningHandler running() {
        try {
            return jobHosts.current().await();
        } catch (HandlerUnavailable none) {
            throw new IllegalStateException(none.getMessage(), none);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while the handler was starting", stopped);
        }
    }
}
