package io.github.acrattach.bench;

import io.github.acrattach.emulator.Emulator;
import io.github.acrattach.emulator.EmulatorOptions;
import io.github.acrattach.emulator.estate.Estate;
import io.github.acrattach.emulator.frontdoor.Fault;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/** Start, recipe and throughput, each as a table: median (minimum-maximum). */
public final class Benchmark {

    private static final Path EXECUTABLE =
            Path.of("target", "custom-handler", "acr-attach").toAbsolutePath();
    private static final Path JAR = Path.of("target", "acr-attach-runner.jar").toAbsolutePath();
    private static final Path ARCHIVE = Path.of("target", "bench.jsa").toAbsolutePath();
    private static final int EVENTS = 20_000;

    private final Emulator emulator = Emulator.start(EmulatorOptions.of(Estate.sample()));
    private final Path certificate;
    private final int runs;

    private Benchmark(int runs) throws IOException {
        this.runs = runs;
        this.certificate = Files.writeString(Files.createTempFile("bench", ".pem"), emulator.certificate());
    }

    public static void main(String[] arguments) throws Exception {
        Benchmark benchmark = new Benchmark(Integer.parseInt(arguments[0]));
        Map<String, List<String>> candidates = benchmark.candidates();
        if (candidates.isEmpty()) {
            System.exit(1);
        }
        benchmark.start(candidates);
        if (Recipe.isPossible()) {
            benchmark.recipe(candidates);
        } else {
            System.out.println(
                    "\nNOT MEASURED: the recipe, because there is no az (Debian: apt-get install azure-cli).");
        }
        benchmark.throughput(candidates);
        System.exit(0);
    }

