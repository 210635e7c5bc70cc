package io.github.acrattach.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ImageReferenceTest {

    private static final String DIGEST = "sha256:" + "0123456789abcdef".repeat(4);

    @ParameterizedTest
    @CsvSource({
        "acrshop.azurecr.io/web, acrshop.azurecr.io, web, , ",
        "acrshop.azurecr.io/web:1.2, acrshop.azurecr.io, web, 1.2, ",
        "' acrshop.azurecr.io/team/a__b/c-d.e:V_1 ', acrshop.azurecr.io, team/a__b/c-d.e, V_1, ",
        "ACRSHOP.azurecr.io/web:1, acrshop.azurecr.io, web, 1, ",
        "acrshop.azurecr.io:443/web:1, acrshop.azurecr.io, web, 1, ",
        "registry.example:5000/web, registry.example:5000, web, , ",
        "localhost/web, localhost, web, , ",
        "localhost:5000/web:1, localhost:5000, web, 1, ",
        "acrshop.westeurope.geo.azurecr.io/web, acrshop.westeurope.geo.azurecr.io, web, , ",
        "nginx, docker.io, library/nginx, , ",
        "nginx:1.27, docker.io, library/nginx, 1.27, ",
        "team/web:1, docker.io, team/web, 1, ",
        "docker.io/nginx, docker.io, library/nginx, , ",
        "index.docker.io/team/web, docker.io, team/web, , ",
        "mcr.microsoft.com/azuredocs/aks-helloworld:v1, mcr.microsoft.com, azuredocs/aks-helloworld, v1, "
    })
    void partsAreRead(String text, String host, String repository, String tag, String digest) {
        ImageReference image = ImageReference.parse(text);
        assertThat(image.host()).isEqualTo(host);
        assertThat(image.repository()).isEqualTo(repository);
        assertThat(image.tag().orElse(null)).isEqualTo(tag);
        assertThat(image.digest().orElse(null)).isEqualTo(digest);
    }

    @Test
    void digestIsReadBesideATagOrWithoutOne() {
        ImageReference image = ImageReference.parse("acrshop.azurecr.io/web:1@" + DIGEST);
        assertThat(image.tag()).hasValue("1");
        assertThat(image.digest()).hasValue(DIGEST);
        assertThat(image).hasToString("acrshop.azurecr.io/web:1@" + DIGEST);
        assertThat(ImageReference.parse("web@" + DIGEST)).hasToString("docker.io/library/web@" + DIGEST);
    }

    static Stream<String> noImages() {
        return Stream.of(
                "",
                " ",
                "/",
                ":",
                "@",
                ":1",
                "web:",
                "web@",
                "web:1:2",
                "web@sha256:abc",
                "web@" + DIGEST.toUpperCase(java.util.Locale.ROOT),
                "web@md5:" + "0".repeat(32),
                "web@" + DIGEST + "0",
                "web:" + "1".repeat(129),
                "web:-1",
                "Web",
                "acrshop.azurecr.io/Web:1",
                "acrshop.azurecr.io/",
                "acrshop.azurecr.io//web",
                "acrshop.azurecr.io/web/",
                "acrshop.azurecr.io/../web",
                "acrshop.azurecr.io/web..x",
                "acrshop.azurecr.io/web___x",
                "acrshop.azurecr.io/-web",
                "acrshop.azurecr.io/w eb",
                "acrshop.azurecr.io/w\u0000eb",
                "acrshop.azurecr.io/w\neb",
                "acrshop.azurecr.io/w%2Feb",
                "acrshop.azurecr.io/w\u00e9b",
                "acrshop.azurecr.io:/web",
                "acrshop.azurecr.io:x/web",
                "acrshop.azurecr.io:123456/web",
                "-acrshop.azurecr.io/web",
                "acrshop..azurecr.io/web",
                "user@acrshop.azurecr.io/web",
                "https://acrshop.azurecr.io/web",
                "docker://acrshop.azurecr.io/web",
                "acrshop.azurecr.io/web:1;id",
                "acrshop.azurecr.io/$(id)",
                "acrshop.azurecr.io/" + "a/".repeat(200) + "b",
                "a".repeat(100_000));
    }

    @ParameterizedTest
    @MethodSource("noImages")
    void whatIsNoImageIsRefusedWithAReason(String text) {
        assertThatThrownBy(() -> ImageReference.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .satisfies(refusal -> assertThat(refusal.getMessage())
                        .endsWith(".")
                        .hasSizeLessThan(400)
                        .matches("\\p{Print}+")
                        .doesNotContain("$("));
    }
}
