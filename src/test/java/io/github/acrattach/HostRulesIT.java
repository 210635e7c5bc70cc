package io.github.acrattach;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.acrattach.Fleet.Kind;
import io.github.acrattach.Fleet.Pair;
import io.github.acrattach.Fleet.Standing;
import io.github.acrattach.emulator.Emulator;
import io.github.acrattach.emulator.EmulatorOptions;
import io.github.acrattach.emulator.frontdoor.Fault;
import io.github.acrattach.emulator.host.HostTimes;
import io.github.acrattach.emulator.host.Invocation;
import io.github.acrattach.emulator.host.Telemetry;
import io.github.acrattach.emulator.http.Json;
import io.restassured.response.Response;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * What the Functions host does to the program: kills it in the middle of its work when a function outlasts its time, lets
 * two of it run side by side, and starts it again when it has crashed, but not for ever. The tests run side by side, since
 * most of them wait for the minute after which the program takes up what a killed one has begun.
 */
@Order(1)
@Execution(ExecutionMode.CONCURRENT)
class HostRulesIT {

    /** Longer than whoever is held back lives. */
    private static final Duration FOR_EVER = Duration.ofSeconds(60);

    /** More than the minute for which a password that stands nowhere is taken for one on its way. */
    private static final Duration PATIENCE = Duration.ofSeconds(150);

    /** Nor does any arrive after its sender's death. */
    private static final Fault NO_SECRET_ARRIVES =
            Fault.drop("/secrets").onlyFor("POST", "PUT", "PATCH").delayed(FOR_EVER);

    private static final Fault NO_PASSWORD_COMES_BACK = Fault.delay(
                    "/(generateCredentials|[^/]*addPassword)$", FOR_EVER)
            .onlyFor("POST")
            .afterTheOperation();

    private static final List<Pair> PAIRS =
            Stream.of(Kind.values()).map(kind -> new Pair(kind, 0)).toList();

    private Emulator emulator;
    private Fleet fleet;

    @BeforeEach
    void start() {
        emulator = Emulator.start(EmulatorOptions.of(Fleet.estate(1)).withPrincipalReplication(Duration.ZERO));
        fleet = new Fleet(emulator);
    }

    @AfterEach
    void stop() {
        emulator.close();
    }

    @Test
    void attachThatIsKilledByTheTimeoutIsTakenUp() {
        killedByTheTimeout(NO_SECRET_ARRIVES, Fleet.settings(), program -> PAIRS.stream()
                .map(pair -> begin(() -> killed(program.post("/api/attach", pair.body()))))
                .toList());
        try (PackagedProgram next = PackagedProgram.start(emulator, Fleet.settings())) {
            PAIRS.forEach(pair -> untilDone(next, "/api/attach", pair.body()));
            assertNothingIsLeft(next);
        }
    }

    @Test
    void reconcileThatIsKilledByTheTimeoutIsTakenUp() {
        killedByTheTimeout(
                NO_PASSWORD_COMES_BACK,
                Fleet.settings(),
                program -> List.of(begin(() -> killed(program.post("/api/reconcile", Map.of())))));
        try (PackagedProgram next = PackagedProgram.start(emulator, Fleet.settings())) {
            waitUntil(() -> {
                next.post("/api/reconcile", Map.of());
                return PAIRS.stream().allMatch(this::isWhole);
            });
            assertNothingIsLeft(next);
        }
    }

    @Test
    void renewalByTheTimerThatIsKilledByTheTimeoutIsTakenUpByTheNextTick() {
        try (PackagedProgram before = PackagedProgram.start(emulator, Fleet.settings())) {
            PAIRS.forEach(pair -> untilDone(before, "/api/attach", pair.body()));
        }
        Map<String, String> due = new HashMap<>(Fleet.settings());
        for (String rule : List.of("T", "P")) {
            due.put("ACR_ATTACH_RULES_" + rule + "_SECRET_RENEW_AFTER", "0.00000001");
        }
        killedByTheTimeout(
                NO_SECRET_ARRIVES,
                due,
                program -> List.of(
                        begin(() -> assertThat(tick(program).succeeded()).isFalse())));
        try (PackagedProgram next = PackagedProgram.start(emulator, Fleet.settings())) {
            assertNothingIsLeft(next);
        }
    }

