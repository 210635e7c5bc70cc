package io.github.acrattach.usecase;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.acrattach.domain.CredentialKind;
import io.github.acrattach.domain.Lookup;
import io.github.acrattach.domain.PairingPolicy;
import io.github.acrattach.domain.PairingRule;
import io.github.acrattach.domain.PairingRule.Method;
import io.github.acrattach.domain.Permission;
import io.github.acrattach.domain.Problem;
import io.github.acrattach.domain.PullSecretTerms;
import io.github.acrattach.domain.Selector;
import io.github.acrattach.domain.Version;
import io.github.acrattach.domain.installation.Check;
import io.github.acrattach.domain.installation.Check.State;
import io.github.acrattach.domain.installation.Check.Subject;
import io.github.acrattach.domain.installation.EventFilter;
import io.github.acrattach.domain.installation.EventSubscription;
import io.github.acrattach.domain.installation.HostStorage;
import io.github.acrattach.domain.installation.HostStorage.Access;
import io.github.acrattach.domain.installation.HostedApp;
import io.github.acrattach.domain.installation.Identity;
import io.github.acrattach.domain.installation.Installation;
import io.github.acrattach.domain.installation.OwnGrant;
import io.github.acrattach.domain.installation.Right;
import io.github.acrattach.domain.installation.SubscriptionEvents;
import io.github.acrattach.domain.installation.WantedEvent;
import io.github.acrattach.port.CloudUnavailable;
import io.github.acrattach.port.ClusterWays;
import io.github.acrattach.port.EventSubscriptions;
import io.github.acrattach.port.HostStorages;
import io.github.acrattach.port.Identities;
import io.github.acrattach.port.Permissions;
import io.github.acrattach.usecase.InspectInstallation.Worker;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** What an installation says of itself; its small Azure answers as a test sets it, and is whole to begin with. */
class InspectInstallationTest {

    private static final Instant NOW = Instant.parse("2026-11-27T15:30:00Z");
    private static final UUID SUBSCRIPTION = UUID.fromString("3f2b8c14-5d6e-4a7f-9b10-c2d3e4f5a601");
    private static final UUID OTHER = UUID.fromString("8a9b0c1d-2e3f-4051-a263-b7c8d9e0f112");
    private static final String OBJECT_ID = "b7e2c9d4-1a3f-4c5e-8b6d-0f1e2d3c4b5a";
    private static final String ACCOUNT = "/subscriptions/" + SUBSCRIPTION
            + "/resourceGroups/rg/providers/Microsoft.Storage/storageAccounts/stacrattach";
    private static final WantedEvent EVENT = new WantedEvent("a.type", "an/operation/write", "a.provider/type");
    private static final Map<String, String> HOST_JSON = Map.of(
            "functionTimeout", "00:05:00",
            "logging__applicationInsights__enableDependencyTracking", "false",
            "logging__applicationInsights__samplingSettings__isEnabled", "false",
            "extensions__queues__maxDequeueCount", "20",
            "extensions__queues__visibilityTimeout", "00:01:00");

    private Optional<CyclicBarrier> together = Optional.empty();
    private PairingRule[] rules = {};
    private HostStorage storage = new HostStorage(Access.IDENTITY, "stacrattach", "https://blobs", "https://queues");
    private boolean startedByHost = true;
    private Lookup<Identity> identity =
            new Lookup.Found<>(new Identity(Optional.of(OBJECT_ID), Optional.empty(), Optional.empty()));
    private Lookup<Set<String>> directory = new Lookup.Found<>(Set.of());
    private Lookup<List<Permission>> permissions =
            new Lookup.Found<>(List.of(Permission.ofActions(List.of("*"), List.of())));
    private Lookup<List<OwnGrant>> grants = new Lookup.Found<>(List.of());
    private Lookup<Long> waiting = new Lookup.Found<>(2L);
    private Lookup<Long> poison = new Lookup.Found<>(0L);
    private Lookup<Instant> timer = new Lookup.Found<>(NOW.minus(Duration.ofMinutes(13)));
    private Lookup<Instant> lastEvent = new Lookup.Found<>(NOW.minus(Duration.ofHours(2)));
    private List<EventSubscription> eventSubscriptions = List.of(new EventSubscription(
            "/subscriptions/x/y",
            "acr-attach",
            "",
            "Succeeded",
            "StorageQueue",
            ACCOUNT,
            "acr-attach-events",
            true,
            new EventFilter(List.of(), List.of(), "", "")));

