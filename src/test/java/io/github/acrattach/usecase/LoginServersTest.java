package io.github.acrattach.usecase;

import static io.github.acrattach.domain.Samples.CLUSTER;
import static io.github.acrattach.domain.Samples.REGISTRY;
import static io.github.acrattach.usecase.Expected.PAIR;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.acrattach.domain.Outcome;
import io.github.acrattach.domain.PairingRule.Method;
import io.github.acrattach.domain.Problem;
import io.github.acrattach.domain.Samples;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A secret of yesterday opens one login server, and the registry has more by now. */
class LoginServersTest {

    private static final String GLOBAL = "acrshop.azurecr.io";
    private static final String EAST = "acrshop.eastus.geo.azurecr.io";
    private static final String WEST = "acrshop.westeurope.geo.azurecr.io";

    private final SmallCloud cloud = SmallCloud.sample();
    private final SmallSecrets secrets = new SmallSecrets(cloud);
    private final Program program = new Program(cloud, secrets, Program.everything(Method.SECRET));

    LoginServersTest() {
        secrets.namespace(CLUSTER, "shop");
        secrets.namespace(CLUSTER, "web");
        ensure();
    }

    @Test
    void secretOfOneHostIsWrittenAnewOnceWithTheSamePassword() {
        Map<String, String> before = held();
        cloud.enableRegionalEndpoints(REGISTRY, WEST, EAST);
        assertThat(ensure().changed()).isTrue();
        assertOpened(GLOBAL, EAST, WEST);
        assertThat(held()).isEqualTo(before);
        assertThat(secrets.made()).hasSize(1);
        assertThat(secrets.passwords(secrets.made().get(0))).hasSize(1);
        assertThat(ensure().changed()).isFalse();
    }

    @Test
    void secretOfARegistryWithOneHostIsLeftAsItIs() {
        cloud.enableRegionalEndpoints(REGISTRY);
        assertThat(ensure().changed()).isFalse();
        assertOpened(GLOBAL);
    }

    @Test
    void azureIsAskedOnceInARun() {
        cloud.enableRegionalEndpoints(REGISTRY, WEST);
        ensure();
        assertThat(cloud.troubles.asked(Call.READ_REGIONAL_ENDPOINTS, REGISTRY)).isEqualTo(1);
    }

    @Test
    void regionThatWasRemovedIsOpenedNoMore() {
        cloud.enableRegionalEndpoints(REGISTRY, WEST, EAST);
        ensure();
        cloud.enableRegionalEndpoints(REGISTRY, WEST);
        assertThat(ensure().changed()).isTrue();
        assertOpened(GLOBAL, WEST);
    }

    @Test
    void hostOfSomebodyElsesGetsNoPassword() {
        cloud.enableRegionalEndpoints(REGISTRY, "evil.example", "acrbilling.eastus.geo.azurecr.io", EAST);
        ensure();
        assertOpened(GLOBAL, EAST);
    }

    @Test
    void whatIsOpenedAlreadyIsNotTakenAwayForWantOfAnAnswer() {
        cloud.enableRegionalEndpoints(REGISTRY, WEST);
        ensure();
        cloud.troubles.refuse(Call.READ_REGIONAL_ENDPOINTS, REGISTRY, Samples.problem(Problem.Kind.REJECTED));
        assertThat(ensure().changed()).isFalse();
        cloud.troubles.unavailable(
                Call.READ_REGIONAL_ENDPOINTS, REGISTRY, Samples.problem(Problem.Kind.UNAVAILABLE), Optional.empty());
        secrets.namespace(CLUSTER, "late");
        assertThat(ensure().changed()).isTrue();
        assertOpened(GLOBAL, WEST);
    }

    private Outcome.Provisioned ensure() {
        return (Outcome.Provisioned) program.ensurePullAccess.ensure(PAIR, Optional.empty());
    }

    private Map<String, String> held() {
        return secrets.held(CLUSTER, REGISTRY);
    }

    private void assertOpened(String... hosts) {
        assertThat(secrets.opened(CLUSTER, REGISTRY).values()).isNotEmpty().containsOnly(List.of(hosts));
    }
}
