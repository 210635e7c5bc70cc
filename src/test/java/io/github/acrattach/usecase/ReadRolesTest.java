package io.github.acrattach.usecase;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.acrattach.domain.ArmId;
import io.github.acrattach.domain.Authorship;
import io.github.acrattach.domain.Facts;
import io.github.acrattach.domain.Lookup;
import io.github.acrattach.domain.Pairing;
import io.github.acrattach.domain.PairingRule;
import io.github.acrattach.domain.Permission;
import io.github.acrattach.domain.PrincipalKind;
import io.github.acrattach.domain.PullGrant;
import io.github.acrattach.domain.PullRight;
import io.github.acrattach.domain.RoleAssignment;
import io.github.acrattach.domain.RoleDefinition;
import io.github.acrattach.domain.Samples;
import io.github.acrattach.port.RoleAssignments;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Custom roles are changed by people, and nothing is said to be missing for what they allowed an hour ago. */
class ReadRolesTest {

    private static final UUID CUSTOM = UUID.fromString("0c0ffee0-0000-4000-8000-0000000000aa");
    private static final UUID TEAM = UUID.fromString("aaaaaaaa-0001-4000-8000-000000000001");

    @ParameterizedTest
    @EnumSource(
            value = PrincipalKind.class,
            names = {"SERVICE_PRINCIPAL", "GROUP"})
    void roleThatLetsPullSinceItWasKeptCounts(PrincipalKind holder) {
        RoleAssignment there = new RoleAssignment(
                Samples.REGISTRY + "/providers/Microsoft.Authorization/roleAssignments/" + CUSTOM,
                Samples.REGISTRY.toString(),
                holder == PrincipalKind.GROUP ? TEAM : Samples.KUBELET,
                holder,
                CUSTOM,
                Optional.empty(),
                Optional.empty(),
                Authorship.UNKNOWN);
        Facts seen = Facts.of(
                new Pairing(Samples.CLUSTER, Samples.REGISTRY),
                PairingRule.Method.ROLE,
                new Lookup.Found<>(Samples.cluster()),
                new Lookup.Found<>(Samples.registry()),
                new Lookup.Found<>(Samples.KUBELET),
                new Lookup.Found<>(List.of(there)));
        Facts read = new ReadRoles(reaching(there), (registry, id, age) -> new Lookup.Found<>(role(age)), false)
                .enough(seen);
        assertThat(read.right()).containsInstanceOf(PullRight.Held.class);
    }

    /** Somebody let it pull a minute ago. */
    private static RoleDefinition role(Duration age) {
        String action = age.compareTo(Duration.ofMinutes(1)) > 0 ? "push/write" : "pull/read";
        return new RoleDefinition(
                CUSTOM,
                "custom",
                true,
                List.of(Permission.ofActions(List.of("Microsoft.ContainerRegistry/registries/" + action), List.of())));
    }

    private static RoleAssignments reaching(RoleAssignment there) {
        return new RoleAssignments() {
            @Override
            public Lookup<List<RoleAssignment>> at(ArmId registry) {
                throw new UnsupportedOperationException();
            }

            @Override
            public Lookup<List<RoleAssignment>> reaching(UUID principal, String scope) {
                return new Lookup.Found<>(List.of(there));
            }

            @Override
            public Lookup<PullGrant> make(PullGrant grant) {
                throw new UnsupportedOperationException();
            }

            @Override
            public Lookup<String> remove(String assignmentId) {
                throw new UnsupportedOperationException();
            }
        };
    }
}
