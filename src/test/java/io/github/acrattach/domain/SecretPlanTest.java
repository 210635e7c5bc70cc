package io.github.acrattach.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The plan, carried out in a small world by runs that are killed, repeated and mixed with each other. */
class SecretPlanTest {

    private static final Duration SETTLED = SecretPlan.IN_PROGRESS.plusSeconds(1);

    private final SecretWorld world = new SecretWorld("shop", "web");

    @Test
    void everySelectedNamespaceGetsOnePassword() {
        Outcome end = world.new Run().toTheEnd();
        assertThat(end).isInstanceOf(Outcome.Provisioned.class);
        assertThat(((Outcome.Provisioned) end).namespaces())
                .extracting(NamespaceOutcome::state)
                .containsOnly(NamespaceOutcome.State.READY);
        assertThat(world.passwords).hasSize(1);
        assertThat(world.pulls()).isTrue();
    }

    @Test
    void secondRunTakesOverWhatTheFirstOneMade() {
        world.new Run().toTheEnd();
        SecretWorld.Run second = world.new Run();
        second.toTheEnd();
        assertThat(second.memory.changed()).isFalse();
        assertThat(world.passwords).hasSize(1);
    }

    @Test
    void newNamespaceGetsThePasswordOfTheOthers() {
        world.new Run().toTheEnd();
        world.namespaces.put("late", null);
        world.new Run().toTheEnd();
        assertThat(world.passwords).hasSize(1);
        assertThat(world.namespaces.get("late")).isEqualTo(world.namespaces.get("shop"));
    }

    @Test
    void renewalThatWasKilledBetweenTwoNamespacesIsForcedOnceMore() {
        untilSettled();
        SecretWorld.Run killed = world.new Run(Optional.of(world.now.plusMillis(1)));
        while (!world.namespaces.containsValue("p2")) {
            killed.step();
        }
        world.namespaces.put("shop", "p1");
        world.now = world.now.plusSeconds(5);
        Outcome end = world.new Run(Optional.of(world.now)).toTheEnd();
        assertThat(end).isInstanceOf(Outcome.Provisioned.class);
        assertThat(((Outcome.Provisioned) end).namespaces())
                .extracting(NamespaceOutcome::state)
                .containsOnly(NamespaceOutcome.State.READY);
        assertThat(world.namespaces.values()).containsOnly("p3");
        assertThat(world.passwords).hasSize(1);
    }

    @Test
    void whatTheRegistryRejectsIsTakenFromTheClusterWhereAnotherRunHasStoredIt() {
        world.new Run().toTheEnd();
        Password stored = world.passwords.get(0);
        SecretRun mistaken = SecretRun.begin(Purpose.RULE)
                .afterAdding(new NewPassword(stored, new Secret("of the same millisecond")));
        assertThat(world.facts(mistaken).value(stored).orElseThrow().reveal()).isEqualTo("of the same millisecond");
        Proof rejected = Proof.of(Proof.Verdict.REJECTED, Samples.problem(Problem.Kind.CREDENTIAL_REJECTED));
        assertThat(world.facts(mistaken.afterProof(new Secret("of the same millisecond"), rejected))
                        .value(stored)
                        .orElseThrow()
                        .reveal())
                .isEqualTo(stored.id());
    }

    static IntStream steps() {
        return IntStream.range(0, 12);
    }

