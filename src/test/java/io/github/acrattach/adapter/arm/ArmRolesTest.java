package io.github.acrattach.adapter.arm;

import static io.github.acrattach.adapter.azure.Answered.error;
import static io.github.acrattach.adapter.azure.Answered.found;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.acrattach.Estates;
import io.github.acrattach.adapter.azure.AzureAt;
import io.github.acrattach.domain.ArmId;
import io.github.acrattach.domain.DenyAssignment;
import io.github.acrattach.domain.Lookup;
import io.github.acrattach.domain.PrincipalKind;
import io.github.acrattach.domain.Problem.Kind;
import io.github.acrattach.domain.PullRole;
import io.github.acrattach.domain.RoleAssignment;
import io.github.acrattach.domain.RoleDefinition;
import io.github.acrattach.domain.Samples;
import io.github.acrattach.emulator.Emulator;
import io.github.acrattach.emulator.EmulatorOptions;
import io.github.acrattach.emulator.HeldBack;
import io.github.acrattach.emulator.frontdoor.Fault;
import io.github.acrattach.emulator.http.Answer;
import io.github.acrattach.port.CloudUnavailable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What roles allow, who holds them, and what is forbidden all the same. */
class ArmRolesTest {

    private static final ArmId SHOP = ArmId.parse(Estates.registry("acrshop"));
    private static final UUID CONTRIBUTOR = UUID.fromString("b24988ac-6180-42a0-ab88-20f7382dd24c");
    private static final UUID KUBELET = UUID.fromString("0c0ffee0-0000-4000-8000-00000000000c");
    private static final String DENIALS = "/denyAssignments";

    private static Emulator emulator;

    @BeforeAll
    static void start() {
        emulator = Emulator.start(EmulatorOptions.of(Estates.changed(estate -> {})));
    }

    @AfterAll
    static void stop() {
        emulator.close();
    }

    @BeforeEach
    void reset() {
        emulator.reset();
    }

    @Test
    void roleIsReadOnceAndKeptForAsLongAsItMayBe() {
        var roles = new ArmRoleDefinitions(AzureAt.emulator(emulator));
        RoleDefinition role = found(roles.find(SHOP, CONTRIBUTOR, Duration.ofHours(1)));
        assertThat(role.name()).isEqualTo("Contributor");
        assertThat(role.isCustom()).isFalse();
        assertThat(PullRole.ACR_PULL.isGivenBy(role)).isTrue();
        assertThat(PullRole.REPOSITORY_READER.isGivenBy(role)).isFalse();
        assertThat(roles.find(SHOP, CONTRIBUTOR, Duration.ofHours(1))).isEqualTo(new Lookup.Found<>(role));
        assertThat(requests("/roleDefinitions/")).hasSize(1);
        roles.find(SHOP, CONTRIBUTOR, Duration.ZERO);
        assertThat(requests("/roleDefinitions/")).hasSize(2);
    }

    /** As many pairs of a fleet do. */
    @Test
    void roleThatManyAskForAtOnceIsReadOnce() throws InterruptedException {
        var roles = new ArmRoleDefinitions(AzureAt.emulator(emulator));
        assertThat(allAtOnce(() -> roles.find(SHOP, CONTRIBUTOR, Duration.ofHours(1))))
                .allSatisfy(answer -> assertThat(answer.found()).isPresent());
        assertThat(requests("/roleDefinitions/")).hasSize(1);
    }

    @Test
    void refusalOfARoleThatManyAskForAtOnceIsToldToAll() throws InterruptedException {
        var roles = new ArmRoleDefinitions(AzureAt.emulator(emulator));
        emulator.faults()
                .add(Fault.reply(
                        ".*/roleDefinitions/.*", error(403, "AuthorizationFailed", "The client may not read it.")));
        assertThat(allAtOnce(() -> roles.find(SHOP, CONTRIBUTOR, Duration.ofHours(1))))
                .allSatisfy(answer -> assertThat(answer.denied()).isPresent());
        assertThat(requests("/roleDefinitions/")).hasSize(1);
    }

    @Test
    void readingThatWasGivenUpIsNobodysButItsOwn() throws InterruptedException {
        var roles = new ArmRoleDefinitions(AzureAt.emulator(emulator));
        HeldBack calls = new HeldBack(emulator, request -> request.path().contains("/roleDefinitions/"));
        CompletableFuture<Throwable> givenUp = new CompletableFuture<>();
        CompletableFuture<Lookup<RoleDefinition>> answer = new CompletableFuture<>();
        Thread first = new Thread(
                () -> givenUp.complete(catchThrowable(() -> roles.find(SHOP, CONTRIBUTOR, Duration.ofHours(1)))));
        Thread second = new Thread(() -> answer.complete(roles.find(SHOP, CONTRIBUTOR, Duration.ofHours(1))));
        try {
            first.start();
            awaitWaiting(List.of(first));
            second.start();
            awaitWaiting(List.of(second));
            first.interrupt();
            assertThat(givenUp.join()).isInstanceOf(CancellationException.class);
            calls.end();
            assertThat(answer.join().found()).isPresent();
        } finally {
            calls.end();
        }
    }

    private static void awaitWaiting(List<Thread> threads) throws InterruptedException {
        while (threads.stream().anyMatch(each -> each.getState() != Thread.State.WAITING)) {
            Thread.sleep(5);
        }
    }

