package io.github.acrattach.adapter.entra;

import static io.github.acrattach.adapter.azure.Answered.found;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.Estates;
import io.github.acrattach.adapter.azure.AzureAt;
import io.github.acrattach.domain.Lookup;
import io.github.acrattach.domain.Problem.Kind;
import io.github.acrattach.domain.installation.Identity;
import io.github.acrattach.emulator.Emulator;
import io.github.acrattach.emulator.EmulatorOptions;
import io.github.acrattach.emulator.estate.Estate;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EntraIdentitiesTest {

    @Test
    void whoItIsAndWhatItMayInTheDirectoryIsInItsTokens() {
        try (Emulator emulator = Emulator.start(EmulatorOptions.of(Estate.sample()))) {
            EntraIdentities identities = new EntraIdentities(AzureAt.emulator(emulator));
            assertThat(found(identities.own()))
                    .isEqualTo(new Identity(
                            Optional.of(Estates.PROGRAM),
                            Optional.of(Estates.PROGRAM_CLIENT),
                            Optional.of(Estates.TENANT)));
            assertThat(found(identities.directoryPermissions()))
                    .containsExactlyInAnyOrder("Application.Read.All", "Application.ReadWrite.OwnedBy");
        }
    }

    @Test
    void withoutPermissionsItHasNone() {
        Estate estate =
                Estates.changed(json -> ((ObjectNode) json.path("principals").path(0))
                        .put("directoryReader", false)
                        .remove("graphPermissions"));
        try (Emulator emulator = Emulator.start(EmulatorOptions.of(estate))) {
            assertThat(found(new EntraIdentities(AzureAt.emulator(emulator)).directoryPermissions()))
                    .isEmpty();
        }
    }

    @Test
    void signInThatCannotWorkIsToldAsElsewhere() {
        try (Emulator emulator = Emulator.start(EmulatorOptions.of(Estate.sample()))) {
            EntraIdentities identities =
                    new EntraIdentities(AzureAt.emulator(emulator, Map.of("client-secret", "another")));
            assertThat(identities.own()).isInstanceOfSatisfying(Lookup.Denied.class, denied -> assertThat(
                            denied.problem().kind())
                    .isEqualTo(Kind.SIGN_IN_FAILED));
        }
    }
}
