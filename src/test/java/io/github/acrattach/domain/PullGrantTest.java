package io.github.acrattach.domain;

import static io.github.acrattach.domain.Samples.CLUSTER;
import static io.github.acrattach.domain.Samples.GRANT;
import static io.github.acrattach.domain.Samples.KUBELET;
import static io.github.acrattach.domain.Samples.REGISTRY;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PullGrantTest {

    /** Existing assignments bear these names: a change of the rule would double them. */
    @Test
    void nameNeverChanges() {
        assertThat(GRANT.name()).hasToString("913cc417-46fe-56af-b516-d64b69b5de3f");
    }

    @Test
    void nameFollowsFromScopePrincipalAndRole() {
        ArmId shouted = ArmId.parse(REGISTRY.toString().toUpperCase(Locale.ROOT));
        assertThat(new PullGrant(CLUSTER, shouted, KUBELET, PullRole.ACR_PULL).name())
                .isEqualTo(GRANT.name());
        assertThat(new PullGrant(CLUSTER, REGISTRY, KUBELET, PullRole.REPOSITORY_READER).name())
                .isNotEqualTo(GRANT.name());
        assertThat(new PullGrant(CLUSTER, REGISTRY, UUID.randomUUID(), PullRole.ACR_PULL).name())
                .isNotEqualTo(GRANT.name());
    }

    @Test
    void descriptionNamesTheVersionAndTheCluster() {
        assertThat(GRANT.description(Samples.VERSION)).hasToString("acr-attach 0.1.0: lets " + CLUSTER + " pull.");
    }

    @Test
    void roleIsTheRegistrysSubscriptions() {
        assertThat(GRANT.roleDefinitionId())
                .isEqualTo("/subscriptions/" + Samples.SUBSCRIPTION
                        + "/providers/Microsoft.Authorization/roleDefinitions/7f951dda-4ed3-4680-a7ca-43fe172d538d");
    }
}
