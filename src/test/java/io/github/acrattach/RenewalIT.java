package io.github.acrattach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.github.acrattach.Fleet.Kind;
import io.github.acrattach.Fleet.Pair;
import io.github.acrattach.Fleet.Standing;
import io.github.acrattach.emulator.Emulator;
import io.github.acrattach.emulator.EmulatorOptions;
import io.github.acrattach.emulator.host.Invocation;
import io.github.acrattach.emulator.http.Json;
import io.restassured.response.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/**
 * Passwords are replaced while nodes pull: whatever stands in a namespace is let in at every moment, though a fresh
 * password of an application is not known everywhere at once.
 */
@Order(1)
class RenewalIT {

    private static final int PAIRS = 4;
    /** Where each start is dear, what pulls beside it leaves it some of the machine. */
    private static final Duration BETWEEN_PULLS = Duration.ofMillis(PackagedProgram.isExecutable() ? 20 : 500);

    private static final Duration PATIENCE = Duration.ofSeconds(150);

    private static Emulator emulator;
    private static Fleet fleet;
    private static PackagedProgram program;

    @BeforeAll
    static void start() {
        emulator = Emulator.start(EmulatorOptions.of(Fleet.estate(PAIRS))
                .withPrincipalReplication(Duration.ZERO)
                .withPasswordReplication(Duration.ofSeconds(2)));
        fleet = new Fleet(emulator);
        program = PackagedProgram.start(emulator, Fleet.settings());
    }

    @AfterAll
    static void stop() {
        program.close();
        emulator.close();
    }

    @Test
    void oneAfterTheOther() throws Exception {
        List<Pair> pairs = attached(0);
        try (Pulling pulling = new Pulling(pairs)) {
            for (Pair pair : pairs) {
                Set<String> passwords = new HashSet<>(passwords(pair));
                for (int renewal = 1; renewal <= 3; renewal++) {
                    untilDone(program, "/api/rotate", pair);
                    assertThat(passwords(pair)).hasSize(1).doesNotContainAnyElementsOf(passwords);
                    assertThat(fleet.livePasswords(pair))
                            .as("passwords of " + pair)
                            .hasSize(1);
                    passwords.addAll(passwords(pair));
                }
                assertThat(fleet.traces(pair)).isEqualTo(Fleet.whole(pair.kind()));
            }
            assertThat(pulling.refused()).isEmpty();
        }
    }

    @Test
    void severalAtOnceInOneProcess() throws Exception {
        List<Pair> pairs = attached(1);
        try (Pulling pulling = new Pulling(pairs)) {
            List<CompletableFuture<Void>> calls = pairs.stream()
                    .flatMap(pair -> Stream.generate(() -> pair).limit(3))
                    .map(pair -> CompletableFuture.runAsync(() -> untilDone(program, "/api/rotate", pair)))
                    .toList();
            for (CompletableFuture<Void> call : calls) {
                call.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            }
            pairs.forEach(pair -> {
                assertThat(passwords(pair)).hasSize(1);
                assertThat(fleet.livePasswords(pair)).as("passwords of " + pair).hasSize(1);
            });
            assertThat(pulling.refused()).isEmpty();
        }
    }

    @Test
    void severalAtOnceInTwoProcesses() throws Exception {
        List<Pair> pairs = attached(2);
        try (PackagedProgram other = PackagedProgram.start(emulator, Fleet.settings());
                Pulling pulling = new Pulling(pairs)) {
            List<CompletableFuture<Void>> calls = pairs.stream()
                    .flatMap(pair -> Stream.of(program, other)
                            .map(each -> CompletableFuture.runAsync(() -> untilDone(each, "/api/rotate", pair))))
                    .toList();
            for (CompletableFuture<Void> call : calls) {
                call.get(PATIENCE.toSeconds() * 2, TimeUnit.SECONDS);
            }
            pairs.forEach(pair -> assertThat(passwords(pair))
                    .as("passwords of " + pair + " in the cluster")
                    .hasSize(1));
            ticksUntil(program, () -> pairs.stream()
                    .allMatch(pair -> fleet.livePasswords(pair).size() == 1));
            pairs.forEach(pair -> {
                assertThat(fleet.livePasswords(pair)).as("passwords of " + pair).hasSize(1);
                assertThat(fleet.traces(pair)).isEqualTo(Fleet.whole(pair.kind()));
            });
            assertThat(pulling.refused()).isEmpty();
        }
    }

