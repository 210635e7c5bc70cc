package io.github.acrattach.domain.access;

import static io.github.acrattach.domain.access.Check.IDENTITY;
import static io.github.acrattach.domain.access.Check.NAMESPACES;
import static io.github.acrattach.domain.access.Check.NEAR_MISSES;
import static io.github.acrattach.domain.access.Check.NETWORK;
import static io.github.acrattach.domain.access.Check.OPEN_DOORS;
import static io.github.acrattach.domain.access.Check.POWER;
import static io.github.acrattach.domain.access.Check.RIGHT;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.acrattach.domain.access.Check.Way;
import io.github.acrattach.domain.access.Verdict.Answer;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What follows from findings. */
class VerdictTest {

    private static final Finding NO_RIGHT = fails(RIGHT, Code.NO_RIGHT);
    private static final Finding OFF = fails(NETWORK, Code.PUBLIC_ACCESS_OFF);
    private static final Finding OPEN = Finding.noted(OPEN_DOORS, Code.ANONYMOUS_PULL, "on", "Anybody may.");
    private static final Finding THEMSELVES =
            Finding.unknown(IDENTITY, Code.PODS_MAY_PULL_AS_THEMSELVES, "may", "They may.", "look");

    @Test
    void nothingIsInTheWay() {
        assertThat(of(Finding.ok(RIGHT, "AcrPull"))).isEqualTo(told(Answer.EFFECTIVE));
    }

    @Test
    void aNearMissSaysMoreThanThatThereIsNoRight() {
        assertThat(of(NO_RIGHT, fails(NEAR_MISSES, Code.REGISTRY_MODE_IGNORES_ROLE)))
                .isEqualTo(told(Answer.MISSING, Code.REGISTRY_MODE_IGNORES_ROLE));
    }

    @Test
    void theFirstCauseIsThatOfTheFirstCheck() {
        assertThat(of(OFF, NO_RIGHT, fails(POWER, Code.CLUSTER_STOPPED)))
                .isEqualTo(told(Answer.MISSING, Code.CLUSTER_STOPPED));
    }

    @Test
    void anOpenDoorMakesUpForARight() {
        assertThat(of(NO_RIGHT, OPEN)).isEqualTo(told(Answer.EFFECTIVE, Code.ANONYMOUS_PULL));
    }

    @Test
    void behindAClosedRegistryAnOpenDoorIsAMatterOfTheNetworkAlone() {
        assertThat(of(NO_RIGHT, fails(IDENTITY, Code.SERVICE_PRINCIPAL_DISABLED), OFF, OPEN))
                .isEqualTo(told(Answer.BLOCKED, Code.PUBLIC_ACCESS_OFF));
    }

    @Test
    void whetherPodsPullAsThemselvesIsUnknown() {
        assertThat(of(NO_RIGHT, THEMSELVES)).isEqualTo(told(Answer.UNKNOWN, Code.PODS_MAY_PULL_AS_THEMSELVES));
    }

    @Test
    void podsThemselvesDoNotGetPastAClosedRegistryEither() {
        assertThat(of(NO_RIGHT, THEMSELVES, OFF)).isEqualTo(told(Answer.BLOCKED, Code.PUBLIC_ACCESS_OFF));
    }

    @Test
    void theWayThatPullsIsTold() {
        Finding absent = fails(NAMESPACES, Code.SECRET_ABSENT);
        Verdict verdict = Verdict.of(List.of(Finding.ok(RIGHT, "AcrPull"), absent), Way.SECRET, Optional.empty());
        assertThat(verdict.answer()).isEqualTo(Answer.EFFECTIVE);
        assertThat(verdict.way()).isEqualTo(Way.ROLE);
        assertThat(verdict.findings()).contains(absent);
    }

    @Test
    void wherePullSecretsAreMeantNobodyMissesARole() {
        Verdict verdict =
                Verdict.of(List.of(NO_RIGHT, fails(NAMESPACES, Code.SECRET_EDITED)), Way.SECRET, Optional.empty());
        assertThat(verdict.first().flatMap(Finding::code)).contains(Code.SECRET_EDITED);
        assertThat(verdict.findings()).doesNotContain(NO_RIGHT);
    }

    @Test
    void whoIsUnknownMayLackMore() {
        assertThat(Verdict.of(
                                List.of(
                                        fails(IDENTITY, Code.NO_PULL_IDENTITY),
                                        Finding.skipped(RIGHT, "who pulls is not known")),
                                Way.ROLE,
                                Optional.empty())
                        .mayBeMore())
                .isTrue();
        assertThat(Verdict.of(List.of(NO_RIGHT), Way.ROLE, Optional.empty()).mayBeMore())
                .isFalse();
    }

    private record Told(Answer answer, Optional<Code> code) {}

    private static Told of(Finding... findings) {
        Verdict verdict = Verdict.of(List.of(findings), Way.ROLE, Optional.empty());
        return new Told(verdict.answer(), verdict.first().flatMap(Finding::code));
    }

    private static Told told(Answer answer) {
        return new Told(answer, Optional.empty());
    }

    private static Told told(Answer answer, Code code) {
        return new Told(answer, Optional.of(code));
    }

    private static Finding fails(Check check, Code code) {
        return Finding.fails(check, code, "seen", "It is so.", "mend it");
    }
}
