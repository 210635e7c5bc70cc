package io.github.acrattach;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.acrattach.emulator.Client;
import io.github.acrattach.emulator.Emulator;
import io.github.acrattach.emulator.EmulatorOptions;
import io.github.acrattach.emulator.eventgrid.EventSubscription;
import io.github.acrattach.emulator.eventgrid.FunctionDestination;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The whole way, with the rights that the templates give when you say nothing: somebody creates a cluster through ARM, Event Grid tells the program, and the cluster may pull. */
class NewClusterIT {

    private static final Duration SOON = Duration.ofSeconds(30);

    @Test
    void mayPullThoughItsIdentityIsYoungerThanTheDirectoryKnows() throws InterruptedException {
        EmulatorOptions options = EmulatorOptions.of(Estates.changed(InstalledRights.of("default")))
                .withClusterCreation(Duration.ofSeconds(1));
        try (Emulator emulator = Emulator.start(options);
                PackagedProgram program = PackagedProgram.start(emulator, PackagedProgram.BY_TEAM)) {
            emulator.eventGrid()
                    .subscribe(EventSubscription.to(
                            "ResourceChanged", new FunctionDestination(program.host(), "ResourceChanged")));
            int status = Client.you(emulator)
                    .put(
                            Estates.cluster("aks-new"),
                            "{'location':'westeurope','tags':{'team':'shop'},'identity':{'type':'SystemAssigned'},"
                                    + "'properties':{'dnsPrefix':'new'}}")
                    .status();
            assertThat(status).isEqualTo(201);
            assertThat(grantedWithin(SOON, emulator))
                    .as(String.join("\n", program.output()))
                    .isTrue();
        }
    }

    private static boolean grantedWithin(Duration limit, Emulator emulator) throws InterruptedException {
        Instant end = Instant.now().plus(limit);
        while (Instant.now().isBefore(end)) {
            if (emulator.roleAssignments().stream().anyMatch(each -> each.id().contains("/registries/acrshop/"))) {
                return true;
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
        return false;
    }
}
