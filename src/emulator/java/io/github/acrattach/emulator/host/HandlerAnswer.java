package io.github.acrattach.emulator.host;

import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;

/** What a handler answered. */
public record HandlerAnswer(int status, HttpHeaders headers, byte[] body) {

    String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    boolean isSuccess() {
        return status >= 200 && status <= 299;
    }
}
