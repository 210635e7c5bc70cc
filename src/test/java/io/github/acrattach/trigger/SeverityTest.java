package io.github.acrattach.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.acrattach.domain.Outcome;
import io.github.acrattach.domain.Pairing;
import io.github.acrattach.domain.Problem;
import io.github.acrattach.domain.Samples;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SeverityTest {

    private static final Pairing PAIR = new Pairing(Samples.CLUSTER, Samples.REGISTRY);

    @ParameterizedTest
    @EnumSource
    void clustersThatAreStoppedAreNoWarningAndOnlyADefectIsAnError(Problem.Kind kind) {
        Severity expected =
                switch (kind) {
                    case DEFECT -> Severity.ERROR;
                    case CLUSTER_STOPPED -> Severity.INFORMATION;
                    default -> Severity.WARNING;
                };
        assertThat(Severity.of(new Outcome.Refused(PAIR, Samples.problem(kind))))
                .isEqualTo(expected);
        assertThat(Severity.of(new Outcome.Postponed(PAIR, Samples.problem(kind))))
                .isEqualTo(expected);
    }
}
