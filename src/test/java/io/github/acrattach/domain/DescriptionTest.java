package io.github.acrattach.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an earlier or a later version of this program has made is this program's, and says so. */
class DescriptionTest {

    private static final Pairing PAIRING = new Pairing(Samples.CLUSTER, Samples.REGISTRY);
    private static final CredentialKey KEY = new CredentialKey(PAIRING, CredentialKind.SERVICE_PRINCIPAL);

    @ParameterizedTest
    @ValueSource(
            strings = {"acr-attach", "acr-attach 0.1.0", "acr-attach 0.1.0-SNAPSHOT", "acr-attach 12.0.3-rc.1+5f2c"})
    void everyVersionsGrantIsKnown(String maker) {
        RoleAssignment ofIdentity = assignment(maker + ": lets " + Samples.CLUSTER + " pull.");
        RoleAssignment ofCredential =
                assignment(maker + ": lets " + Samples.CLUSTER + " pull with " + KEY.name() + '.');

        assertThat(ofIdentity.madeFor(Samples.REGISTRY)).contains(Samples.CLUSTER);
        assertThat(ofIdentity.isForIdentityOf(PAIRING)).isTrue();
        assertThat(ofIdentity.isFor(KEY)).isFalse();
        assertThat(ofCredential.madeFor(Samples.REGISTRY)).contains(Samples.CLUSTER);
        assertThat(ofCredential.isForIdentityOf(PAIRING)).isFalse();
        assertThat(ofCredential.isFor(KEY)).isTrue();
        assertThat(RoleAssignment.provenFor(KEY, List.of(ofIdentity, ofCredential)))
                .containsExactly(Samples.KUBELET);
    }

    private static RoleAssignment assignment(String description) {
        return new RoleAssignment(
                Samples.REGISTRY + "/providers/Microsoft.Authorization/roleAssignments/" + Samples.GRANT.name(),
                Samples.REGISTRY.toString(),
                Samples.KUBELET,
                PrincipalKind.SERVICE_PRINCIPAL,
                PullRole.ACR_PULL.definition(),
                Optional.empty(),
                Optional.of(description),
                new Authorship(Optional.empty(), Optional.of(Instant.EPOCH), Optional.empty(), true));
    }
}
