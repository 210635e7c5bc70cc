package io.github.acrattach.adapter.kubernetes.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.acrattach.domain.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class DockerConfigTest {

    /** As kubectl 1.20 and 1.32 write it for this server, user and password. */
    private static final String KUBECTL = "{\"auths\":{\"acr1.azurecr.io\":{\"username\":"
            + "\"95276699-aa1c-4fb2-8b44-7c9808daae86\",\"password\":\"S~ecr\\\"e\\\\t/+\u00fc\\u003c\\u003e\\u0026\","
            + "\"auth\":\"OTUyNzY2OTktYWExYy00ZmIyLThiNDQtN2M5ODA4ZGFhZTg2OlN+ZWNyImVcdC8rw7w8PiY=\"}}}";

    private static final DockerConfig CONFIG = new DockerConfig(
            List.of("acr1.azurecr.io"), "95276699-aa1c-4fb2-8b44-7c9808daae86", new Secret("S~ecr\"e\\t/+\u00fc<>&"));

    @Test
    void writtenAsKubectlWritesItToTheByte() {
        assertThat(new String(Base64.getDecoder().decode(CONFIG.encoded()), StandardCharsets.UTF_8))
                .isEqualTo(KUBECTL);
        assertThat(DockerConfig.read(CONFIG.encoded()).orElseThrow().says(CONFIG))
                .isTrue();
    }

    @Test
    void severalLoginServersOfOneRegistryHaveTheSameUserAndPassword() {
        DockerConfig both = new DockerConfig(
                List.of("acr1.azurecr.io", "acr1.australiaeast.geo.azurecr.io"), "token", new Secret("made-up"));
        assertThat(DockerConfig.read(both.encoded()).orElseThrow().says(both)).isTrue();
        String auth = "{\"username\":\"token\",\"password\":\"made-up\",\"auth\":\"" + base64("token:made-up") + "\"}";
        String sorted =
                "{\"auths\":{\"acr1.australiaeast.geo.azurecr.io\":" + auth + ",\"acr1.azurecr.io\":" + auth + "}}";
        assertThat(DockerConfig.read(base64(sorted)).orElseThrow().says(both)).isTrue();
        assertThat(DockerConfig.read(base64(sorted.replaceFirst("made-up", "other"))))
                .isEmpty();
        assertThat(DockerConfig.read(base64(sorted.replaceFirst("\"token\"", "\"other\""))))
                .isEmpty();
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void neverPrinted() {
        assertThat(CONFIG.toString()).doesNotContain("S~ecr");
    }

    @Test
    void anythingElseIsNotRead() {
        for (String other : new String[] {
            "%",
            base64(""),
            base64("[]"),
            base64("{\"auths\":{}}"),
            base64("{\"auths\":[]}"),
            base64("{\"auths\":[{}]}"),
            base64("{\"auths\":\"x\"}"),
            base64("{\"auths\":null}"),
            base64(KUBECTL + "}"),
            base64(KUBECTL.replace("OTUy", "OTUz")),
            base64(KUBECTL.replace("\"username\"", "\"user\"")),
            base64(KUBECTL.replace("{\"acr1", "{\"acr2.azurecr.io\":{},\"acr1")),
            base64("[".repeat(100_000))
        }) {
            assertThat(DockerConfig.read(other)).isEmpty();
        }
    }
}
