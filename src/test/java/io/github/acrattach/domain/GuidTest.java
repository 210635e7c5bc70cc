package io.github.acrattach.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class GuidTest {

    private static final UUID DNS = UUID.fromString("6ba7b810-9dad-11d1-80b4-00c04fd430c8");

    @Test
    void namedIdsAreThoseOfTheStandard() {
        assertThat(Guid.named(DNS, "www.example.com")).hasToString("2ed6657d-e927-568b-95e1-2665a8aea6a2");
        assertThat(Guid.named(DNS, "python.org")).hasToString("886313e1-3b8a-5372-9b90-0c9aee199e5d");
    }

    @Test
    void anyCasingIsRead() {
        assertThat(Guid.parse("7F951DDA-4ed3-4680-a7ca-43fe172d538d"))
                .contains(UUID.fromString("7f951dda-4ed3-4680-a7ca-43fe172d538d"));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "msi",
                "1-1-1-1-1",
                "00000000-0000-0000-0000-000000000000",
                "7f951dda4ed34680a7ca43fe172d538d",
                "7f951dda-4ed3-4680-a7ca-43fe172d538d "
            })
    void whatIsNoGuidIsNotGuessed(String text) {
        assertThat(Guid.parse(text)).isEmpty();
    }
}
