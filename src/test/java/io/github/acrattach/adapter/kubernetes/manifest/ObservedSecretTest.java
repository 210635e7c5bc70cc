package io.github.acrattach.adapter.kubernetes.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.domain.CredentialKey;
import io.github.acrattach.domain.CredentialKind;
import io.github.acrattach.domain.Held;
import io.github.acrattach.domain.Pairing;
import io.github.acrattach.domain.Password;
import io.github.acrattach.domain.PullCredential;
import io.github.acrattach.domain.PullSecret;
import io.github.acrattach.domain.RegionalHost;
import io.github.acrattach.domain.Samples;
import io.github.acrattach.domain.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A pull secret for several login servers, as it is seen again. */
class ObservedSecretTest {

    private static final String GLOBAL = "acrshop.azurecr.io";
    private static final String WEST = "acrshop.westeurope.geo.azurecr.io";
    private static final CredentialKey KEY =
            new CredentialKey(new Pairing(Samples.CLUSTER, Samples.REGISTRY), CredentialKind.ACR_TOKEN);
    private static final Password LISTED =
            new Password("password1@1", Instant.parse("2026-01-01T00:00:00Z"), Instant.parse("2026-04-01T00:00:00Z"));

    @Test
    void secretTellsEachLoginServerThatItOpens() {
        for (ObservedSecret seen : List.of(made(secret(GLOBAL, WEST)), blind(made(secret(GLOBAL, WEST))))) {
            Held.Ours ours = ours(seen);
            assertThat(ours.loginServers()).containsExactly(GLOBAL, WEST);
            assertThat(ours.inputs()).isEqualTo(secret(GLOBAL, WEST).inputs());
            assertThat(seen.opens(Samples.OWNER)).isTrue();
            assertThat(seen.isAsMade(secret(GLOBAL, WEST))).isTrue();
            assertThat(seen.isAsMade(secret(GLOBAL))).isFalse();
        }
    }

    /** Or every secret would be written anew for nothing. */
    @Test
    void secretForOneLoginServerIsTheOneOfYesterday() throws NoSuchAlgorithmException {
        String yesterday = String.join(
                "|", Samples.REGISTRY.toString().toLowerCase(), KEY.name(), KEY.name(), GLOBAL, "password1@1");
        assertThat(secret(GLOBAL).inputs())
                .isEqualTo(HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256")
                                .digest(yesterday.getBytes(StandardCharsets.UTF_8))));
        assertThat(PullSecretManifest.annotations(secret(GLOBAL))).doesNotContainKey("acr-attach/regions");
        assertThat(ours(made(secret(GLOBAL))).loginServers()).containsExactly(GLOBAL);
    }

    @Test
    void hostThatSomebodyAddsIsAnEdit() {
        for (String host : List.of("evil.example", WEST)) {
            Held.Ours ours = ours(holding(secret(GLOBAL), GLOBAL, host));
            assertThat(ours.inputs()).isEmpty();
            assertThat(ours.value()).isEmpty();
        }
    }

    @Test
    void hostThatSomebodyTakesAwayIsAnEdit() {
        assertThat(ours(holding(secret(GLOBAL, WEST), GLOBAL)).inputs()).isEmpty();
    }

    @Test
    void secretForAllRegionsOfTheWorldIsReadAgain() {
        List<String> regions = RegionalHost.in(
                GLOBAL,
                IntStream.range(0, 99)
                        .mapToObj(each -> "averylongregionname" + each)
                        .toList());
        String[] all = Stream.concat(Stream.of(GLOBAL), regions.stream()).toArray(String[]::new);
        assertThat(ours(made(secret(all))).loginServers()).hasSize(65);
    }

    private static Held.Ours ours(ObservedSecret seen) {
        return (Held.Ours) seen.held(Samples.OWNER);
    }

    private static ObservedSecret made(PullSecret secret) {
        return ObservedSecret.of(PullSecretManifest.create(secret, Samples.VERSION));
    }

    /** With what somebody has written in the place of its content. */
    private static ObservedSecret holding(PullSecret secret, String... loginServers) {
        ObjectNode there = PullSecretManifest.create(secret, Samples.VERSION);
        DockerConfig edited = new DockerConfig(List.of(loginServers), KEY.name(), secret.value());
        there.withObject("/data").put(PullSecretManifest.DATA, edited.encoded());
        return ObservedSecret.of(there);
    }

    private static ObservedSecret blind(ObservedSecret seen) {
        return new ObservedSecret(
                seen.uid(),
                seen.resourceVersion(),
                seen.type(),
                seen.manager(),
                seen.annotations(),
                seen.immutable(),
                seen.finalizers(),
                Optional.empty(),
                false);
    }

    /** With a value as long as those of ACR tokens. */
    private static PullSecret secret(String... loginServers) {
        return new PullSecret(
                new PullCredential(KEY, KEY.name(), KEY.name(), Optional.empty(), Optional.empty(), List.of(LISTED)),
                LISTED,
                new Secret("made-up-".repeat(7)),
                List.of(loginServers),
                "acr-attach-acrshop",
                Set.of());
    }
}
