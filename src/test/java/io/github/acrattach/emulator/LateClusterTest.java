package io.github.acrattach.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.emulator.eventgrid.Attempt;
import io.github.acrattach.emulator.eventgrid.Delivery;
import io.github.acrattach.emulator.eventgrid.EventSubscription;
import io.github.acrattach.emulator.eventgrid.FunctionDestination;
import io.github.acrattach.emulator.host.FunctionApp;
import io.github.acrattach.emulator.host.FunctionsHost;
import io.github.acrattach.emulator.http.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole way: an event of a cluster that is not ready, refused by a handler, delivered again when it is. */
class LateClusterTest {
    @TempDir
    Path folder;

    @Test
    void isAnnouncedUntilItsHandlerIsContent() throws Exception {
        try (Emulator emulator = Emulator.start(
                        EmulatorOptions.of(Sample.changed(estate -> readyAfter(Duration.ofSeconds(3), estate)))
                                .withTimeScale(8));
                Receiver handler = new Receiver(LateClusterTest.thirdTime(emulator))) {
            emulator.eventGrid()
                    .subscribe(EventSubscription.to(
                            "attach",
                            new FunctionDestination(FunctionsHost.at(app(), handler.uri()), "ResourceChanged")));
            Delivery delivery = emulator.eventGrid().deliveries().get(0);
            Instant limit = Instant.now().plusSeconds(60);
            while (delivery.state() == Delivery.State.PENDING && Instant.now().isBefore(limit)) {
                Thread.sleep(10);
            }

            assertThat(delivery.attempts().stream().map(Attempt::outcome))
                    .extracting(outcome -> outcome.status())
                    .containsExactly(500, 500, 202);
            assertThat(delivery.event().subject()).isEqualToIgnoringCase(Sample.AKS_LATE);
            assertThat(handler.received()
                            .get(0)
                            .body()
                            .path("Data")
                            .path("event")
                            .path("subject")
                            .asText())
                    .isEqualToIgnoringCase(Sample.AKS_LATE);
        }
    }

    @Test
    void comesBackWithAReset() {
        try (Emulator emulator = Emulator.start(
                EmulatorOptions.of(Sample.changed(estate -> readyAfter(Duration.ofMillis(500), estate))))) {
            await(emulator, "Succeeded");
            emulator.reset();
            assertThat(state(emulator)).isEqualTo("Creating");
            await(emulator, "Succeeded");
        }
    }

    private static void readyAfter(Duration time, ObjectNode estate) {
        for (JsonNode resource : estate.withArray("/resources")) {
            if (resource.has("readyAfter")) {
                ((ObjectNode) resource).put("readyAfter", time.toString());
            }
        }
    }

    /** Not content before the third delivery, which comes 5 s after the first: the cluster is ready by then. */
    private static Function<Receiver.Received, Receiver.Answered> thirdTime(Emulator emulator) {
        AtomicInteger deliveries = new AtomicInteger();
        return request -> deliveries.incrementAndGet() > 2 && state(emulator).equals("Succeeded")
                ? Receiver.Answered.json("{\"ReturnValue\":\"granted\"}")
                : Receiver.Answered.status(500);
    }

    private static String state(Emulator emulator) {
        Optional<ObjectNode> cluster = emulator.resource(Sample.AKS_LATE);
        return Json.text(cluster.orElseThrow(), "properties", "provisioningState")
                .orElse("");
    }

    private static void await(Emulator emulator, String state) {
        Instant limit = Instant.now().plusSeconds(60);
        while (!state(emulator).equals(state)) {
            assertThat(Instant.now()).isBefore(limit);
            Thread.onSpinWait();
        }
    }

    private FunctionApp app() throws IOException {
        Path functions = Files.createDirectories(folder.resolve("functions/ResourceChanged"));
        Files.writeString(folder.resolve("host.json"), """
                {"version": "2.0",
                 "customHandler": {"description": {"defaultExecutablePath": "handler"}},
                 "extensionBundle": {"id": "Microsoft.Azure.Functions.ExtensionBundle", "version": "[4.*, 5.0.0)"}}
                """);
        Files.writeString(functions.resolve("function.json"), """
                {"bindings": [{"type": "eventGridTrigger", "direction": "in", "name": "event"}]}
                """);
        return FunctionApp.read(folder.resolve("host.json"), functions.getParent());
    }
}
