package io.github.acrattach.domain.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.acrattach.domain.Facts;
import io.github.acrattach.domain.Lookup;
import io.github.acrattach.domain.Pairing;
import io.github.acrattach.domain.PairingRule;
import io.github.acrattach.domain.PullRole;
import io.github.acrattach.domain.RoleAssignment;
import io.github.acrattach.domain.Samples;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RightCheckTest {

    private static final String NOTHING = "!(ActionMatches{'*/pull/read'})";

    /** Azure makes no second one beside it, so that the command that gives the role would fail. */
    @Test
    void roleWhoseConditionLetsNothingThroughIsToBeWidenedAndNotGivenAgain() {
        RoleAssignment closed =
                Samples.assignment(Samples.KUBELET, PullRole.ACR_PULL, Samples.REGISTRY.toString(), NOTHING);
        assertThat(finding(closed)).satisfies(finding -> {
            assertThat(finding.code()).contains(Code.NO_RIGHT);
            assertThat(finding.cause())
                    .hasValueSatisfying(
                            cause -> assertThat(cause).contains("AcrPull").contains("condition"));
            assertThat(finding.by().map(Finding.By::id)).contains(closed.id());
            assertThat(finding.fix())
                    .hasValueSatisfying(
                            fix -> assertThat(fix).contains(closed.id()).doesNotContain("create"));
        });
    }

    /** One above the registry keeps nothing back. */
    @Test
    void sameAboveTheRegistryIsGivenAtIt() {
        String above = Samples.REGISTRY.toString().replaceFirst("/providers/.*", "");
        assertThat(finding(Samples.assignment(Samples.KUBELET, PullRole.ACR_PULL, above, NOTHING)))
                .satisfies(finding -> {
                    assertThat(finding.seen()).startsWith("1 role assignment, which does not let it pull, reaches");
                    assertThat(finding.fix())
                            .hasValueSatisfying(fix -> assertThat(fix).contains("create"));
                });
    }

    private static Finding finding(RoleAssignment assigned) {
        Facts facts = Facts.of(
                new Pairing(Samples.CLUSTER, Samples.REGISTRY),
                PairingRule.Method.ROLE,
                new Lookup.Found<>(Samples.cluster()),
                new Lookup.Found<>(Samples.registry()),
                new Lookup.Found<>(Samples.KUBELET),
                new Lookup.Found<>(List.of(assigned)));
        return new RightCheck(facts, Samples.GRANT, Optional.empty())
                .findings(Optional.empty())
                .get(0);
    }
}
