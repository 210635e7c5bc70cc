package io.github.acrattach.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PullSecretOwnerTest {

    private static final Held NOTHING = new Held.Nothing();
    private static final Held OURS = new Held.Ours("c", "p", "i", Optional.empty(), List.of());
    private static final Held MOVED = new Held.Moved(Samples.REGISTRY, "u", Optional.empty());
    private static final Held FOREIGN = new Held.Foreign("It is the baker's.");
    private static final Held HIDDEN = new Held.Hidden(Samples.problem(Problem.Kind.MISSING_KUBERNETES_RIGHT));

    /** Which is chosen of what stands under the name after the host, and under the one after the registry. */
    @Test
    void whatTheRegistryHasKeepsItsName() {
        assertThat(chosen(NOTHING, NOTHING)).isEqualTo("host");
        assertThat(chosen(NOTHING, OURS)).isEqualTo("registry");
        assertThat(chosen(OURS, OURS)).isEqualTo("host");
        assertThat(chosen(NOTHING, MOVED)).isEqualTo("registry");
        assertThat(chosen(MOVED, OURS)).isEqualTo("registry");
        assertThat(chosen(FOREIGN, OURS)).isEqualTo("registry");
        assertThat(chosen(HIDDEN, OURS))
                .as("where rights go by the former name")
                .isEqualTo("registry");
        assertThat(chosen(NOTHING, FOREIGN)).as("a twin's").isEqualTo("host");
        assertThat(chosen(NOTHING, HIDDEN)).as("it may be the registry's").isEqualTo("registry");
        assertThat(chosen(OURS, HIDDEN)).isEqualTo("host");
    }

    private static String chosen(Held host, Held registry) {
        return Samples.OWNER
                .choose(List.of(under("host", host), under("registry", registry)))
                .secret();
    }

    private static ClusterNamespace under(String name, Held held) {
        return new ClusterNamespace("shop", Map.of(), false, name, held, Optional.empty());
    }

    @ParameterizedTest
    @CsvSource({
        "acrshop.azurecr.io, acr-attach-acrshop",
        "acrShop.azurecr.io, acr-attach-acrshop",
        "acrshop-cfk3b7a9.azurecr.io, acr-attach-acrshop-cfk3b7a9",
        "registry.example.net:5000, acr-attach-acrshop",
        "'', acr-attach-acrshop"
    })
    void secretIsNamedAfterTheHostWhereTheNameIsNotUnique(String loginServer, String name) {
        PullSecretOwner owner = new PullSecretOwner(Samples.REGISTRY, loginServer);
        assertThat(owner.secretName()).isEqualTo(name);
        assertThat(owner.secretNames())
                .startsWith(name)
                .endsWith("acr-attach-acrshop")
                .doesNotHaveDuplicates();
    }

    @Test
    void earlierIdsHaveTheNameOfTheRegistry() {
        assertThat(Samples.OWNER.mayHaveBeen(
                        ArmId.parse(Samples.REGISTRY.toString().replace("/platform/", "/east/"))))
                .isTrue();
        assertThat(Samples.OWNER.mayHaveBeen(
                        ArmId.parse(Samples.REGISTRY.toString().replace("acrshop", "acrdata"))))
                .isFalse();
        assertThat(Samples.OWNER.mayHaveBeen(Samples.REGISTRY)).isFalse();
    }
}