    @Test
    void everythingThatIsThereIsWhole() {
        Installation installation = inspect();
        assertThat(installation.version()).isEqualTo("1.0");
        assertThat(installation.isWhole()).isTrue();
        assertThat(installation.checks())
                .filteredOn(check -> check.subject() != Subject.DIRECTORY_RIGHTS)
                .allMatch(check -> check.state() == State.OK);
        assertThat(installation.checks()).extracting(Check::subject).containsExactly(Subject.values());
    }

    @Test
    void withoutASignInNothingElseIsAskedOfAzure() {
        identity = new Lookup.Denied<>(new Problem(
                Problem.Kind.SIGN_IN_FAILED,
                "Signing in failed.",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                "check the settings"));
        Installation installation = inspect();
        assertThat(installation.isWhole()).isFalse();
        assertThat(one(installation, Subject.IDENTITY).fix()).contains("check the settings");
        assertThat(installation.checks())
                .filteredOn(check -> check.subject().compareTo(Subject.IDENTITY) > 0)
                .isNotEmpty()
                .allMatch(check -> check.state() == State.SKIPPED);
        assertThat(one(installation, Subject.FUNCTION_TIMEOUT).state()).isEqualTo(State.OK);
    }

    @Test
    void whatFailsKeepsFromNothingElse() {
        permissions = null;
        Installation installation = inspect();
        assertThat(one(installation, Subject.RIGHTS).state()).isEqualTo(State.UNKNOWN);
        assertThat(one(installation, Subject.RIGHTS).fix()).contains(Inspection.AGAIN);
        assertThat(installation.checks())
                .filteredOn(check -> check.state() == State.UNKNOWN)
                .hasSize(1);
        assertThat(installation.isWhole()).as("what cannot be seen is no fault").isTrue();
    }

    @Test
    void onALaptopItSaysWhatIsNotLookedAtAndWhy() {
        startedByHost = false;
        storage = HostStorage.NONE;
        Installation installation = inspect();
        assertThat(installation.isWhole()).isTrue();
        assertThat(installation.checks())
                .filteredOn(check -> check.state() == State.SKIPPED)
                .allMatch(check -> check.cause().isPresent())
                .extracting(Check::subject)
                .containsExactly(
                        Subject.WORKER,
                        Subject.FUNCTION_TIMEOUT,
                        Subject.SAMPLING,
                        Subject.DEPENDENCY_TRACKING,
                        Subject.QUEUE_SETTINGS,
                        Subject.DIRECTORY_RIGHTS,
                        Subject.EVENT_SUBSCRIPTION,
                        Subject.EVENTS,
                        Subject.STORAGE,
                        Subject.TIMER,
                        Subject.QUEUE,
                        Subject.POISON_QUEUE);
    }

    /** Each waits until all have been asked. */
    @Test
    void everythingIsLookedAtSideBySide() {
        together = Optional.of(new CyclicBarrier(6));
        assertThat(inspect().isWhole()).isTrue();
    }

    @Test
    void javaWorkerIsTold() {
        startedByHost = false;
        assertThat(one(inspect(Worker.JAVA_WORKER), Subject.WORKER).seen()).isEqualTo("the Java worker");
    }

    @Test
    void storageByAKeyFailsAndIsNotOpened() {
        storage = new HostStorage(Access.KEY, "stacrattach", "", "");
        waiting = null;
        Installation installation = inspect();
        assertThat(one(installation, Subject.STORAGE).state()).isEqualTo(State.FAILS);
        assertThat(one(installation, Subject.STORAGE).fix().orElseThrow())
                .contains(
                        "AzureWebJobsStorage__queueServiceUri",
                        "--name \"stacrattach\" --allow-shared-key-access false");
        assertThat(one(installation, Subject.QUEUE).state()).isEqualTo(State.SKIPPED);
    }

    @Test
    void storageThatIsNotReachedFailsOnceAndMissingRightsDoNot() {
        waiting = null;
        assertThat(one(inspect(), Subject.STORAGE).state()).isEqualTo(State.FAILS);
        assertThat(one(inspect(), Subject.QUEUE).state()).isEqualTo(State.UNKNOWN);
        waiting = new Lookup.Denied<>(new Problem(
                Problem.Kind.MISSING_RIGHT, "No right.", Optional.empty(), Optional.empty(), Optional.empty(), "give"));
        assertThat(one(inspect(), Subject.STORAGE).state()).isEqualTo(State.OK);
        assertThat(one(inspect(), Subject.QUEUE).fix()).contains("give");
    }

