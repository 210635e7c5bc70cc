package io.github.acrattach.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Clusters that are stopped and started, and states that nobody can bring about by ARM. */
class ClusterPowerTest extends Running {

    private static final String STOP = Sample.AKS_SHOP + "/stop";
    private static final String START = Sample.AKS_SHOP + "/start";

    @Override
    EmulatorOptions options() {
        return EmulatorOptions.of(Sample.changed(estate -> {}));
    }

    @Test
    void stoppedClusterShowsItAndAnswersNobodyUntilItIsStarted() {
        Client you = Client.you(emulator);
        Client.Reply stopped = you.post(STOP, "");
        assertThat(stopped.status()).isEqualTo(202);
        assertThat(you.get(stopped.header("Azure-AsyncOperation"))
                        .json()
                        .path("status")
                        .asText())
                .isEqualTo("Succeeded");
        assertThat(you.get(stopped.header("Location")).status()).isEqualTo(204);
        assertThat(state(you)).isEqualTo("Succeeded");
        assertThat(power(you)).isEqualTo("Stopped");
        Kube kube = Kube.attach(emulator, Sample.AKS_SHOP);
        assertThatThrownBy(() -> kube.get("/api/v1/secrets")).isInstanceOf(UncheckedIOException.class);

        assertThat(you.post(START, "").status()).isEqualTo(202);
        assertThat(power(you)).isEqualTo("Running");
        assertThat(kube.get("/api/v1/secrets").status()).isEqualTo(200);
    }

    @Test
    void stoppedClusterGivesCredentialsAndRunsNoCommand() {
        Client you = Client.you(emulator);
        you.post(STOP, "");
        assertThat(you.post(Sample.AKS_SHOP + "/listClusterUserCredential", "").status())
                .isEqualTo(200);
        Client.Reply refused = you.post(Sample.AKS_SHOP + "/runCommand", "{'command':'true'}");
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.json().path("code").asText()).isEqualTo("OperationNotAllowed");
    }

    @Test
    void whatIsStoppedCannotBeStoppedAndWhatRunsCannotBeStarted() {
        Client you = Client.you(emulator);
        refused(you.post(START, ""), "Power State(Running), starting cannot be performed");
        you.post(STOP, "");
        refused(you.post(STOP, ""), "Power State(Stopped), stopping cannot be performed");
    }

    @Test
    void nothingElseIsDoneWhileItStops() {
        try (Emulator slow = Emulator.start(
                EmulatorOptions.of(Sample.changed(estate -> {})).withClusterCreation(Duration.ofMinutes(5)))) {
            Client you = Client.you(slow);
            Client.Reply stopping = you.post(STOP, "");
            assertThat(you.get(stopping.header("Azure-AsyncOperation"))
                            .json()
                            .path("status")
                            .asText())
                    .isEqualTo("InProgress");
            assertThat(state(you)).isEqualTo("Stopping");
            refused(you.post(START, ""), "Another operation (Stopping) is in progress");
            Kube kube = Kube.attach(slow, Sample.AKS_SHOP);
            assertThatThrownBy(() -> kube.get("/api/v1/secrets")).isInstanceOf(UncheckedIOException.class);
        }
    }

    @Test
    void whoeverMayOnlyReadStopsNothing() {
        assertThat(Client.attach(emulator).post(STOP, "").status()).isEqualTo(403);
    }

    @Test
    void powerIsNoPropertyThatCanBeWritten() {
        Client you = Client.you(emulator);
        you.send("PATCH", Sample.AKS_SHOP, "{'properties':{'powerState':{'code':'Stopped'}}}");
        assertThat(power(you)).isEqualTo("Running");
    }

    @Test
    void stateIsSetAndPropertiesAreTakenAwayByTheControlApi() {
        Client you = Client.you(emulator);
        you.control(
                "PATCH",
                "resources",
                "{'id':'" + Sample.AKS_SHOP + "','properties':{'provisioningState':'Failed','identityProfile':null}}");
        assertThat(state(you)).isEqualTo("Failed");
        assertThat(you.get(Sample.AKS_SHOP).json().path("properties").has("identityProfile"))
                .isFalse();
        assertThat(you.send("PATCH", "/_emulator/resources", "{'id':'" + Sample.AKS_SHOP + "0'}")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void oneInCreationHasNoAddressUntilItGetsOne() {
        Client you = Client.you(emulator);
        you.control(
                "PATCH",
                "resources",
                "{'id':'" + Sample.AKS_SHOP + "','properties':{'provisioningState':'Creating','fqdn':null}}");
        assertThat(you.get(Sample.AKS_SHOP).json().path("properties").has("fqdn"))
                .isFalse();
    }

    private static void refused(Client.Reply reply, String because) {
        assertThat(reply.status()).isEqualTo(409);
        assertThat(reply.json().path("code").asText()).isEqualTo("OperationNotAllowed");
        assertThat(reply.json().path("message").asText()).contains(because);
    }

    private static String state(Client client) {
        return client.get(Sample.AKS_SHOP)
                .json()
                .path("properties")
                .path("provisioningState")
                .asText();
    }

    private static String power(Client client) {
        return client.get(Sample.AKS_SHOP)
                .json()
                .path("properties")
                .path("powerState")
                .path("code")
                .asText();
    }
}
