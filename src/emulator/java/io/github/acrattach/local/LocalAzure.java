package io.github.acrattach.local;

import io.github.acrattach.emulator.Emulator;
import io.github.acrattach.emulator.EmulatorOptions;
import io.github.acrattach.emulator.estate.Estate;
import io.github.acrattach.emulator.eventgrid.Destination;
import io.github.acrattach.emulator.eventgrid.EventSubscription;
import io.github.acrattach.emulator.eventgrid.FilterCommand;
import io.github.acrattach.emulator.eventgrid.FunctionDestination;
import io.github.acrattach.emulator.eventgrid.QueueDestination;
import io.github.acrattach.emulator.host.FunctionApp;
import io.github.acrattach.emulator.host.FunctionsHost;
import io.github.acrattach.emulator.host.StorageQueue;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.vertx.http.HttpServerStart;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Starts the emulator with the sample estate, and subscribes the program to its events as a deployment does.
 */
@ApplicationScoped
class LocalAzure {

    private static final Logger LOG = Logger.getLogger(LocalAzure.class);
    private static final String FUNCTION = "ResourceChanged";
    private static final String BY_QUEUE = "ResourceChangeQueued";

    private static final Estate ESTATE = Estate.sample();
    private static final String GROUP = "/subscriptions/%s/resourceGroups/%s/providers/";
    private static final String NEW_CLUSTER = GROUP.formatted("3f2b8c14-5d6e-4a7f-9b10-c2d3e4f5a601", "platform")
            + "Microsoft.ContainerService/managedClusters/aks-new";
    private static final String NEW_REGISTRY = GROUP.formatted("8a9b0c1d-2e3f-4051-a263-b7c8d9e0f112", "shared")
            + "Microsoft.ContainerRegistry/registries/acrnew";

    /** Event Grid's first retry comes after 2 s instead of 10 s. */
    private static final double TIME_SCALE = 5;

    /** How Event Grid's events come: to a function at once, or by a queue. */
    enum EventDelivery {
        FUNCTION,
        QUEUE
    }

    private final int port;
    private final EventDelivery delivery;
    private final Path certificate;
    private Emulator emulator;

    LocalAzure(
            @ConfigProperty(name = "local.azure.port") int port,
            @ConfigProperty(name = "local.azure.delivery") EventDelivery delivery,
            @ConfigProperty(name = "acr-attach.azure.trusted-certificates") Path certificate) {
        this.port = port;
        this.delivery = delivery;
        this.certificate = certificate;
    }

    /** Before the settings are checked, which name the certificate. */
    void start(@Observes @Priority(1) StartupEvent starting) throws IOException {
        try {
            emulator = Emulator.start(EmulatorOptions.of(ESTATE)
                    .withPort(port)
                    .withClusterCreation(Duration.ofSeconds(2))
                    .withTimeScale(TIME_SCALE));
        } catch (UncheckedIOException e) {
            throw new ConfigurationException("The emulator cannot listen on port " + port
                    + "; if another program does, choose another port: LOCAL_AZURE_PORT=7444 mvn -Plocal");
        }
        Files.createDirectories(certificate.toAbsolutePath().getParent());
        Files.writeString(certificate, emulator.certificate());
        LOG.infof("A small Azure runs at %s; trust it by %s.", emulator.uri(), certificate);
    }

    void open(@ObservesAsync HttpServerStart started) {
        try {
            subscribe(started.options().getPort());
            createNewcomers();
        } catch (IOException | RuntimeException e) {
            // Nobody else hears of what an asynchronous observer throws.
            LOG.error("The local run could not be prepared.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** With the filter of a deployment, so that it does not wake the program for all else that happens. */
    private void subscribe(int handlerPort) {
        URI handler = URI.create("http://127.0.0.1:" + handlerPort);
        FunctionApp app = FunctionApp.read(Path.of("host.json"), Path.of("src", "main", "functions"));
        FunctionsHost host = FunctionsHost.at(app, handler);
        Destination destination =
                delivery == EventDelivery.QUEUE ? queue(host) : new FunctionDestination(host, FUNCTION);
        emulator.eventGrid()
                .subscribe(EventSubscription.to(FUNCTION, destination)
                        .only(FilterCommand.in(Path.of("docs", "events.md"))));
    }

    /** Looked into as often as host.json says. */
    private static QueueDestination queue(FunctionsHost host) {
        StorageQueue queue = host.queue(BY_QUEUE, InstantSource.system());
        Executors.newSingleThreadScheduledExecutor(work -> {
                    Thread thread = new Thread(work, "queue-listener");
                    thread.setDaemon(true);
                    return thread;
                })
                .scheduleWithFixedDelay(
                        queue::pump,
                        0,
                        host.app().host().queues().maxPollingInterval().toMillis(),
                        TimeUnit.MILLISECONDS);
        return new QueueDestination(
                queue, host.app().functions().get(BY_QUEUE).queue().orElseThrow());
    }

    private void createNewcomers() throws IOException, InterruptedException {
        LOG.info("Its Event Grid delivers to " + (delivery == EventDelivery.QUEUE ? BY_QUEUE : FUNCTION)
                + ". Now a cluster and a registry are created in it.");
        EstateOwner owner = new EstateOwner(emulator, ESTATE);
        owner.put(
                NEW_CLUSTER,
                "2025-09-01",
                "{\"location\":\"westeurope\",\"tags\":{\"team\":\"shop\"},"
                        + "\"identity\":{\"type\":\"SystemAssigned\"},\"properties\":{\"dnsPrefix\":\"aks-new\"}}");
        owner.put(
                NEW_REGISTRY,
                "2025-11-01",
                "{\"location\":\"westeurope\",\"tags\":{\"team\":\"billing\"},"
                        + "\"sku\":{\"name\":\"Premium\"},"
                        + "\"properties\":{\"roleAssignmentMode\":\"AbacRepositoryPermissions\"}}");
    }

    void stop(@Observes ShutdownEvent stopping) {
        emulator.close();
    }
}
