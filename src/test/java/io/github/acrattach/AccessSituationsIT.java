package io.github.acrattach;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.emulator.HeldBack;
import io.github.acrattach.emulator.Pulls;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What {@code GET /api/access} says of each situation: the verdict, the first cause, every other one, and nothing that is not
 * so. Where the registry decides, a node tries to pull, and both agree; where a role is there, none is given beside it. The
 * executable is asked about each of them; the jar, which is slower, about every twenty-fifth.
 */
@Order(2)
class AccessSituationsIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int EVERY = PackagedProgram.isExecutable() ? 1 : 25;
    private static final Path SAID = Path.of("target", "access-situations.jsonl");
    private static final String OTHER_TENANT = "eeeeeeee-0001-4000-8000-000000000001";

    private static PullScene scene;
    private static PackagedProgram program;

    @BeforeAll
    static void start() throws IOException {
        scene = PullScene.emulated(AccessSituationsIT::change);
        program = scene.program(Map.ofEntries(
                Map.entry("ACR_ATTACH_RULES_TEAM_METHOD", "role"),
                Map.entry("ACR_ATTACH_RULES_TEAM_SECRET_SERVICE_ACCOUNTS", "default"),
                Map.entry("ACR_ATTACH_RULES_SECRET_SECRET_SERVICE_ACCOUNTS", "default"),
                Map.entry("ACR_ATTACH_RULES_SECRET_CLUSTERS_TAGS", "way=secret"),
                Map.entry("ACR_ATTACH_RULES_SECRET_REGISTRIES_NAMES", "acrshop"),
                Map.entry("ACR_ATTACH_RULES_SECRET_METHOD", "secret"),
                Map.entry("ACR_ATTACH_RULES_AUTO_CLUSTERS_TAGS", "way=auto"),
                Map.entry("ACR_ATTACH_RULES_AUTO_REGISTRIES_NAMES", "acrshop"),
                Map.entry("ACR_ATTACH_RULES_AUTO_METHOD", "auto"),
                Map.entry("ACR_ATTACH_RULES_NARROW_CLUSTERS_TAGS", "way=narrow"),
                Map.entry("ACR_ATTACH_RULES_NARROW_REGISTRIES_NAMES", "acrshop"),
                Map.entry("ACR_ATTACH_RULES_NARROW_METHOD", "secret"),
                Map.entry("ACR_ATTACH_RULES_NARROW_SECRET_REPOSITORIES", "shop/web"),
                Map.entry("ACR_ATTACH_RULES_NARROW_SECRET_SERVICE_ACCOUNTS", "default")));
        Files.deleteIfExists(SAID);
    }

    private static void change(ObjectNode estate) {
        ((ObjectNode) estate.at("/subscriptions/1")).put("tenantId", OTHER_TENANT);
        estate.withArray("/managementGroups")
                .addObject()
                .put("name", "platform")
                .putArray("subscriptions")
                .add(Estates.PRODUCTION);
        estate.withArray("/resourceGroups")
                .addObject()
                .put("subscription", Estates.PRODUCTION)
                .put("name", "elsewhere")
                .put("location", "westeurope");
    }

    @AfterAll
    static void stop() {
        scene.close();
    }

    @BeforeEach
    void reset() {
        scene.azure.faults().clear();
        scene.reset();
    }

    static Stream<Situation> situations() {
        List<Situation> all = all().toList();
        return IntStream.range(0, all.size()).filter(at -> at % EVERY == 0).mapToObj(all::get);
    }

    private static Stream<Situation> all() {
        return Stream.of(
                        ClassicRightSituations.all(),
                        RepositoryRightSituations.all(),
                        GrantSituations.all(),
                        NearMissSituations.all(),
                        NetworkSituations.all(),
                        PairSituations.all(),
                        OwnRightSituations.all(),
                        SeveralFaultsSituations.all(),
                        SecretSituations.all())
                .flatMap(List::stream);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("situations")
    void theFirstCauseIsToldAndEveryOther(Situation situation) throws IOException {
        situation.planting().accept(new SituationWorld(scene, program));
        scene.azure.requests().clear();
        JsonNode answer = ask(situation);
        Files.writeString(
                SAID,
                JSON.createObjectNode()
                                .put("situation", situation.name())
                                .put("requests", requests())
                                .set("answer", answer)
                                .toString()
                        + System.lineSeparator(),
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
        SoftAssertions soft = new SoftAssertions();
        soft.assertThat(answer.path("verdict").asText() + " "
                        + answer.path("code").asText())
                .isEqualTo(situation.verdict() + " " + situation.first().orElse(""));
        soft.assertThat(codes(answer, "fails"::equals)).as("what fails").isEqualTo(situation.failing());
        soft.assertThat(codes(answer, state -> !state.equals("fails")))
                .as("what else is told")
                .isEqualTo(situation.others());
        soft.assertThat(answer.has("effectiveBy"))
                .as("the time by which it holds")
                .isEqualTo(situation.first().filter("NOT_EFFECTIVE_YET"::equals).isPresent());
        situation.pulls().ifPresent(pulls -> soft.assertThat(pulls(situation))
                .as("a pull")
                .isEqualTo(pulls));
        if (Set.of("effective", "granted").contains(situation.verdict()) && answer.has("role")) {
            noneIsGivenBeside(situation, soft);
        }
        soft.assertAll();
    }

    /** Those that are made side by side are one, and what is asked of the directory beside them counts for none. */
    @Test
    void whatPullsTakesTwoRoundTripsToArm() throws InterruptedException {
        new SituationWorld(scene, program)
                .customRole("never read", "{'actions':['Microsoft.ContainerRegistry/registries/pull/read']}")
                .role(SituationWorld.KUBELET, "never read", SituationWorld.SHOP);
        HeldBack calls = new HeldBack(scene.azure, request -> request.path().startsWith("/subscriptions/"));
        try {
            CompletableFuture<JsonNode> answer = asked();
            assertThat(calls.roundTrip(4))
                    .as("the cluster, the registry, what is assigned there and what is denied")
                    .containsOnly("GET");
            assertThat(calls.roundTrip(3))
                    .as("the role, and whether there is a token")
                    .containsOnly("GET");
            assertThat(answer.join().path("verdict").asText()).isEqualTo("effective");
            assertThat(calls.others()).isEmpty();
        } finally {
            calls.end();
        }
    }

    @Test
    void whatDoesNotPullTakesThreeRoundTripsToArm() throws InterruptedException {
        // What roles allow that others hold is read once, and kept.
        assertThat(asked().join().path("code").asText()).isEqualTo("NO_RIGHT");
        String group = "aaaaaaaa-0001-4000-8000-000000000001";
        new SituationWorld(scene, program)
                .customRole("never read either", "{'actions':['Microsoft.ContainerRegistry/registries/push/write']}")
                .customRole("nor this", "{'actions':['Microsoft.ContainerRegistry/registries/pull/read']}")
                .customRole("nor that", "{'actions':['Microsoft.ContainerRegistry/registries/pull/read']}")
                .role(SituationWorld.KUBELET, "never read either", SituationWorld.SHOP)
                .role(SituationWorld.CONTROL_PLANE, "nor that", SituationWorld.SHOP)
                .group(group)
                .roleOfGroup(group, "nor this", SituationWorld.SHOP);
        HeldBack calls = new HeldBack(scene.azure, request -> request.path().startsWith("/subscriptions/"));
        try {
            CompletableFuture<JsonNode> answer = asked();
            assertThat(calls.roundTrip(4)).containsOnly("GET");
            assertThat(calls.roundTrip(4))
                    .as("the roles of the identity and of the group, and whether there is a token")
                    .containsOnly("GET");
            assertThat(calls.roundTrip(3))
                    .as("the role of the control plane, what reaches through groups, and what is given elsewhere")
                    .containsOnly("GET");
            assertThat(answer.join().path("code").asText()).isEqualTo("RIGHT_ON_CONTROL_PLANE_IDENTITY");
            assertThat(calls.others()).isEmpty();
        } finally {
            calls.end();
        }
    }

    private static CompletableFuture<JsonNode> asked() {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return ask(Situation.of("one", world -> {}));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private static JsonNode ask(Situation situation) throws IOException {
        var request =
                program.http().queryParam("cluster", situation.cluster()).queryParam("registry", situation.registry());
        return JSON.readTree(situation
                .image()
                .map(image -> request.queryParam("image", image))
                .orElse(request)
                .get("/api/access")
                .asString());
    }

    private static String requests() {
        return scene.azure.requests().list().stream()
                .map(each -> each.method() + " " + each.path())
                .collect(Collectors.joining(", "));
    }

    private static Set<String> codes(JsonNode answer, Predicate<String> state) {
        return StreamSupport.stream(answer.path("checks").spliterator(), false)
                .filter(check ->
                        check.has("code") && state.test(check.path("state").asText()))
                .map(check -> check.path("code").asText())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static boolean pulls(Situation situation) {
        boolean isAbac = situation.registry().endsWith("acrdata");
        boolean isLegacy = situation.cluster().endsWith("aks-legacy");
        String repository = situation
                .image()
                .map(image -> image.replaceFirst("^[^/]+/", "").replaceFirst(":.*", ""))
                .orElse(isAbac ? "etl" : "shop/web");
        return new Pulls(scene.azure, isAbac ? Pulls.DATA : Pulls.SHOP)
                .allow(isLegacy ? SituationWorld.SERVICE_PRINCIPAL : SituationWorld.KUBELET, repository);
    }

    private static void noneIsGivenBeside(Situation situation, SoftAssertions soft) {
        var before = scene.azure.roleAssignments();
        var answer = program.post(
                "/api/attach",
                Map.of("cluster", situation.cluster(), "registry", situation.registry(), "method", "role"));
        soft.assertThat(answer.jsonPath().getString("outcome"))
                .as(answer.asString())
                .isEqualTo("AlreadyGranted");
        soft.assertThat(scene.azure.roleAssignments()).hasSameSizeAs(before);
    }
}