    @Test
    void poisonFailsWithWhatToDo() {
        poison = new Lookup.Found<>(3L);
        Check check = one(inspect(), Subject.POISON_QUEUE);
        assertThat(check.state()).isEqualTo(State.FAILS);
        assertThat(check.seen()).isEqualTo("3 in acr-attach-events-poison");
        assertThat(check.cause().orElseThrow()).contains("POST /api/reconcile");
    }

    @Test
    void queueThatIsNotThereFailsSinceTheHostDoesNotMakeIt() {
        waiting = new Lookup.Absent<>();
        poison = new Lookup.Absent<>();
        assertThat(one(inspect(), Subject.QUEUE).fix().orElseThrow()).endsWith("--name acr-attach-events");
        assertThat(one(inspect(), Subject.POISON_QUEUE).fix().orElseThrow())
                .endsWith("--name acr-attach-events-poison");
    }

    @Test
    void timerThatHasNotRunForThreeHoursFails() {
        timer = new Lookup.Found<>(NOW.minus(Duration.ofHours(3)).minusSeconds(1));
        assertThat(one(inspect(), Subject.TIMER).state()).isEqualTo(State.FAILS);
        timer = new Lookup.Found<>(NOW.minus(Duration.ofHours(3)));
        assertThat(one(inspect(), Subject.TIMER).state()).isEqualTo(State.OK);
        timer = new Lookup.Absent<>();
        assertThat(one(inspect(), Subject.TIMER).state()).as("a new app").isEqualTo(State.UNKNOWN);
    }

    @Test
    void eventsThatNeverCameAreNoFault() {
        lastEvent = new Lookup.Absent<>();
        assertThat(one(inspect(), Subject.EVENTS).state()).isEqualTo(State.UNKNOWN);
    }

    @Test
    void subscriptionWhoseEventsComeFromNowhereFails() {
        eventSubscriptions = List.of();
        assertThat(one(inspect(), Subject.EVENT_SUBSCRIPTION).state()).isEqualTo(State.FAILS);
        assertThat(one(inspect(), Subject.EVENTS).state()).isEqualTo(State.SKIPPED);
    }

    @Test
    void rightsAreThoseOfTheMethodsThatRulesUse() {
        assertThat(needed())
                .as("whoever attaches by hand")
                .contains(Right.ASSIGN_ROLES)
                .doesNotContain(Right.WRITE_TOKENS);
        rules = new PairingRule[] {rule(Method.ROLE, CredentialKind.ACR_TOKEN)};
        assertThat(needed()).contains(Right.ASSIGN_ROLES).doesNotContain(Right.WRITE_TOKENS, Right.FIND_API_SERVERS);
        rules = new PairingRule[] {rule(Method.SECRET, CredentialKind.ACR_TOKEN)};
        assertThat(needed())
                .contains(Right.READ_CLUSTERS, Right.WRITE_TOKENS, Right.FIND_API_SERVERS)
                .doesNotContain(Right.ASSIGN_ROLES, Right.RUN_COMMANDS, Right.BE_CLUSTER_ADMIN);
        rules = new PairingRule[] {rule(Method.AUTO, CredentialKind.SERVICE_PRINCIPAL)};
        assertThat(needed())
                .contains(Right.ASSIGN_ROLES, Right.FIND_API_SERVERS)
                .doesNotContain(Right.WRITE_TOKENS);
        assertThat(needed()).noneMatch(right -> right.use() == Right.Use.SELF);
    }

    @Test
    void waysThatTheSettingsAllowTakeTheirRights() {
        rules = new PairingRule[] {rule(Method.SECRET, CredentialKind.ACR_TOKEN)};
        assertThat(new InspectRights(policy(), ways(true), null, null).needed().toList())
                .contains(Right.RUN_COMMANDS, Right.READ_COMMANDS, Right.BE_CLUSTER_ADMIN);
    }

    @Test
    void directoryIsAskedOnlyWhereARuleMakesServicePrincipals() {
        assertThat(one(inspect(), Subject.DIRECTORY_RIGHTS).state()).isEqualTo(State.SKIPPED);
        rules = new PairingRule[] {rule(Method.SECRET, CredentialKind.SERVICE_PRINCIPAL)};
        Check missing = one(inspect(), Subject.DIRECTORY_RIGHTS);
        assertThat(missing.state()).isEqualTo(State.FAILS);
        assertThat(missing.fix().orElseThrow()).contains("Application.ReadWrite.OwnedBy", OBJECT_ID);
        directory = new Lookup.Found<>(Set.of("Application.ReadWrite.OwnedBy"));
        assertThat(one(inspect(), Subject.DIRECTORY_RIGHTS).state()).isEqualTo(State.OK);
        directory = new Lookup.Absent<>();
        assertThat(one(inspect(), Subject.DIRECTORY_RIGHTS).state()).isEqualTo(State.UNKNOWN);
    }

