package io.github.acrattach.usecase;

import static io.github.acrattach.domain.Samples.CLUSTER;
import static io.github.acrattach.domain.Samples.GRANT;
import static io.github.acrattach.usecase.Expected.PAIR;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.acrattach.domain.Outcome;
import io.github.acrattach.domain.PairingRule.Method;
import io.github.acrattach.domain.RoleAssignment;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What another version of this program has made goes on as it is, and is taken back like one's own. */
class UpgradeTest {

    private final SmallCloud cloud = SmallCloud.sample();
    private final Program program = new Program(cloud, new SmallSecrets(cloud));

    @ParameterizedTest
    @ValueSource(strings = {"acr-attach", "acr-attach 0.0.9", "acr-attach 9.0.0-rc.1"})
    void grantOfAnotherVersionIsNeitherMadeAnewNorForgotten(String maker) {
        RoleAssignment made = described(SmallCloud.made(GRANT), maker + ": lets " + CLUSTER + " pull.");
        cloud.put(made);
        assertThat(program.ensurePullAccess.ensure(PAIR, Optional.of(Method.ROLE)))
                .isInstanceOf(Outcome.AlreadyGranted.class);
        assertThat(cloud.assignments()).isEqualTo(List.of(made));
        assertThat(program.revokePullAccess.detach(PAIR)).isInstanceOf(Outcome.Revoked.class);
        assertThat(cloud.assignments()).isEmpty();
    }

    private static RoleAssignment described(RoleAssignment like, String description) {
        return new RoleAssignment(
                like.id(),
                like.scope(),
                like.principal(),
                like.kind(),
                like.role(),
                like.condition(),
                Optional.of(description),
                like.authorship());
    }
}
