package io.github.acrattach.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.acrattach.emulator.host.FunctionApp;
import io.github.acrattach.emulator.host.FunctionsHost;
import io.github.acrattach.emulator.host.HandlerCommand;
import io.github.acrattach.emulator.host.HostTimes;
import io.github.acrattach.emulator.host.Invocation;
import io.github.acrattach.emulator.host.Severity;
import io.github.acrattach.emulator.host.Telemetry;
import io.github.acrattach.emulator.http.Json;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a handler is started, killed and started again; each rule was measured on host 4.1037. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HandlerLifeTest {
    private static final HostTimes SHORT = HostTimes.measured().withHang(Duration.ofMillis(300));
    private static final String FOR_EVER = "sleep 600000";

    @TempDir
    Path folder;

    private FunctionsHost host;

    @AfterEach
    void stop() {
        host.close();
    }

    @Test
    void handlerIsToldItsPortAndKilledWithoutAWarning() {
        start(SHORT, Map.of("GREETING", "hello"));
        assertThat(invoke("out x").answer().orElseThrow().path("ReturnValue").asText())
                .isEqualTo("hello");
        host.close();
        assertThat(console()).contains("root " + folder.toAbsolutePath()).doesNotContain("told to stop");
        assertThat(host.exitCodes()).isEmpty();
        assertThat(invoke("out x").reason()).isEqualTo("The host was stopped");
    }

    @Test
    void timeoutKillsTheHandlerAndAllThatItWorksOn() {
        start(SHORT.withGrace(Duration.ofMillis(100)), Duration.ofSeconds(3), Map.of());
        URI port = host.handler();
        long pid = host.pid();
        CompletableFuture<Invocation> first = begin(FOR_EVER);
        CompletableFuture<Invocation> second = begin(FOR_EVER);
        assertThat(first.join().reason()).contains("timeout of PT3S");
        Invocation meanwhile = invoke("out next");
        assertThat(meanwhile.succeeded()).as(meanwhile.reason()).isTrue();
        assertThat(second.join().succeeded()).isFalse();
        assertThat(host.handler()).as("the same port").isEqualTo(port);
        assertThat(host.pid()).isNotEqualTo(pid);
        assertThat(host.telemetry(Telemetry.HostLog.class)).as("no error").isEmpty();
        assertThat(console()).doesNotContain("told to stop");
    }

    @Test
    void timeThatIsEndedIsOverAsOneThatRanOut() {
        start(SHORT.withGrace(Duration.ofMillis(100)), Map.of());
        long pid = host.pid();
        CompletableFuture<Invocation> inFlight = begin(FOR_EVER);
        await(() -> console().contains("sleeps"));
        host.timeOut();
        assertThat(inFlight.join().reason()).contains("timeout").contains("exceeded");
        assertThat(invoke("out next").succeeded()).isTrue();
        assertThat(host.pid()).isNotEqualTo(pid);
    }

    @Test
    void whatEndsWithinTheGraceHasFailedAllTheSame() {
        start(SHORT.withGrace(Duration.ofMinutes(1)), Duration.ofMillis(300), Map.of());
        long pid = host.pid();
        Invocation late = invoke("sleep 400");
        assertThat(late.succeeded()).isFalse();
        assertThat(late.status()).isEqualTo(200);
        assertThat(host.telemetry(Telemetry.FunctionLog.class)).isEmpty();
        assertThat(host.pid()).isEqualTo(pid);
    }

    @ParameterizedTest
    @ValueSource(strings = {"answer", "answer null"})
    @Timeout(60)
    void answerWithoutAResultRunsIntoTheTimeout(String wish) throws InterruptedException {
        start(SHORT.withGrace(Duration.ofMillis(100)), Duration.ofMillis(500), Map.of());
        long pid = host.pid();
        assertThat(invoke(wish).reason()).contains("timeout of PT0.5S");
        while (ProcessHandle.of(pid).isPresent()) {
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }

    @Test
    void handlerThatCrashesIsStartedAgainTwice() {
        start(SHORT, Map.of());
        for (int crash = 1; crash < 3; crash++) {
            assertThat(invoke("exit 3").succeeded()).isFalse();
            assertThat(invoke("out next").succeeded()).isTrue();
        }
        assertThat(host.hasEnded()).isFalse();
        assertThat(invoke("exit 3").succeeded()).isFalse();
        assertThat(invoke("out next").reason()).contains("The host has ended").contains("[3, 3, 3]");
        assertThat(host.hasEnded()).isTrue();
    }

    @Test
    void handlerThatAsksForItIsStartedAgainEachTime() {
        start(SHORT, Map.of());
        for (int restart = 0; restart < 4; restart++) {
            invoke("exit 200");
            assertThat(invoke("out next").succeeded()).isTrue();
        }
        assertThat(host.telemetry(Telemetry.HostLog.class)).isEmpty();
    }

    @Test
    void handlerThatEndsWellIsNotStartedAgain() {
        start(SHORT, Map.of());
        invoke("exit 0");
        assertThat(invoke("out next").reason()).endsWith("is not started again");
        assertThat(host.hasEnded()).isFalse();
        assertThat(host.exitCodes()).containsExactly(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "7"})
    void handlerThatEndsBeforeItAnswersIsTriedThreeTimes(String code) {
        assertThatThrownBy(() -> start(SHORT, Map.of("EXIT_AT_START", code)))
                .hasMessageContaining("The host has ended");
        assertThat(host.exitCodes()).hasSize(3).containsOnly(Integer.valueOf(code));
        assertThat(host.telemetry(Telemetry.HostLog.class)).hasSize(3);
    }

    @Test
    void executableThatIsMissingIsTriedOnceAndCallsHang() {
        host = FunctionsHost.start(
                app(Duration.ofSeconds(1)), new HandlerCommand(List.of("./no-such-handler"), Map.of()), SHORT);
        CompletableFuture<Invocation> call = begin("out x");
        await(() -> !host.telemetry(Telemetry.HostLog.class).isEmpty());
        assertThat(call).isNotDone();
        host.close();
        assertThat(call.join().reason()).isEqualTo("The host was stopped");
        assertThat(host.telemetry(Telemetry.HostLog.class)).hasSize(1);
    }

    @Test
    void lineIsStoredWithTheSeverityOfItsStream() {
        start(SHORT, Map.of());
        invoke("out ERROR all is lost");
        invoke("err all is well");
        invoke("err a forewarning");
        invoke("err WARN");
        await(() -> host.telemetry(Telemetry.ConsoleLine.class).size() == 5);
        assertThat(host.telemetry(Telemetry.ConsoleLine.class))
                .contains(
                        new Telemetry.ConsoleLine(Severity.INFORMATION, "ERROR all is lost"),
                        new Telemetry.ConsoleLine(Severity.ERROR, "all is well"),
                        new Telemetry.ConsoleLine(Severity.WARNING, "a forewarning"),
                        new Telemetry.ConsoleLine(Severity.WARNING, "WARN"));
    }

    @Test
    void handlersRunSideBySideAfterARestartOfTheJobHost() {
        start(SHORT.withSideBySide(Duration.ofSeconds(1)), Map.of());
        long old = host.pid();
        URI oldPort = host.handler();
        CompletableFuture<Invocation> inFlight = begin(FOR_EVER);
        await(() -> console().contains("sleeps"));
        host.restart();
        assertThat(invoke("out next").succeeded()).isTrue();
        assertThat(host.handler()).isNotEqualTo(oldPort);
        assertThat(host.pid()).isNotEqualTo(old);
        assertThat(inFlight.join().succeeded()).isFalse();
        await(() -> ProcessHandle.of(old).isEmpty());
        assertThat(invoke("out next").succeeded()).isTrue();
        assertThat(host.exitCodes()).isEmpty();
    }

    private void start(HostTimes times, Map<String, String> settings) {
        start(times, Duration.ofMinutes(1), settings);
    }

    private void start(HostTimes times, Duration timeout, Map<String, String> settings) {
        host = FunctionsHost.start(app(timeout), OddHandler.command(settings), times);
        host.awaitRunning();
    }

    private FunctionApp app(Duration timeout) {
        return new SmallApp(folder)
                .function("OnEvent", SmallApp.EVENT_TRIGGER)
                .read()
                .withFunctionTimeout(timeout);
    }

    private Invocation invoke(String wish) {
        JsonNode event = Json.object().put("id", "1").set("data", Json.object().put("do", wish));
        return host.invoke("OnEvent", event);
    }

    private CompletableFuture<Invocation> begin(String wish) {
        return CompletableFuture.supplyAsync(() -> invoke(wish), work -> new Thread(work).start());
    }

    private List<String> console() {
        return host.telemetry(Telemetry.ConsoleLine.class).stream()
                .map(Telemetry.ConsoleLine::message)
                .toList();
    }

    private static void await(BooleanSupplier fact) {
        try {
            while (!fact.getAsBoolean()) {
                TimeUnit.MILLISECONDS.sleep(10);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