    @ParameterizedTest
    @MethodSource("steps")
    void provisioningThatIsKilledIsTakenUp(int steps) {
        killed(world.new Run(), steps);
        untilSettled();
        assertThat(world.pulls()).isTrue();
        assertThat(world.mostAtOnce).isLessThanOrEqualTo(2);
        tick();
        assertThat(world.passwords).hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("steps")
    void renewalThatIsKilledIsTakenUpAndNothingStopsPulling(int steps) {
        world.replication = Duration.ofSeconds(5);
        untilSettled();
        becomeDue();
        SecretWorld.Run killed = world.new Run();
        for (int step = 0; step < steps && killed.step(); step++) {
            assertThat(world.pulls()).as("after step %s", step).isTrue();
        }
        untilSettled();
        assertThat(world.pulls()).isTrue();
        assertThat(world.mostAtOnce).isLessThanOrEqualTo(2);
        tick();
        assertThat(world.passwords).hasSize(1);
    }

    @Test
    void yearsPassAndEveryRenewalIsSeamless() {
        untilSettled();
        for (int renewal = 0; renewal < 12; renewal++) {
            becomeDue();
            SecretWorld.Run run = world.new Run();
            while (run.step()) {
                assertThat(world.pulls()).isTrue();
            }
            assertThat(world.passwords).hasSize(1);
        }
        assertThat(world.mostAtOnce).isEqualTo(2);
        assertThat(world.namespaces.get("web")).isEqualTo("p13");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void runsAtTheSameTimeComeToOneEnd(long seed) {
        Random chance = new Random(seed);
        untilSettled();
        becomeDue();
        List<SecretWorld.Run> runs = List.of(world.new Run(), world.new Run(), world.new Run());
        boolean[] going = {true, true, true};
        for (int turn = 0; turn < 300; turn++) {
            int who = chance.nextInt(runs.size());
            going[who] = going[who] && runs.get(who).step();
        }
        tick();
        tick();
        assertThat(world.pulls()).isTrue();
        assertThat(world.passwords).hasSize(1);
    }

    @Test
    void passwordThatMayBeOnItsWayIsWaitedFor() {
        untilSettled();
        becomeDue();
        killed(world.new Run(), 1);
        Outcome step = world.new Run().toTheEnd();
        assertThat(step).isInstanceOf(Outcome.Postponed.class);
        assertThat(((Outcome.Postponed) step).problem().kind()).isEqualTo(Problem.Kind.IN_PROGRESS);
        assertThat(((Outcome.Postponed) step).retryAfter().orElseThrow()).isLessThanOrEqualTo(SecretPlan.IN_PROGRESS);
    }

    @Test
    void newPasswordNeverReplacesOneThatWorksBeforeItDoes() {
        untilSettled();
        becomeDue();
        world.replication = Duration.ofHours(1);
        String before = world.namespaces.get("shop");
        SecretWorld.Run run = world.new Run();
        for (int step = 0; step < 20; step++) {
            run.step();
            assertThat(world.namespaces).containsValue(before).doesNotContainValue("p2");
        }
    }

    @Test
    void passwordThatWorksNowhereYetIsStoredAllTheSameWhereNothingWorks() {
        world.replication = Duration.ofSeconds(30);
        SecretWorld.Run run = world.new Run();
        for (int step = 0; step < 4; step++) {
            run.step();
        }
        assertThat(world.namespaces).containsValue("p1");
        untilSettled();
        assertThat(world.passwords).hasSize(1);
        assertThat(world.pulls()).isTrue();
    }

    @Test
    void foreignSecretIsLeftAloneAndReported() {
        Held theirs = new Held.Foreign("It is of the type Opaque.");
        world.foreign.put("web", theirs);
        Outcome.Provisioned end = (Outcome.Provisioned) world.new Run().toTheEnd();
        assertThat(world.namespaces.get("web")).isNull();
        assertThat(end.namespaces())
                .filteredOn(each -> each.namespace().equals("web"))
                .allSatisfy(each -> {
                    assertThat(each.state()).isEqualTo(NamespaceOutcome.State.SKIPPED);
                    assertThat(each.problem().orElseThrow().cause()).contains("It is of the type Opaque.");
                });
    }

    @Test
    void namespaceThatRefusesKeepsTheOldPasswordAlive() {
        untilSettled();
        becomeDue();
        String old = world.namespaces.get("web");
        world.refusing.add("web");
        Outcome.Provisioned end = (Outcome.Provisioned) world.new Run().toTheEnd();
        assertThat(world.namespaces.get("shop")).isNotEqualTo(old);
        assertThat(world.passwords).extracting(Password::id).contains(old);
        assertThat(world.pulls()).isTrue();
        assertThat(end.namespaces())
                .extracting(NamespaceOutcome::state)
                .containsExactly(NamespaceOutcome.State.READY, NamespaceOutcome.State.REFUSED);
        world.refusing.clear();
        world.new Run().toTheEnd();
        assertThat(world.passwords).hasSize(1);
        assertThat(world.namespaces.get("web")).isEqualTo(world.namespaces.get("shop"));
    }

    @Test
    void passwordThatMayStandInAHiddenNamespaceIsLeftToEnd() {
        untilSettled();
        String old = world.namespaces.get("web");
        becomeDue();
        world.foreign.put("web", new Held.Hidden(Samples.problem(Problem.Kind.MISSING_KUBERNETES_RIGHT)));
        untilSettled();
        tick();
        assertThat(world.passwords).hasSize(2).extracting(Password::id).contains(old);
        assertThat(world.pulls()).isTrue();
        world.foreign.clear();
        untilSettled();
        assertThat(world.passwords).hasSize(1);
    }

    @Test
    void hiddenNamespaceDoesNotKeepTheOthersFromBeingRenewed() {
        world.refusing.addAll(List.of("shop", "web"));
        killed(world.new Run(), 2);
        assertThat(world.passwords).as("made, and never stored").hasSize(1);
        world.refusing.clear();
        world.foreign.put("web", new Held.Hidden(Samples.problem(Problem.Kind.MISSING_KUBERNETES_RIGHT)));
        world.new Run().toTheEnd();
        for (int renewal = 0; renewal < 3; renewal++) {
            String before = world.namespaces.get("shop");
            world.now = renewalOf(before).plusSeconds(1);
            world.new Run().toTheEnd();
            assertThat(world.namespaces.get("shop")).isNotEqualTo(before);
            assertThat(world.mostAtOnce).isLessThanOrEqualTo(2);
        }
    }

    @Test
    void rotationIsForcedAsOftenAsOneLikesWhereANamespaceIsHiddenOrGoingAway() {
        untilSettled();
        world.foreign.put("web", new Held.Hidden(Samples.problem(Problem.Kind.MISSING_KUBERNETES_RIGHT)));
        world.namespaces.put("going", world.namespaces.get("shop"));
        world.terminating.add("going");
        for (int rotation = 0; rotation < 3; rotation++) {
            String before = world.namespaces.get("shop");
            world.now = world.now.plus(SETTLED);
            world.new Run(Optional.of(world.now)).toTheEnd();
            assertThat(world.namespaces.get("shop")).isNotEqualTo(before);
        }
        Outcome.Provisioned end = (Outcome.Provisioned) world.new Run().toTheEnd();
        assertThat(end.notes())
                .as("what the hidden namespace may hold")
                .extracting(Problem::kind)
                .containsExactly(Problem.Kind.PREVIOUS_PASSWORD);
    }

    @Test
    void namespaceThatIsGoingAwayKeepsNoPasswordAlive() {
        untilSettled();
        world.terminating.add("web");
        world.now = world.now.plusSeconds(5);
        world.new Run(Optional.of(world.now)).toTheEnd();
        assertThat(world.passwords).extracting(Password::id).containsExactly(world.namespaces.get("shop"));
    }

    @Test
    void whatEveryNamespaceRefusesIsNotLeftBehind() {
        world.refusing.addAll(List.of("shop", "web"));
        for (int run = 0; run < 3; run++) {
            Outcome end = world.new Run().toTheEnd();
            assertThat(end).isInstanceOfSatisfying(Outcome.Refused.class, blocked -> {
                assertThat(blocked.problem().kind()).isEqualTo(Problem.Kind.QUOTA_EXCEEDED);
                assertThat(blocked.namespaces()).hasSize(2);
            });
            assertThat(world.passwords).isEmpty();
        }
    }

    @Test
    void renewalThatEveryNamespaceRefusesKeepsWhatWorksAndSaysWhy() {
        untilSettled();
        becomeDue();
        world.refusing.addAll(List.of("shop", "web"));
        assertThat(world.new Run().toTheEnd()).isInstanceOf(Outcome.Refused.class);
        assertThat(world.passwords).hasSize(1);
        assertThat(world.pulls()).isTrue();
    }

    @Test
    void nothingIsMadeForNamespacesThatTakeNothing() {
        world.foreign.put("shop", new Held.Foreign("It is of the type Opaque."));
        world.foreign.put("web", new Held.Hidden(Samples.problem(Problem.Kind.MISSING_KUBERNETES_RIGHT)));
        assertThat(world.new Run().toTheEnd()).isInstanceOfSatisfying(Outcome.Refused.class, blocked -> assertThat(
                        blocked.problem().kind())
                .isEqualTo(Problem.Kind.MISSING_KUBERNETES_RIGHT));
        assertThat(world.mostAtOnce).isZero();
    }

    @Test
    void rotationThatANamespaceStandsInTheWayOfIsRefused() {
        untilSettled();
        world.refusing.add("web");
        world.now = world.now.plusSeconds(5);
        world.new Run(Optional.of(world.now)).toTheEnd();
        world.now = world.now.plusSeconds(5);
        String second = world.namespaces.get("shop");
        Outcome end = world.new Run(Optional.of(world.now)).toTheEnd();
        assertThat(end).isInstanceOfSatisfying(Outcome.Refused.class, blocked -> assertThat(blocked.namespaces())
                .extracting(NamespaceOutcome::namespace)
                .containsExactly("web"));
        assertThat(world.namespaces.get("shop")).isEqualTo(second);
        assertThat(world.pulls()).isTrue();
    }

    @Test
    void passwordThatTheIssuerNoLongerHasIsReplaced() {
        untilSettled();
        world.passwords.clear();
        world.new Run().toTheEnd();
        assertThat(world.pulls()).isTrue();
    }

    @Test
    void renewalOnDemandReplacesWhatIsNotDue() {
        untilSettled();
        String before = world.namespaces.get("shop");
        world.now = world.now.plusSeconds(5);
        world.new Run(Optional.of(world.now)).toTheEnd();
        assertThat(world.namespaces.get("shop")).isNotEqualTo(before);
        assertThat(world.passwords).hasSize(1);
    }

    @Test
    void renewalsOfAFleetAreSpread() {
        Instant made = Instant.parse("2026-01-01T00:00:00Z");
        Password password = new Password("p", made, made.plus(Duration.ofDays(90)));
        Set<Instant> renewals = IntStream.range(0, 50)
                .mapToObj(i -> new CredentialKey(
                        new Pairing(ArmId.parse(Samples.CLUSTER + "-" + i), Samples.REGISTRY),
                        CredentialKind.ACR_TOKEN))
                .map(key -> PullSecretTerms.DEFAULT.renews(key, password))
                .collect(Collectors.toSet());
        assertThat(renewals).hasSizeGreaterThan(45).allSatisfy(renewal -> assertThat(renewal)
                .isBetween(made.plus(Duration.ofDays(50)), made.plus(Duration.ofDays(60))));
    }

    @Test
    void clusterWithoutAMeantNamespaceGetsACredentialWithoutAPassword() {
        SecretWorld empty = new SecretWorld("kube-system");
        Outcome step = empty.new Run().toTheEnd();
        assertThat(empty.made).as("so that the timer finds it").isTrue();
        assertThat(empty.passwords).isEmpty();
        assertThat(step).isInstanceOfSatisfying(Outcome.Refused.class, refuse -> assertThat(
                        refuse.problem().kind())
                .isEqualTo(Problem.Kind.NO_NAMESPACE));
    }

    /** What a namespace's tenant puts in the place of the value helps nobody and goes nowhere. */
    @Test
    void valueThatSomebodyHasChangedIsMendedAndNotSpread() {
        untilSettled();
        String password = world.namespaces.get("shop");
        world.tampered.put("shop", "hers");
        world.namespaces.put("late", null);
        world.new Run().toTheEnd();
        assertThat(world.pulls()).isTrue();
        assertThat(world.namespaces.values()).containsOnly(password);
        assertThat(world.passwords).hasSize(1);
    }

    @Test
    void passwordThatSomebodyHasChangedEverywhereIsReplaced() {
        untilSettled();
        world.now = world.now.plus(Duration.ofDays(1));
        world.tampered.putAll(Map.of("shop", "hers", "web", "hers"));
        world.new Run().toTheEnd();
        assertThat(world.pulls()).isTrue();
        assertThat(world.namespaces.values()).containsOnly("p2");
    }

    /** A secret with all marks, where the rule names no place: with nothing in it, or with something else. */
    @ParameterizedTest
    @ValueSource(strings = {"", "guessed"})
    void decoyGetsNothingWhereTheRuleNamesNoPlace(String value) {
        world.terms = terms("shop");
        world.new Run().toTheEnd();
        world.namespaces.put("web", "p1");
        world.tampered.put("web", value);
        becomeDue();
        world.new Run().toTheEnd();
        assertThat(world.namespaces).isEqualTo(Map.of("shop", "p2", "web", "p1"));
        assertThat(world.passwords)
                .as("what a decoy says to hold is kept for nobody")
                .hasSize(1);
    }

    /** What it pulls with goes on until it ends by itself, which is told. */
    @Test
    void placeThatTheRuleNamesNoMoreGetsNothingNew() {
        untilSettled();
        world.terms = terms("shop");
        becomeDue();
        Outcome.Provisioned end = (Outcome.Provisioned) world.new Run().toTheEnd();
        assertThat(world.namespaces).isEqualTo(Map.of("shop", "p2", "web", "p1"));
        assertThat(world.passwords).extracting(Password::id).containsExactly("p1", "p2");
        assertThat(world.pulls()).isTrue();
        assertThat(end.notes()).extracting(Problem::kind).containsExactly(Problem.Kind.PREVIOUS_PASSWORD);
        assertThat(end.notes().get(0).cause()).startsWith("The previous password, of ");
        assertThat(end.notes().get(0).fix()).contains("to revoke it now, whatever pulls with it: detach");
    }

    /** Whoever came to know a password writes it into a namespace of hers; then it is rotated because it is known. */
    @Test
    void rotationByHandDoesNotFollowACopyToWhereTheRuleNamesNoPlace() {
        world.terms = terms("shop");
        untilSettled();
        world.namespaces.put("hers", "p1");
        world.purpose = Purpose.RENEWAL;
        world.now = world.now.plus(SETTLED);
        assertThat(world.new Run(Optional.of(world.now)).toTheEnd()).isInstanceOf(Outcome.Provisioned.class);
        assertThat(world.namespaces).containsEntry("shop", "p2").containsEntry("hers", "p1");
        assertThat(world.passwords).extracting(Password::id).containsExactly("p2");
    }

    /** At a registry that shuts this program out, nobody tells which of two values is the right one. */
    @Test
    void valueThatNobodyCanVouchForIsNotSpreadWhereTheyDiffer() {
        world.unreachable = true;
        world.new Run().toTheEnd();
        world.tampered.put("shop", "!");
        world.now = world.now.plus(SETTLED);
        world.new Run().toTheEnd();
        assertThat(world.passwords)
                .as("that alone forces nothing")
                .extracting(Password::id)
                .containsExactly("p1");
        world.namespaces.put("new", null);
        world.new Run().toTheEnd();
        assertThat(world.tampered).isEmpty();
        assertThat(world.namespaces.values()).containsOnly("p2");
        assertThat(world.new Run().toTheEnd()).isInstanceOf(Outcome.Provisioned.class);
        assertThat(world.passwords).extracting(Password::id).containsExactly("p2");
    }

    @Test
    void manyDecoysDoNotKeepWhatIsInUseFromBeingFound() {
        world.purpose = Purpose.REQUEST;
        untilSettled();
        for (int decoy = 0; decoy < 40; decoy++) {
            world.namespaces.put("decoy-" + decoy, "p1");
            world.tampered.put("decoy-" + decoy, "decoy-" + decoy);
        }
        world.purpose = Purpose.UPKEEP;
        becomeDue();
        world.new Run().toTheEnd();
        assertThat(world.namespaces)
                .containsEntry("shop", "p2")
                .containsEntry("web", "p2")
                .containsEntry("decoy-1", "p1");
    }

    @Test
    void withoutARuleWhatIsInUseIsRenewedAndNotSpread() {
        world.terms = terms("shop");
        world.new Run().toTheEnd();
        assertThat(world.namespaces.get("web")).isNull();
        world.terms = PullSecretTerms.DEFAULT;
        world.purpose = Purpose.UPKEEP;
        assertThat(world.new Run().toTheEnd()).isInstanceOf(Outcome.Provisioned.class);
        assertThat(world.passwords).extracting(Password::id).containsExactly("p1");
        becomeDue();
        assertThat(world.new Run().toTheEnd()).isInstanceOf(Outcome.Provisioned.class);
        assertThat(world.namespaces).containsEntry("shop", "p2").containsEntry("web", null);
        assertThat(world.passwords).hasSize(1);
    }

    @Test
    void withoutARuleAPasswordLivesAsLongAsItDidBefore() {
        world.terms = new PullSecretTerms(
                CredentialKind.ACR_TOKEN,
                List.of("*"),
                NamespaceSelector.all(),
                ServiceAccountPatterns.NONE,
                Duration.ofDays(7),
                0.66);
        untilSettled();
        world.terms = PullSecretTerms.DEFAULT;
        world.purpose = Purpose.UPKEEP;
        becomeDue();
        SecretWorld.Run run = world.new Run();
        run.step();
        run.step();
        assertThat(run.last()).isEqualTo(new SecretStep.AddPassword(Duration.ofDays(7)));
    }

    /** It may be fresh, or the registry may not answer: that is no proof that nobody pulls with it. */
    @ParameterizedTest
    @EnumSource(
            value = Purpose.class,
            names = {"RULE", "RENEWAL", "UPKEEP"})
    void passwordThatMayBeInUseElsewhereIsNotEnded(Purpose purpose) {
        untilSettled();
        becomeDue();
        world.refusing.add("web");
        world.new Run().toTheEnd();
        assertThat(world.namespaces).isEqualTo(Map.of("shop", "p2", "web", "p1"));
        world.refusing.clear();
        world.now = world.now.plus(SETTLED);
        world.terms = terms("shop");
        world.purpose = purpose;
        world.unanswering.add("p1");
        world.new Run().toTheEnd();
        assertThat(world.passwords).extracting(Password::id).contains("p1", "p2");
        world.unanswering.clear();
        world.new Run().toTheEnd();
        assertThat(world.passwords).extracting(Password::id).contains("p2");
        assertThat(world.pulls()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("steps")
    void upkeepThatIsKilledIsTakenUp(int steps) {
        world.replication = Duration.ofSeconds(5);
        untilSettled();
        world.purpose = Purpose.UPKEEP;
        becomeDue();
        killed(world.new Run(), steps);
        untilSettled();
        tick();
        assertThat(world.pulls()).isTrue();
        assertThat(world.namespaces.values()).doesNotContain("p1");
        assertThat(world.passwords).hasSize(1);
    }

    /** What stands at the registry may be anybody's: whoever can write scope maps there can name a cluster in one. */
    @Test
    void withoutARuleNothingIsMadeForWhatStandsInNoNamespace() {
        world.made = true;
        world.purpose = Purpose.UPKEEP;
        world.passwords.add(new Password("planted", world.now, world.now.plus(Duration.ofDays(90))));
        assertThat(world.new Run().toTheEnd()).as("as long as nothing is due").isInstanceOf(Outcome.Ignored.class);
        world.now = world.now.plus(Duration.ofDays(80));
        assertThat(world.new Run().toTheEnd()).isInstanceOfSatisfying(Outcome.Refused.class, refused -> assertThat(
                        refused.problem().kind())
                .isEqualTo(Problem.Kind.NO_RULE));
        assertThat(world.namespaces.values()).containsOnlyNulls();
        assertThat(world.passwords).as("left alone").hasSize(1);
        assertThat(world.mostAtOnce).isZero();
    }

    @Test
    void withoutARuleNothingIsRenewedThatCannotBeCompared() {
        untilSettled();
        world.blind = true;
        world.purpose = Purpose.REQUEST;
        assertThat(world.new Run().toTheEnd())
                .isInstanceOfSatisfying(Outcome.Provisioned.class, done -> assertThat(done.notes())
                        .as("told at once")
                        .extracting(Problem::kind)
                        .containsExactly(Problem.Kind.NO_RULE));
        world.purpose = Purpose.UPKEEP;
        becomeDue();
        assertThat(world.new Run().toTheEnd()).isInstanceOfSatisfying(Outcome.Refused.class, refused -> assertThat(
                        refused.problem().kind())
                .isEqualTo(Problem.Kind.NO_RULE));
        assertThat(world.passwords).extracting(Password::id).containsExactly("p1");
        world.purpose = Purpose.RENEWAL;
        world.new Run().toTheEnd();
        assertThat(world.namespaces.values()).as("a rule names the places").containsOnly("p2");
    }

    @ParameterizedTest
    @EnumSource(
            value = Purpose.class,
            names = {"RENEWAL", "UPKEEP"})
    void renewalMakesNoCredential(Purpose purpose) {
        world.purpose = purpose;
        assertThat(world.new Run().toTheEnd()).isInstanceOf(Outcome.Ignored.class);
        assertThat(world.made).isFalse();
    }

    @ParameterizedTest
    @EnumSource(Purpose.class)
    void credentialThatIsRemovedDuringTheRunIsNotMadeAgain(Purpose purpose) {
        untilSettled();
        world.purpose = purpose;
        becomeDue();
        SecretWorld.Run run = world.new Run();
        run.step();
        world.made = false;
        world.passwords.clear();
        run.toTheEnd();
        assertThat(world.made).isFalse();
        assertThat(world.passwords).isEmpty();
    }

    @Test
    void serviceAccountsThatCameLaterAreFound() {
        world.terms = referredToBy("*");
        untilSettled();
        world.references.put("web", new References(Set.of("default"), Set.of("builder"), Set.of()));
        SecretWorld.Run run = world.new Run();
        run.toTheEnd();
        assertThat(run.memory.changed()).isTrue();
        assertThat(world.references.get("web").referring()).containsExactlyInAnyOrder("default", "builder");
        assertThat(world.passwords).hasSize(1);
    }

    @Test
    void referenceThatARuleWantsNoMoreIsTakenBack() {
        untilSettled();
        world.references.put("web", new References(Set.of("default", "builder"), Set.of(), Set.of("builder")));
        for (Purpose purpose : List.of(Purpose.REQUEST, Purpose.UPKEEP)) {
            world.purpose = purpose;
            world.new Run().toTheEnd();
            assertThat(world.references.get("web").referring())
                    .as(purpose.name())
                    .contains("builder");
        }
        world.purpose = Purpose.RENEWAL;
        assertThat(world.new Run().toTheEnd()).isInstanceOf(Outcome.Provisioned.class);
        assertThat(world.references.get("web").referring()).containsExactly("default");
    }

    @Test
    void secretToWhichNothingRefersIsNotedOnceForAllNamespaces() {
        world.references.put("web", References.NONE);
        assertThat(notReferenced())
                .get()
                .extracting(Problem::cause)
                .isEqualTo(
                        "No service account refers to the secret acr-attach-acrshop in the namespace web. There it is used"
                                + " only by a pod that carries imagePullSecrets: [{name: acr-attach-acrshop}].");
        for (int number = 100; number < 600; number++) {
            world.namespaces.put("n-" + number, null);
            world.references.put("n-" + number, References.NONE);
        }
        assertThat(notReferenced())
                .get()
                .extracting(Problem::cause)
                .asString()
                .contains("in 501 namespaces, told as \"referenced\": false, such as n-100, n-101, n-102. There");
        world.terms = referredToBy("none-*");
        assertThat(notReferenced()).as("a pattern that matches none").isPresent();
        assertThat(world.passwords).hasSize(1);
    }

    @Test
    void eachNamespaceTellsWhetherAnythingRefersToTheSecret() {
        world.namespaces.put("idle", null);
        world.references.put("idle", References.NONE);
        assertThat(referenced())
                .isEqualTo(Map.of("shop", Optional.of(true), "web", Optional.of(true), "idle", Optional.of(false)));
        world.hiddenAccounts = true;
        assertThat(referenced().values()).containsOnly(Optional.empty());
    }

    @Test
    void nothingIsNotedWhereSomethingRefersOrCannotBeSeen() {
        assertThat(notReferenced()).isEmpty();
        world.hiddenAccounts = true;
        assertThat(notReferenced()).isEmpty();
    }

    private Map<String, Optional<Boolean>> referenced() {
        return world.new Run()
                .toTheEnd().namespaces().stream()
                        .collect(Collectors.toMap(NamespaceOutcome::namespace, NamespaceOutcome::referenced));
    }

    @Test
    void hiddenServiceAccountsAreAnObstacleOnlyWhereSomeAreWanted() {
        world.hiddenAccounts = true;
        assertThat(world.new Run().toTheEnd()).isInstanceOf(Outcome.Provisioned.class);
        world.terms = referredToBy("*");
        SecretWorld.Run run = world.new Run();
        run.step();
        run.step();
        assertThat(run.last()).isInstanceOfSatisfying(SecretStep.Store.class, store -> assertThat(
                        store.references().accounts().written())
                .containsExactly("*"));
    }

    private Optional<Problem> notReferenced() {
        List<Problem> notes = ((Outcome.Provisioned) world.new Run().toTheEnd())
                .notes().stream()
                        .filter(note -> note.kind() == Problem.Kind.NOT_REFERENCED)
                        .toList();
        assertThat(notes).hasSizeLessThan(2);
        return notes.stream().findFirst();
    }

    private static PullSecretTerms referredToBy(String pattern) {
        return new PullSecretTerms(
                CredentialKind.ACR_TOKEN,
                List.of("*"),
                NamespaceSelector.all(),
                ServiceAccountPatterns.of(List.of(pattern)),
                Duration.ofDays(90),
                0.66);
    }

    private static PullSecretTerms terms(String namespace) {
        return new PullSecretTerms(
                CredentialKind.ACR_TOKEN,
                List.of("*"),
                NamespaceSelector.of(List.of(namespace), List.of(), List.of()),
                ServiceAccountPatterns.NONE,
                Duration.ofDays(90),
                0.66);
    }

    private static void killed(SecretWorld.Run run, int steps) {
        for (int step = 0; step < steps && run.step(); step++) {
            // Killed after the last one: what it knows is lost.
        }
    }

    /** Runs until one settles, waiting as long as each asks. */
    private void untilSettled() {
        for (int runs = 0; runs < 5; runs++) {
            Outcome end = world.new Run().toTheEnd();
            if (end instanceof Outcome.Provisioned) {
                return;
            }
            world.now = world.now.plus(((Outcome.Postponed) end).retryAfter().orElse(Duration.ofSeconds(10)));
        }
        throw new AssertionError("No run settles.");
    }

    /** The next tick of the timer. */
    private void tick() {
        world.now = world.now.plus(SETTLED);
        untilSettled();
    }

    private void becomeDue() {
        world.now = renewalOf(world.passwords.get(0).id()).plusSeconds(1);
    }

    private Instant renewalOf(String id) {
        Password password = world.passwords.stream()
                .filter(each -> each.id().equals(id))
                .findFirst()
                .orElseThrow();
        return world.terms.renews(SecretWorld.KEY, password);
    }
}
