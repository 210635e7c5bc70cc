package io.github.acrattach.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class PullIdentityTest {

    private static final String OBJECT = "1b2c3d4e-5f60-4718-9293-a4b5c6d7e8f9";
    private static final String CLIENT = "a9b8c7d6-e5f4-4321-8fed-cba987654321";

    @Test
    void kubeletIdentityPulls() {
        assertThat(PullIdentity.of(Map.of("kubeletidentity", Optional.of(OBJECT)), Optional.of("msi")))
                .isEqualTo(new PullIdentity.Kubelet(UUID.fromString(OBJECT)));
    }

    @Test
    void kubeletIdentityComesBeforeAnOldServicePrincipal() {
        assertThat(PullIdentity.of(Map.of("kubeletIdentity", Optional.of(OBJECT)), Optional.of(CLIENT)))
                .isEqualTo(new PullIdentity.Kubelet(UUID.fromString(OBJECT)));
    }

    @Test
    void olderClusterPullsWithItsServicePrincipal() {
        assertThat(PullIdentity.of(Map.of(), Optional.of(CLIENT)))
                .isEqualTo(new PullIdentity.ServicePrincipal(UUID.fromString(CLIENT)));
    }

    @Test
    void severalKubeletIdentitiesAreNotGuessed() {
        assertUnknown(
                PullIdentity.of(
                        Map.of("kubeletidentity", Optional.of(OBJECT), "kubeletidentity2", Optional.of(CLIENT)),
                        Optional.of("msi")),
                "several");
    }

    @Test
    void unknownNameIsNotGuessed() {
        assertUnknown(PullIdentity.of(Map.of("kubelet-v2", Optional.of(OBJECT)), Optional.of("msi")), "kubelet-v2");
    }

    @Test
    void missingIdentitiesAreNotGuessed() {
        assertUnknown(PullIdentity.of(Map.of(), Optional.of("msi")), "'msi'");
        assertUnknown(PullIdentity.of(Map.of(), Optional.empty()), "absent");
        assertUnknown(
                PullIdentity.of(Map.of("kubeletidentity", Optional.of("")), Optional.of(CLIENT)), "no valid object id");
        assertUnknown(
                PullIdentity.of(Map.of("kubeletidentity", Optional.empty()), Optional.of("msi")), "no valid object id");
    }

    @Test
    void eachThatIsShownMayBeTheOneAndWhatCannotBeReadMayBeAny() {
        UUID another = UUID.randomUUID();
        assertThat(mayBe(Map.of("kubeletidentity", Optional.of(OBJECT), "kubelet2", Optional.of(CLIENT))))
                .accepts(UUID.fromString(OBJECT), UUID.fromString(CLIENT))
                .rejects(another);
        assertThat(mayBe(Map.of("kubelet-v2", Optional.of(OBJECT))))
                .accepts(UUID.fromString(OBJECT))
                .rejects(another);
        assertThat(mayBe(Map.of("kubeletidentity", Optional.of("")))).accepts(another);
        assertThat(mayBe(Map.of("kubeletidentity", Optional.of(OBJECT), "kubelet2", Optional.empty())))
                .accepts(another);
        assertThat(mayBe(Map.of())).rejects(another);
    }

    private static Predicate<UUID> mayBe(Map<String, Optional<String>> profile) {
        return ((PullIdentity.Unknown) PullIdentity.of(profile, Optional.of("msi")))::mayBe;
    }

    private static void assertUnknown(PullIdentity identity, String why) {
        assertThat(identity).isInstanceOfSatisfying(PullIdentity.Unknown.class, unknown -> assertThat(unknown.reason())
                .contains(why)
                .endsWith("."));
    }
}
