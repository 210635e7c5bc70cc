package io.github.acrattach;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.acrattach.Fleet.Kind;
import io.github.acrattach.Fleet.Pair;
import io.github.acrattach.Fleet.Standing;
import io.github.acrattach.emulator.Emulator;
import io.github.acrattach.emulator.EmulatorOptions;
import io.github.acrattach.emulator.frontdoor.Fault;
import io.restassured.response.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * The program is killed at the requests by which it changes something: while the request is held back, and while its
 * answer is. Each pair of a fleet is brought to another request, then the process ends, and another one is asked for the
 * same. The executable is killed at each of them; the jar, whose start is dear, at every twenty-fourth.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Order(1)
class KilledIT {

    private static final int EVERY = PackagedProgram.isExecutable() ? 1 : 24;

    /** More than twice as many as any of the calls makes requests that change something. */
    private static final int PAIRS = Integer.getInteger("killed.pairs", PackagedProgram.isExecutable() ? 40 : 10);

    /** Between two changes nothing is changed, so that it is all the same at which request in between it ends. */
    private static final Fault BEFORE =
            Boolean.getBoolean("killed.reads") ? Fault.drop("") : Fault.drop("").onlyFor(writes());

    private static final Fault AFTER = Fault.drop("").onlyFor(writes()).afterTheOperation();

    /** Requests that are held for long are repeated by those who made them. */
    private static final Duration HELD_AT_MOST = Duration.ofSeconds(7);

    /** More than the minute for which a password that stands nowhere is taken for one on its way. */
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private static final Duration BETWEEN_TICKS = Duration.ofSeconds(15);

    private static Emulator emulator;
    private static Fleet fleet;
    private static PackagedProgram program;
    private static ExecutorService callers;

    /** The pairs that are brought to an end together. */
    private static final Map<Kind, List<Pair>> PULLING = new TreeMap<>();

    @BeforeAll
    static void start() {
        emulator = Emulator.start(EmulatorOptions.of(Fleet.estate(PAIRS)).withPrincipalReplication(Duration.ZERO));
        fleet = new Fleet(emulator);
        callers = Executors.newCachedThreadPool();
        startProgram();
    }

    @AfterAll
    static void stop() {
        callers.shutdownNow();
        program.close();
        emulator.close();
    }

    @Test
    @Order(1)
    void attachIsTakenUpWhereverItEnded() throws Exception {
        for (Kind kind : Kind.values()) {
            PULLING.put(kind, Fleet.pairs(kind, PAIRS));
        }
        PULLING.putAll(killedEverywhere("/api/attach"));
        takenUp("/api/attach");
        assertAllPullWithOnePassword();
    }

    @Test
    @Order(2)
    void renewalIsTakenUpWhereverItEnded() throws Exception {
        killedEverywhere("/api/rotate");
        takenUp("/api/rotate");
        assertAllPullWithOnePassword();
    }

    @Test
    @Order(3)
    void detachIsTakenUpWhereverItEnded() throws Exception {
        killedEverywhere("/api/detach");
        takenUp("/api/detach");
        pairs().forEach(pair ->
                assertThat(fleet.traces(pair)).as("traces of " + pair).isEmpty());
    }

    private static Stream<Pair> pairs() {
        return PULLING.values().stream().flatMap(List::stream);
    }

    private static void assertAllPullWithOnePassword() {
        pairs().forEach(pair -> {
            assertAtMostTwoPasswords(pair);
            assertPulls(pair);
        });
        assertOnePasswordIsLeft();
    }

    /**
     * Calls with one pair after the other: the first is brought to the first request, the next to the one after it, until
     * a call makes no more of them; then the same with their answers.
     *
     * @return the pairs that it took
     */
    private static Map<Kind, List<Pair>> killedEverywhere(String path) throws Exception {
        Map<Kind, List<Pair>> taken = new TreeMap<>();
        Held held = new Held(path);
        for (Kind kind : Kind.values()) {
            List<Pair> pairs = PULLING.get(kind);
            int next = 0;
            for (Fault fault : List.of(BEFORE, AFTER)) {
                int first = next;
                while (held.at(fault.sparing((next - first) * EVERY), pairs.get(next++))) {
                    held.killWhenLong();
                }
                System.out.println(Instant.now() + " " + path + " with " + kind.word() + ": killed at "
                        + (next - first - 1) + " requests, " + (fault.afterwards() ? "their answers" : "themselves")
                        + " held back");
            }
            taken.put(kind, List.copyOf(pairs.subList(0, next)));
        }
        held.kill();
        return taken;
    }

    private static void takenUp(String path) throws Exception {
        List<CompletableFuture<Void>> calls = pairs().map(
                        pair -> CompletableFuture.runAsync(() -> untilDone(path, pair), callers))
                .toList();
        for (CompletableFuture<Void> call : calls) {
            call.get(PATIENCE.toSeconds() * 2, TimeUnit.SECONDS);
        }
    }