    /** The executable first, where there is one. */
    private Map<String, List<String>> candidates() throws IOException, InterruptedException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Map<String, List<String>> candidates = new LinkedHashMap<>();
        if (Files.isExecutable(EXECUTABLE)) {
            candidates.put("executable", List.of(EXECUTABLE.toString()));
        } else {
            System.out.println("NOT MEASURED: the executable, because mvn package -Dnative has not made it.");
        }
        if (Files.exists(JAR)) {
            candidates.put("jar, default flags", List.of(java, "-jar", JAR.toString()));
            archive(java);
            candidates.put(
                    "jar, best flags found",
                    List.of(
                            java,
                            "-XX:SharedArchiveFile=" + ARCHIVE,
                            "-XX:TieredStopAtLevel=1",
                            "-XX:+UseSerialGC",
                            "-Xmx128m",
                            "-jar",
                            JAR.toString()));
        } else {
            System.out.println("NOT MEASURED: the jar, because mvn package has not made it.");
        }
        return candidates;
    }

    /** Lets the JVM archive the classes that one event loads. */
    private void archive(String java) throws IOException, InterruptedException {
        List<String> command =
                List.of(java, "-XX:ArchiveClassesAtExit=" + ARCHIVE, "-XX:+UseSerialGC", "-jar", JAR.toString());
        try (Handler handler = Handler.start(command, emulator, certificate)) {
            handler.firstAnswer();
            handler.event();
            handler.endWell();
        }
    }

    private void start(Map<String, List<String>> candidates) throws IOException, InterruptedException {
        Map<String, List<Figure>> figures = new LinkedHashMap<>();
        candidates
                .keySet()
                .forEach(name -> figures.put(name, List.of(new Figure(), new Figure(), new Figure(), new Figure())));
        for (int run = -1; run < runs; run++) {
            for (Map.Entry<String, List<String>> candidate : candidates.entrySet()) {
                emulator.reset();
                try (Handler handler = Handler.start(candidate.getValue(), emulator, certificate)) {
                    double answer = handler.firstAnswer();
                    handler.event();
                    double granted = handler.sinceStart();
                    // The first run of each warms the emulator and the disk.
                    if (run >= 0) {
                        List<Figure> of = figures.get(candidate.getKey());
                        of.get(0).add(answer);
                        of.get(1).add(granted);
                        of.get(2).add(handler.resident());
                        of.get(3).add(handler.processorTime());
                    }
                }
            }
        }
        System.out.printf("%nStart, %d runs each, interleaved: median (minimum-maximum)%n", runs);
        System.out.printf(
                "%-24s %-24s %-24s %-18s %s%n", "", "first answer, ms", "first grant, ms", "resident, MB", "CPU, ms");
        figures.forEach((name, of) ->
                System.out.printf("%-24s %-24s %-24s %-18s %s%n", name, of.get(0), of.get(1), of.get(2), of.get(3)));
    }

    private void recipe(Map<String, List<String>> candidates) throws IOException, InterruptedException {
        List<String> command = candidates.values().iterator().next();
        Recipe recipe = Recipe.signIn(emulator, certificate);
        Figure old = new Figure();
        Figure cold = new Figure();
        Figure warm = new Figure();
        Figure oldCpu = new Figure();
        Figure coldCpu = new Figure();
        for (int run = 0; run < runs; run++) {
            emulator.reset();
            long start = System.nanoTime();
            double cpu = Children.processorTime();
            recipe.run();
            oldCpu.add(Children.processorTime() - cpu);
            old.add((System.nanoTime() - start) / 1e6);
            emulator.reset();
            try (Handler handler = Handler.start(command, emulator, certificate)) {
                handler.firstAnswer();
                handler.event();
                cold.add(handler.sinceStart());
                coldCpu.add(handler.processorTime());
                for (int i = 0; i < 20; i++) {
                    handler.event();
                }
                emulator.reset();
                long again = System.nanoTime();
                handler.event();
                warm.add((System.nanoTime() - again) / 1e6);
            }
        }
        System.out.printf("%nThe same job, %d runs each, interleaved: median (minimum-maximum)%n", runs);
        System.out.printf(Locale.ROOT, "%-54s %-24s %-20s %s%n", "", "wall, ms", "CPU, ms", "ahead");
        System.out.printf("%-54s %-24s %-20s%n", recipe.name(), old, oldCpu);
        System.out.printf(
                Locale.ROOT,
                "%-54s %-24s %-20s %.1f times%n",
                "cold start and one event",
                cold,
                coldCpu,
                old.median() / cold.median());
        System.out.printf(
                Locale.ROOT,
                "%-54s %-24s %-20s %.1f times%n",
                "one event, warm",
                warm,
                "",
                old.median() / warm.median());
    }

    private void throughput(Map<String, List<String>> candidates) throws IOException, InterruptedException {
        List<String> command = candidates.values().iterator().next();
        System.out.printf(
                "%n%d events through one instance (%s), its calls to ARM answered after a delay%n",
                EVENTS, candidates.keySet().iterator().next());
        System.out.printf("%-12s %-14s %s%n", "delay, ms", "events/s", "resident, MB, after each tenth");
        for (int delay : new int[] {0, 100}) {
            emulator.reset();
            try (Handler handler = Handler.start(command, emulator, certificate)) {
                handler.firstAnswer();
                handler.event();
                if (delay > 0) {
                    emulator.faults().add(Fault.delay("^/subscriptions/", Duration.ofMillis(delay)));
                }
                List<String> resident = new ArrayList<>();
                long start = System.nanoTime();
                for (int tenth = 0; tenth < 10; tenth++) {
                    send(handler, EVENTS / 10, delay == 0 ? 64 : 256);
                    resident.add(String.format(Locale.ROOT, "%.0f", handler.resident()));
                    emulator.requests().clear();
                }
                double seconds = (System.nanoTime() - start) / 1e9;
                System.out.printf(
                        Locale.ROOT, "%-12d %-14.0f %s%n", delay, EVENTS / seconds, String.join(" ", resident));
            }
        }
    }

    private static void send(Handler handler, int events, int atATime) throws InterruptedException {
        HttpClient http = HttpClient.newHttpClient();
        Semaphore free = new Semaphore(atATime);
        AtomicInteger failed = new AtomicInteger();
        for (int i = 0; i < events; i++) {
            free.acquire();
            CompletableFuture<?> sent = http.sendAsync(handler.request(), BodyHandlers.discarding())
                    .thenAccept(answer -> failed.addAndGet(answer.statusCode() == 200 ? 0 : 1));
            sent.whenComplete((done, failure) -> {
                failed.addAndGet(failure == null ? 0 : 1);
                free.release();
            });
        }
        free.acquire(atATime);
        if (failed.get() > 0) {
            System.out.println(failed.get() + " events failed.");
        }
    }
}
