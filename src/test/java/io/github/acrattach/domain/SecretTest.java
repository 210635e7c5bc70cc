package io.github.acrattach.domain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SecretTest {

    @Test
    void isRevealedButNeverPrinted() {
        Secret secret = new Secret("p4ss");
        assertThat(secret.reveal()).isEqualTo("p4ss");
        assertThat(secret).hasToString("********");
        assertThat("" + secret).doesNotContain("p4ss");
    }
}
