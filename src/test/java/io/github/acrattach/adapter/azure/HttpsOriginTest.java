package io.github.acrattach.adapter.azure;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpsOriginTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://a.example",
                "https://a.example/",
                "https://a.example:443/b?c#d",
                "HTTPS://A.Example",
                "https://a.example:"
            })
    void spellingsOfOneOrigin(String url) {
        assertThat(HttpsOrigin.of(URI.create(url))).contains(new HttpsOrigin("a.example", 443));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://a.example:8443",
                "https://a.example.",
                "https://b.a.example",
                "https://a.example.evil",
                "https://127.0.0.1",
                "https://[::1]"
            })
    void otherOrigins(String url) {
        assertThat(HttpsOrigin.of(URI.create(url))).isPresent().isNotEqualTo(HttpsOrigin.ofHost("a.example"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://a.example",
                "https://me@a.example",
                "https://@a.example",
                "https:a.example",
                "a.example",
                "https:///b",
                "https://a_b"
            })
    void whatIsNone(String url) {
        assertThat(HttpsOrigin.of(URI.create(url))).isEmpty();
    }

    @Test
    void hostMayHaveAPort() {
        assertThat(HttpsOrigin.ofHost("A.example")).contains(new HttpsOrigin("a.example", 443));
        assertThat(HttpsOrigin.ofHost("a.example:8443")).contains(new HttpsOrigin("a.example", 8443));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a.example/b", "a.example?b", "a.example#b", "me@a.example", "a b", "\u212A.example"})
    void whatIsNoHost(String text) {
        assertThat(HttpsOrigin.ofHost(text)).isEmpty();
    }
}