    private static void untilDone(String path, Pair pair) {
        Instant end = Instant.now().plus(PATIENCE);
        Response answer = post(path, pair);
        while (answer.statusCode() == 503 && Instant.now().isBefore(end)) {
            pause(Duration.ofSeconds(Long.parseLong(answer.header("Retry-After"))));
            answer = post(path, pair);
        }
        assertThat(answer.statusCode())
                .as(path + " of " + pair + ": " + answer.asString())
                .isEqualTo(200);
    }

    private static void assertPulls(Pair pair) {
        List<Standing> secrets = fleet.standing(pair);
        assertThat(fleet.traces(pair)).as("traces of " + pair).isEqualTo(Fleet.whole(pair.kind()));
        assertThat(secrets).as("secrets of " + pair).hasSize(Fleet.NAMESPACES.size());
        assertThat(secrets).allSatisfy(each -> assertThat(fleet.pulls(pair, each))
                .as(pair + " pulls in " + each.namespace())
                .isTrue());
        assertThat(secrets).allMatch(Standing::referred);
        assertThat(secrets.stream().map(Standing::password).distinct())
                .as("passwords of " + pair)
                .hasSize(1);
    }

    private static void assertAtMostTwoPasswords(Pair pair) {
        assertThat(fleet.livePasswords(pair)).as("live passwords of " + pair).hasSizeLessThan(3);
    }

    /** By the first tick that comes a minute after the last kill. */
    private static void assertOnePasswordIsLeft() {
        Instant end = Instant.now().plus(PATIENCE);
        Response tick = program.post("/api/rotate", "{}");
        while (Instant.now().isBefore(end)
                && pairs().anyMatch(pair -> fleet.livePasswords(pair).size() > 1)) {
            pause(BETWEEN_TICKS);
            tick = program.post("/api/rotate", "{}");
        }
        String last = tick.asString();
        assertThat(tick.statusCode()).isEqualTo(200);
        pairs().forEach(pair -> {
            assertThat(fleet.livePasswords(pair))
                    .as("live passwords of " + pair + " after " + last)
                    .hasSize(1);
            assertPulls(pair);
        });
    }

    private static Response post(String path, Pair pair) {
        return program.post(path, pair.body());
    }

    /** Signed in everywhere, so that the pairs do not wait for each other's tokens. */
    private static void startProgram() {
        program = PackagedProgram.start(emulator, Fleet.settings());
        for (Kind kind : Kind.values()) {
            Pair last = new Pair(kind, PAIRS - 1);
            program.http()
                    .queryParam("cluster", last.cluster())
                    .queryParam("registry", last.registry())
                    .get("/api/access")
                    .then()
                    .statusCode(200);
        }
        emulator.requests().clear();
    }

    private static String[] writes() {
        return new String[] {"PUT", "POST", "PATCH", "DELETE"};
    }

    private static void pause(Duration time) {
        try {
            TimeUnit.MILLISECONDS.sleep(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The calls that one process is to die with. */
    private static final class Held {

        private final String path;
        private final List<Pair> pairs = new ArrayList<>();
        private Instant since = Instant.now();

        Held(String path) {
            this.path = path;
        }

        /** False when the call came to its end without being struck. */
        boolean at(Fault fault, Pair pair) throws Exception {
            int number = emulator.faults().add(fault.times(1).delayed(PATIENCE));
            CompletableFuture<Response> call = CompletableFuture.supplyAsync(() -> post(path, pair), callers);
            while (emulator.faults().strikes(number) == 0 && !call.isDone()) {
                TimeUnit.MILLISECONDS.sleep(5);
            }
            boolean struck = emulator.faults().strikes(number) > 0;
            emulator.faults().clear();
            if (struck) {
                pairs.add(pair);
                quiet();
            } else {
                // A busy machine can be too slow for the time that the program gives itself.
                if (call.get().statusCode() == 503) {
                    untilDone(path, pair);
                } else {
                    assertThat(call.get().statusCode())
                            .as(path + " of " + pair + ": " + call.get().asString())
                            .isEqualTo(200);
                }
            }
            return struck;
        }

        void killWhenLong() {
            if (Instant.now().isAfter(since.plus(HELD_AT_MOST))) {
                kill();
            }
        }

        void kill() {
            program.kill();
            pairs.forEach(KilledIT::assertAtMostTwoPasswords);
            pairs.clear();
            startProgram();
            since = Instant.now();
        }

        /** What the pair that is held has under way beside it comes to its end. */
        private static void quiet() throws InterruptedException {
            int seen = -1;
            while (emulator.requests().list().size() != seen) {
                seen = emulator.requests().list().size();
                TimeUnit.MILLISECONDS.sleep(40);
            }
            emulator.requests().clear();
        }
    }
}
