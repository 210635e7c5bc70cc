package io.github.acrattach.adapter.azure;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.util.Base64;

/** What a token says of itself (RFC 7519); read for what is told about it, never trusted. */
public final class Claims {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Claims() {}

    /** The claims; missing when the token is opaque. */
    public static JsonNode in(String token) {
        String[] parts = token.split("\\.");
        try {
            return parts.length == 3
                    ? JSON.readTree(Base64.getUrlDecoder().decode(parts[1]))
                    : MissingNode.getInstance();
        } catch (IOException | IllegalArgumentException opaque) {
            return MissingNode.getInstance();
        }
    }
}