    @Test
    void byTheTimerWhenDue() throws Exception {
        Map<String, String> shortLived = new HashMap<>(Fleet.settings());
        for (String rule : List.of("T", "P")) {
            shortLived.put("ACR_ATTACH_RULES_" + rule + "_SECRET_LIFETIME", "7H");
            shortLived.put("ACR_ATTACH_RULES_" + rule + "_SECRET_RENEW_AFTER", "0.0005");
        }
        try (PackagedProgram hasty = PackagedProgram.start(emulator, shortLived)) {
            List<Pair> pairs = pairs(3);
            pairs.forEach(pair -> untilDone(hasty, "/api/attach", pair));
            try (Pulling pulling = new Pulling(pairs)) {
                Map<Pair, Set<String>> before =
                        pairs.stream().collect(Collectors.toMap(pair -> pair, RenewalIT::passwords));
                ticksUntil(hasty, () -> pairs.stream()
                        .noneMatch(pair -> passwords(pair).equals(before.get(pair))));
                pairs.forEach(pair -> {
                    assertThat(passwords(pair)).hasSize(1).doesNotContainAnyElementsOf(before.get(pair));
                    assertThat(fleet.livePasswords(pair))
                            .as("passwords of " + pair)
                            .hasSize(1);
                });
                assertThat(pulling.refused()).isEmpty();
            }
        }
    }

    @Test
    void pairWithoutAPullSecretIsNotGivenOne() {
        Pair cluster = new Pair(Kind.ACR_TOKEN, 3);
        Pair registry = new Pair(Kind.SERVICE_PRINCIPAL, 3);
        List<String> before = fleet.traces(registry);
        program.post("/api/rotate", Map.of("cluster", cluster.cluster(), "registry", registry.registry()))
                .then()
                .statusCode(200)
                .body("outcome", equalTo("Ignored"));
        assertThat(fleet.traces(registry)).isEqualTo(before);
    }

    private static List<Pair> pairs(int number) {
        return Stream.of(Kind.values()).map(kind -> new Pair(kind, number)).toList();
    }

    private static List<Pair> attached(int number) {
        List<Pair> pairs = pairs(number);
        pairs.forEach(pair -> untilDone(program, "/api/attach", pair));
        return pairs;
    }

    private static Set<String> passwords(Pair pair) {
        return fleet.standing(pair).stream().map(Standing::password).collect(Collectors.toSet());
    }

    private static void ticksUntil(PackagedProgram program, BooleanSupplier holds) {
        Instant end = Instant.now().plus(PATIENCE);
        tick(program);
        while (!holds.getAsBoolean() && Instant.now().isBefore(end)) {
            pause(Duration.ofSeconds(5));
            tick(program);
        }
    }

    private static void tick(PackagedProgram program) {
        Invocation invocation = program.host().invoke("RotatePullSecrets", Json.object());
        assertThat(invocation.succeeded()).as(invocation.toString()).isTrue();
    }

    private static void untilDone(PackagedProgram program, String path, Pair pair) {
        Instant end = Instant.now().plus(PATIENCE);
        Response answer = post(program, path, pair);
        while (answer.statusCode() == 503 && Instant.now().isBefore(end)) {
            pause(Duration.ofSeconds(Math.min(5, Long.parseLong(answer.header("Retry-After")))));
            answer = post(program, path, pair);
        }
        assertThat(answer.statusCode())
                .as(path + " of " + pair + ": " + answer.asString())
                .isEqualTo(200);
    }

    private static Response post(PackagedProgram program, String path, Pair pair) {
        return program.post(path, pair.body());
    }

    private static void pause(Duration time) {
        try {
            TimeUnit.MILLISECONDS.sleep(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Nodes that pull all the time with what they find in the cluster. */
    private static final class Pulling implements AutoCloseable {

        private final List<String> refused = new CopyOnWriteArrayList<>();
        private final List<Thread> nodes;
        private volatile boolean over;

        Pulling(List<Pair> pairs) {
            nodes = pairs.stream()
                    .flatMap(pair -> Fleet.NAMESPACES.stream()
                            .map(namespace -> new Thread(() -> pull(pair, namespace), "node-" + pair + namespace)))
                    .toList();
            nodes.forEach(Thread::start);
        }

        private void pull(Pair pair, String namespace) {
            while (!over) {
                Optional<Standing> found = fleet.standing(pair, namespace);
                if (found.isEmpty()) {
                    refused.add(pair + " holds no secret in " + namespace);
                } else if (!fleet.pulls(pair, found.get())
                        // A node that read it a moment before it was replaced reads it again.
                        && fleet.standing(pair, namespace).equals(found)) {
                    refused.add(pair + " is refused in " + namespace + " at " + Instant.now());
                }
                pause(BETWEEN_PULLS);
            }
        }

        List<String> refused() {
            return refused;
        }

        @Override
        public void close() {
            over = true;
            try {
                for (Thread node : nodes) {
                    node.join();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
