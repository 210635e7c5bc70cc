package io.github.acrattach.emulator.acr;

import io.github.acrattach.emulator.http.Request;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** A user name and a password as an Authorization header carries them. */
record Basic(String user, String password) {

    static boolean isIn(Request request) {
        return request.header("Authorization")
                .filter(header -> header.regionMatches(true, 0, "Basic ", 0, 6))
                .isPresent();
    }

    /** Empty when the header is malformed. */
    static Optional<Basic> read(Request request) {
        try {
            String pair = new String(
                    Base64.getDecoder()
                            .decode(request.header("Authorization")
                                    .orElse("Basic ")
                                    .substring(6)
                                    .strip()),
                    StandardCharsets.UTF_8);
            int colon = pair.indexOf(':');
            return colon < 0
                    ? Optional.empty()
                    : Optional.of(new Basic(pair.substring(0, colon), pair.substring(colon + 1)));
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return user;
    }
}
