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
import java.util.Comparator;
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
 * The program is killed at every request that it makes: while the request is held back, and while its answer is. Each
 * pair of a fleet is brought to another request, then the process ends, and another one is asked for the same.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Order(1)
class KilledIT {

    /** More than twice as many as any of the calls makes requests that change something. */
    private static final int PAIRS = Integer.getInteger("killed.pairs", 40);

    /** Between two changes nothing is changed, so that it is all the same at which request in between it ends. */
    private static final String[] BEFORE = Boolean.getBoolean("killed.reads") ? new String[0] : writes();

    /** Requests that are held for long are repeated by those who made them. */
    private static final Duration HELD_AT_MOST = Duration.ofSeconds(7);

    /** A password that stands nowhere is taken for one on its way as long as this. */
    private static final Duration ON_ITS_WAY = Duration.ofSeconds(61);

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private static Emulator emulator;
    private static Fleet fleet;
    private static PackagedProgram program;
    private static ExecutorService callers;
    private static Instant lastKill = Instant.EPOCH;

    /** The pairs that the tests before this one have brought to the end. */
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
            PULLING.put(kind, killedBeforeAndAfter("/api/attach", Fleet.pairs(kind, PAIRS)));
        }
        takenUp("/api/attach");
        assertAllPullWithOnePassword();
    }

    @Test
    @Order(2)
    void renewalIsTakenUpWhereverItEnded() throws Exception {
        for (Kind kind : Kind.values()) {
            killedBeforeAndAfter("/api/rotate", PULLING.get(kind));
        }
        takenUp("/api/rotate");
        assertAllPullWithOnePassword();
    }

    @Test
    @Order(3)
    void detachIsTakenUpWhereverItEnded() throws Exception {
        for (Kind kind : Kind.values()) {
            killedBeforeAndAfter("/api/detach", PULLING.get(kind));
        }
        takenUp("/api/detach");
        pairs().forEach(pair ->
                assertThat(fleet.traces(pair)).as("traces of " + pair).isEmpty());
    }

    /** Some pairs at the requests themselves, the others at their answers; the pairs that it took for both. */
    private static List<Pair> killedBeforeAndAfter(String path, List<Pair> all) throws Exception {
        List<Pair> before = killedEverywhere(path, all, Fault.drop("").onlyFor(BEFORE));
        List<Pair> after = killedEverywhere(
                path,
                all.subList(before.size(), all.size()),
                Fault.drop("").onlyFor(writes()).afterTheOperation());
        return concat(before, after);
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

    /** Calls with one pair after the other, kills at the first request of the first, at the second of the second... */
    private static List<Pair> killedEverywhere(String path, List<Pair> pairs, Fault fault) throws Exception {
        List<Pair> killed = new ArrayList<>();
        boolean more = true;
        while (more) {
            List<Pair> batch = new ArrayList<>();
            Instant end = Instant.now().plus(HELD_AT_MOST);
            while (more && Instant.now().isBefore(end)) {
                Pair pair = pairs.get(killed.size());
                int number = emulator.faults()
                        .add(fault.sparing(killed.size()).times(1).delayed(PATIENCE));
                CompletableFuture<Response> call = CompletableFuture.supplyAsync(() -> post(path, pair), callers);
                while (emulator.faults().strikes(number) == 0 && !call.isDone()) {
                    TimeUnit.MILLISECONDS.sleep(5);
                }
                more = emulator.faults().strikes(number) > 0;
                emulator.faults().clear();
                if (more) {
                    batch.add(pair);
                    killed.add(pair);
                    quiet();
                } else {
                    assertThat(call.get().statusCode())
                            .as(path + " of " + pair + ": " + call.get().asString())
                            .isEqualTo(200);
                    killed.add(pair);
                }
            }
            program.kill();
            lastKill = Instant.now();
            batch.forEach(KilledIT::assertAtMostTwoPasswords);
            startProgram();
        }
        System.out.println(Instant.now() + " " + path + " of " + pairs.get(0) + "...: killed at " + (killed.size() - 1)
                + " requests, " + (fault.afterwards() ? "their answers" : "themselves") + " held back");
        return killed;
    }

    private static void takenUp(String path) throws Exception {
        List<CompletableFuture<Void>> calls = pairs().map(
                        pair -> CompletableFuture.runAsync(() -> untilDone(path, pair), callers))
                .toList();
        for (CompletableFuture<Void> call : calls) {
            call.get(PATIENCE.toSeconds() * 2, TimeUnit.SECONDS);
        }
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

    /** By the tick after a minute. */
    private static void assertOnePasswordIsLeft() {
        Instant due = lastKill.plus(ON_ITS_WAY);
        if (Instant.now().isBefore(due)) {
            pause(Duration.between(Instant.now(), due));
        }
        Response all = program.post("/api/rotate", "{}");
        assertThat(all.statusCode()).isEqualTo(200);
        pairs().forEach(pair -> {
            assertThat(fleet.livePasswords(pair))
                    .as("live passwords of " + pair + " after " + all.asString())
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

    private static List<Pair> concat(List<Pair> some, List<Pair> others) {
        return Stream.concat(some.stream(), others.stream())
                .sorted(Comparator.comparing(Pair::number))
                .toList();
    }

    private static void pause(Duration time) {
        try {
            TimeUnit.MILLISECONDS.sleep(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