    /** Each asker throws its own: whoever gathers what several of them threw takes them for several. */
    @Test
    void outageThatManyMeetAtOnceIsToldToEachByItsOwn() throws InterruptedException {
        var roles = new ArmRoleDefinitions(AzureAt.emulator(emulator));
        emulator.faults()
                .add(Fault.reply(
                        ".*/roleDefinitions/.*",
                        error(503, "ServiceUnavailable", "Later.").with("Retry-After", "120")));
        List<CloudUnavailable> failures = allAtOnce(() -> {
            try {
                throw new AssertionError(roles.find(SHOP, CONTRIBUTOR, Duration.ofHours(1)));
            } catch (CloudUnavailable failure) {
                return failure;
            }
        });
        assertThat(failures).doesNotHaveDuplicates().allSatisfy(each -> assertThat(each.retryAfter())
                .contains(Duration.ofSeconds(120)));
        assertThat(requests("/roleDefinitions/")).hasSize(1);
    }

    /** The first answer is held back until all have asked. */
    private static <T> List<T> allAtOnce(Supplier<T> question) throws InterruptedException {
        HeldBack calls = new HeldBack(emulator, request -> request.path().contains("/roleDefinitions/"));
        List<Thread> askers = new ArrayList<>();
        try {
            List<CompletableFuture<T>> answers = IntStream.range(0, 8)
                    .mapToObj(number -> {
                        CompletableFuture<T> answer = new CompletableFuture<>();
                        Thread asker = new Thread(() -> answer.complete(question.get()));
                        askers.add(asker);
                        asker.start();
                        return answer;
                    })
                    .toList();
            awaitWaiting(askers);
            calls.end();
            return answers.stream().map(CompletableFuture::join).toList();
        } finally {
            calls.end();
        }
    }

    @Test
    void dataActionsOfARoleAreRead() {
        RoleDefinition reader = found(new ArmRoleDefinitions(AzureAt.emulator(emulator))
                .find(SHOP, PullRole.REPOSITORY_READER.definition(), Duration.ZERO));
        assertThat(PullRole.REPOSITORY_READER.isGivenBy(reader)).isTrue();
        assertThat(PullRole.ACR_PULL.isGivenBy(reader)).isFalse();
    }

    @Test
    void roleThatMayNotBeReadIsDenied() {
        var roles = new ArmRoleDefinitions(AzureAt.emulator(emulator));
        emulator.faults()
                .add(Fault.reply(
                                ".*/roleDefinitions/.*",
                                error(
                                        403,
                                        "AuthorizationFailed",
                                        "The client 'x' with object id 'y' does not have authorization to perform action"
                                                + " 'Microsoft.Authorization/roleDefinitions/read' over scope '" + SHOP
                                                + "' or the scope is invalid."))
                        .times(1));
        assertThat(roles.find(SHOP, CONTRIBUTOR, Duration.ofHours(1)).denied()).hasValueSatisfying(problem -> {
            assertThat(problem.kind()).isEqualTo(Kind.MISSING_RIGHT);
            assertThat(problem.action()).contains("Microsoft.Authorization/roleDefinitions/read");
        });
    }

    @Test
    void denialsAreReadWithWhomTheyHitAndSpare() {
        emulator.faults()
                .add(Fault.reply(".*" + DENIALS, Answer.text(200, Answer.JSON, """
                {"value":[{"id":"/subscriptions/x/providers/Microsoft.Authorization/denyAssignments/d","properties":{
                "denyAssignmentName":"stack","scope":"SHOP","doNotApplyToChildScopes":true,
                "permissions":[{"actions":["*/read"],"notActions":[],"dataActions":["*"],"notDataActions":[]}],
                "principals":[{"id":"00000000-0000-0000-0000-000000000000","type":"SystemDefined"}],
                "excludePrincipals":[{"id":"KUBELET","type":"ServicePrincipal"}],
                "createdOn":"2026-01-02T03:04:05.6789012Z"}}]}
                """.replace("SHOP", SHOP.toString())
                        .replace("KUBELET", KUBELET.toString()))));
        List<DenyAssignment> denials = found(new ArmDenyAssignments(AzureAt.emulator(emulator)).at(SHOP));
        assertThat(denials).singleElement().satisfies(each -> {
            assertThat(each.name()).isEqualTo("stack");
            assertThat(each.createdOn()).contains(Instant.parse("2026-01-02T03:04:05.678901200Z"));
            assertThat(each.hits(UUID.randomUUID(), SHOP, PullRole.ACR_PULL)).isTrue();
            assertThat(each.hits(UUID.randomUUID(), SHOP, PullRole.REPOSITORY_READER))
                    .isTrue();
            assertThat(each.hits(KUBELET, SHOP, PullRole.ACR_PULL)).isFalse();
        });
        assertThat(requests(DENIALS)).hasSize(1);
    }

    @Test
    void whatReachesAPrincipalIsTheServersAnswerToWhomItIsAssigned() {
        List<RoleAssignment> all = found(new ArmRoleAssignments(AzureAt.emulator(emulator), Samples.VERSION)
                .reaching(UUID.fromString(Estates.PROGRAM), "/subscriptions/" + Estates.PRODUCTION));
        assertThat(all)
                .isNotEmpty()
                .allMatch(each -> each.principal().toString().equals(Estates.PROGRAM))
                .allMatch(each -> each.kind() == PrincipalKind.SERVICE_PRINCIPAL);
    }

    private static List<?> requests(String what) {
        return emulator.requests().matching(each -> each.path().contains(what));
    }
}
