package io.github.acrattach;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.Fleet.Kind;
import io.github.acrattach.Fleet.Pair;
import io.github.acrattach.emulator.Emulator;
import io.github.acrattach.emulator.EmulatorOptions;
import io.github.acrattach.emulator.frontdoor.Fault;
import io.github.acrattach.emulator.frontdoor.RecordedRequest;
import io.github.acrattach.emulator.host.Invocation;
import io.github.acrattach.emulator.host.Telemetry;
import io.github.acrattach.emulator.http.Answer;
import io.github.acrattach.emulator.http.Request;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/**
 * No password, no token and no function key is ever found anywhere but where it belongs, in whatever form, however much is
 * logged and whatever goes wrong.
 */
@Order(1)
class LeakIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern LOCAL_ACCOUNT = Pattern.compile("(?m)^\\s*token: \"?([^\\s\"]{16,})");

    /** Characters move up by five bits each, so that the fifth has left. */
    private static final int LAST_FOUR = (1 << 20) - 1;

    /** So many characters of a secret are not found by chance. */
    private static final int TELLING = 16;

    /** The steps at which something goes wrong, by path; each for reads and writes alike. */
    private static final List<String> STEPS = List.of(
            "/listClusterUserCredential",
            "/tokens",
            "/generateCredentials",
            "/applications",
            "/addPassword",
            "/removePassword",
            "/_registries/",
            "/secrets",
            "/serviceaccounts",
            "/scopeMaps",
            "/servicePrincipals",
            "/roleAssignments",
            "/namespaces$",
            "/registries/[^/]+$");

    /** All of them for the executable; for the jar, which is slower, every seventh step fails, each in the next of the ways. */
    private static final List<Fault> FAULTS = IntStream.range(0, STEPS.size())
            .filter(step -> PackagedProgram.isExecutable() || step % 7 == 0)
            .boxed()
            .flatMap(step -> PackagedProgram.isExecutable()
                    ? ways(STEPS.get(step))
                    : ways(STEPS.get(step)).skip(step / 7 % 3).limit(1))
            .toList();

    private static Stream<Fault> ways(String step) {
        return Stream.of(
                Fault.reply(
                        step,
                        Answer.text(403, Answer.JSON, "{\"error\":{\"code\":\"Forbidden\",\"message\":\"No.\"}}")),
                Fault.reply(step, Answer.text(200, Answer.JSON, "{\"passwords\":[{\"name\":"))
                        .onlyFor("PUT", "POST", "PATCH")
                        .afterTheOperation(),
                Fault.drop(step).onlyFor("PUT", "POST", "PATCH").afterTheOperation());
    }

    /** Whatever opens something, as the emulator gave it away. */
    private final Set<String> secrets = ConcurrentHashMap.newKeySet();

    private final Queue<String> told = new ConcurrentLinkedQueue<>();
    private final List<RecordedRequest> requests = new ArrayList<>();
    private Emulator emulator;

    @AfterEach
    void stop() {
        if (emulator != null) {
            emulator.close();
        }
    }

    @Test
    void nothingIsFoundThroughTheApiServer() throws Exception {
        begin(EmulatorOptions.of(Fleet.estate(2)));
        Path temporary = Files.createTempDirectory("leaks");
        for (Map<String, String> signIn : List.of(
                Map.<String, String>of(),
                Map.of(
                        "ACR_ATTACH_AZURE_CREDENTIAL", "client-secret",
                        "AZURE_TENANT_ID", Estates.TENANT,
                        "AZURE_CLIENT_ID", Estates.PROGRAM_CLIENT,
                        "AZURE_CLIENT_SECRET", Estates.PROGRAM_SECRET))) {
            Map<String, String> settings = talkative(temporary);
            settings.putAll(signIn);
            try (PackagedProgram program = PackagedProgram.start(emulator, settings)) {
                List<Pair> pairs = Stream.of(Kind.values())
                        .map(kind -> new Pair(kind, signIn.isEmpty() ? 0 : 1))
                        .toList();
                pairs.forEach(pair -> everything(program, pair));
                if (signIn.isEmpty()) {
                    troubled(program, pairs);
                    pairs.forEach(pair -> everything(program, pair));
                }
                look(program, temporary);
            }
        }
        assertThat(secrets).hasSizeGreaterThan(20);
    }

    @Test
    void nothingIsFoundThroughCommandPods() throws Exception {
        Assumptions.assumeTrue(RealCluster.assets().isPresent(), "KUBEBUILDER_ASSETS names no kubectl");
        begin(EmulatorOptions.of(Fleet.estate(1, estate -> {
                    estate.path("resources").forEach(each -> {
                        if (each.path("type").asText().endsWith("ManagedClusters")) {
                            ((ObjectNode) each.path("properties"))
                                    .putObject("apiServerAccessProfile")
                                    .put("enablePrivateCluster", true);
                        }
                    });
                    Estates.assign(estate, Estates.PROGRAM, "Contributor", "/subscriptions/" + Estates.PRODUCTION);
                }))
                .withKubectl(RealCluster.assets().get()));
        Path temporary = Files.createTempDirectory("leaks");
        Map<String, String> settings = talkative(temporary);
        settings.put("ACR_ATTACH_KUBERNETES_RUN_COMMAND", "true");
        settings.put("ACR_ATTACH_KUBERNETES_RUN_COMMAND_ENTRA_CLUSTERS", "*");
        try (PackagedProgram program = PackagedProgram.start(emulator, settings)) {
            for (Kind kind : Kind.values()) {
                everything(program, new Pair(kind, 0));
            }
            look(program, temporary);
        }
        assertThat(secrets).hasSizeGreaterThan(3);
        assertThat(told).anyMatch(each -> each.startsWith("sh carry-out.sh "));
    }

    private void begin(EmulatorOptions options) {
        emulator = Emulator.start(options.withPrincipalReplication(Duration.ZERO));
        secrets.add(Estates.PROGRAM_SECRET);
        emulator.requests().watch((request, answer) -> {
            String body = new String(answer.body(), StandardCharsets.UTF_8);
            collect(request, body);
            if (request.path().contains("/commandResults/")) {
                told.add(body);
            }
            if (request.path().endsWith("/runCommand")) {
                told.add(command(request));
            }
        });
    }

    private static Map<String, String> talkative(Path temporary) {
        Map<String, String> settings = new HashMap<>(Fleet.settings());
        settings.put("QUARKUS_LOG_LEVEL", "TRACE");
        settings.put("QUARKUS_LOG_MIN_LEVEL", "TRACE");
        for (String category : List.of(
                "com.azure",
                "com.microsoft.aad.msal4j",
                "okhttp3",
                "io.kubernetes",
                "reactor",
                "reactor.core.publisher.Operators",
                "io.quarkus.mutiny.runtime.MutinyInfrastructure")) {
            settings.put(
                    "QUARKUS_LOG_CATEGORY__" + category.toUpperCase(Locale.ROOT).replace('.', '_') + "__LEVEL",
                    "TRACE");
        }
        settings.put("TMPDIR", temporary.toString());
        settings.put("JAVA_TOOL_OPTIONS", "-Djava.io.tmpdir=" + temporary);
        return settings;
    }

    private void everything(PackagedProgram program, Pair pair) {
        for (String path : List.of("/api/attach", "/api/rotate", "/api/attach", "/api/detach", "/api/attach")) {
            Response answer = post(program, path, pair);
            // A busy machine can be too slow for the time that the program gives itself.
            for (int i = 0; i < 3 && answer.statusCode() == 503; i++) {
                answer = post(program, path, pair);
            }
            assertThat(answer.statusCode())
                    .as(path + " of " + pair + ": " + answer.asString())
                    .isEqualTo(200);
        }
        access(program, pair);
        Invocation tick = program.host().invoke("RotatePullSecrets", JSON.createObjectNode());
        told.add(tick.body());
    }

    /** Each step fails in each way, while the pairs are attached, or renewed. */
    private void troubled(PackagedProgram program, List<Pair> pairs) {
        boolean renewed = false;
        for (Fault fault : FAULTS) {
            renewed = !renewed;
            if (renewed) {
                both(program, "/api/attach", pairs);
            }
            emulator.faults().add(fault.times(2));
            both(program, renewed ? "/api/rotate" : "/api/attach", pairs);
            pairs.forEach(pair -> access(program, pair));
            emulator.faults().clear();
            both(program, "/api/detach", pairs);
        }
    }

    private void both(PackagedProgram program, String path, List<Pair> pairs) {
        pairs.stream()
                .map(pair -> CompletableFuture.runAsync(() -> post(program, path, pair)))
                .toList()
                .forEach(CompletableFuture::join);
    }

    private Response post(PackagedProgram program, String path, Pair pair) {
        Response answer = program.post(path, pair.body());
        told.add(answer.headers() + answer.asString());
        return answer;
    }

    private void access(PackagedProgram program, Pair pair) {
        for (RequestSpecification caller :
                List.of(program.http(), program.withoutKey().queryParam("code", program.key()))) {
            Response answer = caller.queryParam("cluster", pair.cluster())
                    .queryParam("registry", pair.registry())
                    .get("/api/access");
            told.add(answer.headers() + answer.asString());
        }
    }

    /** What is run; the files that go along are not kept. */
    private static String command(Request request) {
        try {
            return JSON.readTree(request.body()).path("command").asText();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void collect(Request request, String body) {
        try {
            JsonNode json = JSON.readTree(body);
            if (json == null) {
                return;
            }
            for (String field : List.of("secretText", "access_token", "refresh_token")) {
                json.findValues(field).forEach(each -> keep(each.asText("")));
            }
            if (request.path().endsWith("generateCredentials")) {
                json.findValues("value").forEach(each -> keep(each.asText("")));
            }
            json.path("kubeconfigs").forEach(each -> {
                String yaml =
                        new String(Base64.getDecoder().decode(each.path("value").asText()), StandardCharsets.UTF_8);
                Matcher token = LOCAL_ACCOUNT.matcher(yaml);
                while (token.find()) {
                    keep(token.group(1));
                }
            });
        } catch (IOException | IllegalArgumentException notJson) {
            // One of the wrong answers.
        }
    }

    /** Of a token its end alone, which nobody can make. */
    private void keep(String secret) {
        if (!secret.isEmpty() && !secret.equals("null")) {
            secrets.add(secret.length() > 100 ? secret.substring(secret.length() - 60) : secret);
        }
    }

    private void look(PackagedProgram program, Path temporary) throws IOException {
        secrets.add(program.key());
        requests.addAll(emulator.requests().list());
        Map<String, String> places = new HashMap<>();
        places.put("the program's output", String.join("\n", program.output()));
        places.put(
                "what the host stores of its invocations",
                program.host().telemetry().stream()
                        .filter(each -> !(each instanceof Telemetry.ConsoleLine))
                        .map(Object::toString)
                        .collect(Collectors.joining("\n")));
        places.put("its answers, and what commands printed", String.join("\n", told));
        places.put(
                "the requests that it made",
                requests.stream()
                        .map(each -> each.method() + " " + each.path() + "?" + each.query())
                        .collect(Collectors.joining("\n")));
        for (long pid : Stream.concat(
                        Stream.of(program.pid()),
                        ProcessHandle.of(program.pid()).stream()
                                .flatMap(ProcessHandle::descendants)
                                .map(ProcessHandle::pid))
                .toList()) {
            places.put("command line of " + pid, Files.readString(Path.of("/proc", "" + pid, "cmdline")));
            places.put(
                    "environment of " + pid,
                    Files.readString(Path.of("/proc", "" + pid, "environ"))
                            // That is where it was put.
                            .replace("AZURE_CLIENT_SECRET=" + Estates.PROGRAM_SECRET, ""));
        }
        try (Stream<Path> files = Files.walk(temporary)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                places.put(file.toString(), Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
        System.out.println(secrets.size() + " secrets are looked for in "
                + places.values().stream().mapToInt(String::length).sum() + " characters");
        assertThat(places.get("the program's output"))
                .as("as much as is asked for")
                .contains("DEBUG");
        Set<String> beginnings = secrets.stream()
                .flatMap(secret -> forms(secret).stream())
                .map(form -> form.substring(0, TELLING))
                .collect(Collectors.toSet());
        String planted = "acr-attach-aks:" + secrets.iterator().next();
        assertThat(firstOf(
                        beginnings,
                        "auth: " + Base64.getEncoder().encodeToString(planted.getBytes(StandardCharsets.UTF_8))))
                .as("what would be found")
                .isNotEmpty();
        places.forEach((place, text) -> assertThat(firstOf(beginnings, text))
                .as("what a secret begins with, in " + place)
                .isEmpty());
    }

    /**
     * All of them are looked for at once: there are thousands, in as many lines. Most places are passed over by the last
     * four characters that a beginning would have there.
     */
    private static String firstOf(Set<String> beginnings, String text) {
        BitSet ends = new BitSet(LAST_FOUR + 1);
        beginnings.forEach(each -> ends.set(each.chars().reduce(0, LeakIT::lastFour)));
        int last = 0;
        for (int at = 0; at < text.length(); at++) {
            last = lastFour(last, text.charAt(at));
            if (ends.get(last) && at >= TELLING - 1 && beginnings.contains(text.substring(at - TELLING + 1, at + 1))) {
                return text.substring(Math.max(0, at - 200), at - TELLING + 1) + " >>> HERE";
            }
        }
        return "";
    }

    /** A number of the last four characters, from that of those before. */
    private static int lastFour(int before, int character) {
        return (before << 5 ^ character) & LAST_FOUR;
    }

    /** As it is, as it stands in URLs and JSON, and in Base64 wherever it begins; in Base64 of that, too. */
    private static List<String> forms(String secret) {
        List<String> once = base64(secret);
        List<String> twice =
                once.stream().flatMap(each -> base64(each).stream()).toList();
        return Stream.of(
                        Stream.of(
                                secret,
                                URLEncoder.encode(secret, StandardCharsets.UTF_8),
                                secret.replace("/", "\\/"),
                                secret.replace("=", "\\u003d")),
                        once.stream(),
                        twice.stream())
                .flatMap(each -> each)
                .distinct()
                .toList();
    }

    /** What is sure to be found, however many bytes come before. */
    private static List<String> base64(String text) {
        List<String> all = new ArrayList<>();
        for (int before = 0; before < 3; before++) {
            byte[] bytes = ("x".repeat(before) + text).getBytes(StandardCharsets.UTF_8);
            String encoded = Base64.getEncoder().withoutPadding().encodeToString(bytes);
            all.add(encoded.substring(before == 0 ? 0 : 4, encoded.length() / 4 * 4 - 4));
        }
        return all;
    }
}
