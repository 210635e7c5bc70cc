package io.github.acrattach.usecase;

import static io.github.acrattach.domain.Samples.CLUSTER;
import static io.github.acrattach.domain.Samples.problem;
import static io.github.acrattach.usecase.Expected.PAIR;
import static io.github.acrattach.usecase.Expected.cluster;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.acrattach.domain.Outcome;
import io.github.acrattach.domain.PowerState;
import io.github.acrattach.domain.Problem;
import io.github.acrattach.domain.Problem.Kind;
import io.github.acrattach.domain.Samples;
import io.github.acrattach.domain.StateProblems;
import io.github.acrattach.port.CloudUnavailable;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StoppedMeanwhileTest {

    private static final Outcome STOPPED =
            new Outcome.Refused(PAIR, StateProblems.stopped(cluster(PowerState.STOPPED), Optional.empty()));

    private final SmallCloud cloud = SmallCloud.sample();
    private final StoppedMeanwhile stoppedMeanwhile = new StoppedMeanwhile(cloud.clusters());

    /** By the API server there is no way, or no answer; Run Command is refused in Azure's own words. */
    @ParameterizedTest
    @EnumSource(names = {"CLUSTER_UNREACHABLE", "UNAVAILABLE", "REJECTED"})
    void whateverFailsInAClusterThatIsStoppedByNowIsThat(Kind kind) {
        cloud.put(cluster(PowerState.STOPPED));
        assertThat(refusedWith(problem(kind))).isEqualTo(STOPPED);
        assertThat(failedWith(problem(kind))).isEqualTo(STOPPED);
    }

    @Test
    void whatFailsInAClusterThatRunsStaysWhatItIs() {
        Problem silence = problem(Kind.CLUSTER_UNREACHABLE);
        assertThat(refusedWith(silence)).isEqualTo(new Outcome.Refused(PAIR, silence));
        assertThatThrownBy(() -> failedWith(problem(Kind.UNAVAILABLE))).isInstanceOf(CloudUnavailable.class);
    }

    @Test
    void nobodyLooksAgainForWhatIsNotOfTheCluster() {
        cloud.put(cluster(PowerState.STOPPED));
        Problem right = problem(Kind.MISSING_RIGHT);
        assertThat(refusedWith(right)).isEqualTo(new Outcome.Refused(PAIR, right));
        Problem registry = Problem.of(Kind.UNAVAILABLE, "It is so.", Samples.REGISTRY, "Mend it.");
        assertThatThrownBy(() -> failedWith(registry)).isInstanceOf(CloudUnavailable.class);
        assertThat(cloud.troubles.asked(Call.FIND_CLUSTER, CLUSTER)).isZero();
    }

    private Outcome refusedWith(Problem problem) {
        return stoppedMeanwhile.orElse(PAIR, Samples.cluster(), () -> new Outcome.Refused(PAIR, problem));
    }

    private Outcome failedWith(Problem problem) {
        return stoppedMeanwhile.orElse(PAIR, Samples.cluster(), () -> {
            throw new CloudUnavailable(problem, Optional.empty());
        });
    }
}