    @Test
    void oldAndNewHandlerMayWorkOnTheSamePair() {
        HostTimes slow = HostTimes.measured().withSideBySide(Duration.ofSeconds(12));
        try (PackagedProgram program =
                PackagedProgram.startCold(PackagedProgram.app(), emulator, Fleet.settings(), slow)) {
            long old = program.pid();
            emulator.faults()
                    .add(Fault.delay("/secrets", Duration.ofSeconds(8))
                            .onlyFor("POST", "PUT", "PATCH")
                            .times(PAIRS.size()));
            List<CompletableFuture<Void>> calls = PAIRS.stream()
                    .map(pair -> begin(() -> program.post("/api/attach", pair.body())))
                    .toList();
            waitUntil(() -> emulator.faults().list().get(0).strikes() == PAIRS.size());
            program.host().restart();
            PAIRS.forEach(pair -> untilDone(program, "/api/rotate", pair.body()));
            calls.forEach(CompletableFuture::join);
            waitUntil(() -> ProcessHandle.of(old).isEmpty());
            assertThat(program.pid()).isNotEqualTo(old);
            PAIRS.forEach(pair -> untilDone(program, "/api/attach", pair.body()));
            assertNothingIsLeft(program);
        }
    }

    @Test
    void hostEndsWithTheThirdCrash() {
        HostTimes quick = HostTimes.measured().withHang(Duration.ofMillis(100));
        try (PackagedProgram program =
                PackagedProgram.startCold(PackagedProgram.app(), emulator, Fleet.settings(), quick)) {
            for (int crashes = 1; crashes < 3; crashes++) {
                crash(program);
                int ended = crashes;
                waitUntil(() -> program.host().exitCodes().size() == ended);
                assertThat(access(program).statusCode()).isEqualTo(200);
            }
            assertThat(program.host().hasEnded()).isFalse();
            crash(program);
            waitUntil(() -> program.host().hasEnded());
            assertThat(access(program).statusCode()).isEqualTo(503);
            assertThat(program.host().telemetry(Telemetry.HostLog.class)).hasSize(3);
        }
    }

    private void killedByTheTimeout(
            Fault held, Map<String, String> settings, Function<PackagedProgram, List<CompletableFuture<Void>>> calls) {
        try (PackagedProgram program =
                PackagedProgram.startCold(PackagedProgram.app(), emulator, settings, HostTimes.measured())) {
            URI port = program.host().handler();
            long pid = program.pid();
            int number = emulator.faults().add(held);
            List<CompletableFuture<Void>> begun = calls.apply(program);
            waitUntil(() -> emulator.faults().strikes(number) > 0);
            program.host().timeOut();
            begun.forEach(CompletableFuture::join);
            assertThat(program.pid()).as("killed").isNotEqualTo(pid);
            emulator.faults().clear();
            assertThat(program.host().handler())
                    .as("where the next one listens")
                    .isEqualTo(port);
            assertThat(program.host().exitCodes()).as("crashes").isEmpty();
            PAIRS.forEach(pair -> assertThat(fleet.livePasswords(pair)).hasSizeLessThan(3));
        }
    }

    private static void killed(Response answer) {
        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(500);
        assertThat(answer.asString()).isEmpty();
    }

    private static void crash(PackagedProgram program) {
        ProcessHandle.of(program.pid()).orElseThrow().destroyForcibly();
    }

    private static CompletableFuture<Void> begin(Runnable call) {
        return CompletableFuture.runAsync(call, work -> new Thread(work).start());
    }

    private static Response access(PackagedProgram program) {
        return program.http()
                .queryParam("cluster", PAIRS.get(0).cluster())
                .queryParam("registry", PAIRS.get(0).registry())
                .get("/api/access");
    }

    private static Invocation tick(PackagedProgram program) {
        return program.host().invoke("RotatePullSecrets", Json.object());
    }

    private static void untilDone(PackagedProgram program, String path, Map<String, String> body) {
        waitUntil(() -> {
            Response answer = program.post(path, body);
            assertThat(answer.statusCode()).as(path + ": " + answer.asString()).isIn(200, 503);
            return answer.statusCode() == 200;
        });
    }

    /** Each pair pulls with one password, and there is no other. */
    private void assertNothingIsLeft(PackagedProgram program) {
        waitUntil(() -> {
            tick(program);
            return PAIRS.stream()
                    .allMatch(pair -> isWhole(pair) && fleet.livePasswords(pair).size() == 1);
        });
        PAIRS.forEach(pair -> {
            List<Standing> secrets = fleet.standing(pair);
            assertThat(secrets).hasSize(Fleet.NAMESPACES.size()).allMatch(each -> fleet.pulls(pair, each));
            assertThat(secrets.stream().map(Standing::password).distinct()).hasSize(1);
        });
    }

    private boolean isWhole(Pair pair) {
        return fleet.traces(pair).equals(Fleet.whole(pair.kind()));
    }

    private static void waitUntil(BooleanSupplier fact) {
        Instant end = Instant.now().plus(PATIENCE);
        try {
            while (!fact.getAsBoolean()) {
                assertThat(Instant.now()).isBefore(end);
                TimeUnit.MILLISECONDS.sleep(500);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
