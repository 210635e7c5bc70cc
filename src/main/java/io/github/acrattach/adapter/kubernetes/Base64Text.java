package io.github.acrattach.adapter.kubernetes;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** Text as Kubernetes carries it in secrets. */
final class Base64Text {

    private Base64Text() {}

    static String of(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Empty when it is not base64. */
    static Optional<String> read(String encoded) {
        try {
            return Optional.of(new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