    @Test
    void eachSideIsLookedAtWhereItsRuleLooksForIt() {
        rules = new PairingRule[] {
            new PairingRule("sides", side(SUBSCRIPTION), side(OTHER), List.of(), Method.ROLE, PullSecretTerms.DEFAULT)
        };
        assertThat(inspect().checks())
                .filteredOn(check -> check.subject() == Subject.RIGHTS)
                .extracting(check -> check.scope().orElseThrow() + ' ' + check.seen())
                .containsExactly(
                        "/subscriptions/" + SUBSCRIPTION + " 1 of 1 rights",
                        "/subscriptions/" + OTHER + " 5 of 5 rights");
    }

    private static Selector side(UUID subscription) {
        return Selector.of(List.of(subscription.toString()), List.of(), List.of(), List.of());
    }

    private static PairingRule rule(Method method, CredentialKind kind) {
        return Program.rule("*", method, PullSecretTerms.DEFAULT.of(kind));
    }

    private List<Right> needed() {
        return new InspectRights(policy(), ways(false), null, null).needed().toList();
    }

    private PairingPolicy policy() {
        return new PairingPolicy(Arrays.asList(rules));
    }

    private static ClusterWays ways(boolean all) {
        return new ClusterWays() {
            @Override
            public boolean adminCredential() {
                return all;
            }

            @Override
            public boolean runCommand() {
                return all;
            }
        };
    }

    private static Check one(Installation installation, Subject subject) {
        return installation.checks().stream()
                .filter(check -> check.subject() == subject)
                .findFirst()
                .orElseThrow();
    }

    private Installation inspect() {
        return inspect(Worker.CUSTOM_HANDLER);
    }

    private Installation inspect(Worker worker) {
        Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
        SmallAzure azure = new SmallAzure();
        return new InspectInstallation(
                        new Version("1.0"),
                        policy(),
                        () -> new HostedApp(
                                startedByHost, Optional.empty(), List.of("a"), Optional.of(HOST_JSON), storage),
                        azure,
                        () -> new Lookup.Found<>(List.of(SUBSCRIPTION)),
                        new InspectHosting(),
                        new InspectRights(policy(), ways(false), azure, azure),
                        new InspectEvents(azure, clock),
                        new InspectStorage(azure, clock))
                .inspect(worker, List.of(EVENT));
    }

    /** What has no answer fails as Azure does when it is not there. */
    private <T> Lookup<T> answered(Lookup<T> answer, boolean waits) {
        if (waits) {
            together.ifPresent(InspectInstallationTest::await);
        }
        return answered(answer);
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException | BrokenBarrierException | TimeoutException alone) {
            throw new IllegalStateException(alone);
        }
    }

    private static <T> Lookup<T> answered(Lookup<T> answer) {
        if (answer == null) {
            throw new CloudUnavailable(
                    new Problem(
                            Problem.Kind.UNAVAILABLE,
                            "Azure is not there.",
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            Problem.WAITING_HELPS),
                    Optional.empty());
        }
        return answer;
    }

    private final class SmallAzure implements Identities, Permissions, EventSubscriptions, HostStorages {

        @Override
        public Lookup<Identity> own() {
            return answered(identity);
        }

        @Override
        public Lookup<Set<String>> directoryPermissions() {
            return answered(directory);
        }

        @Override
        public Lookup<List<Permission>> at(String scope) {
            return answered(permissions, true);
        }

        @Override
        public Lookup<List<OwnGrant>> grants(String principal, String scope) {
            return answered(grants, true);
        }

        @Override
        public SubscriptionEvents in(UUID subscription) {
            together.ifPresent(InspectInstallationTest::await);
            return new SubscriptionEvents(eventSubscriptions, List.of());
        }

        @Override
        public Lookup<Instant> lastDelivery(EventSubscription subscription, Instant since, Instant now) {
            return answered(lastEvent);
        }

        @Override
        public Lookup<Long> waiting(HostStorage account, String queue) {
            return answered(queue.equals(HostedApp.EVENT_QUEUE) ? waiting : poison, true);
        }

        @Override
        public Lookup<Instant> lastRun(HostStorage account, List<String> hostIds, String function) {
            return answered(timer, true);
        }
    }
}
