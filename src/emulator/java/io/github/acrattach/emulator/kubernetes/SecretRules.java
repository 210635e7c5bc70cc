package io.github.acrattach.emulator.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.emulator.http.Json;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** What a secret must hold for its type, and what of it can never change. */
final class SecretRules {
    private static final Pattern KEY = Pattern.compile("[-._a-zA-Z0-9]+");
    private static final int LARGEST = 1024 * 1024;

    /** basic-auth wants one of its two; the others all of theirs: pkg/apis/core/validation/validation.go. */
    private static final Map<String, List<String>> REQUIRED = Map.of(
            "kubernetes.io/dockerconfigjson", List.of(".dockerconfigjson"),
            "kubernetes.io/dockercfg", List.of(".dockercfg"),
            "kubernetes.io/ssh-auth", List.of("ssh-privatekey"),
            "kubernetes.io/tls", List.of("tls.crt", "tls.key"));

    private SecretRules() {}

    static List<Cause> check(ObjectNode secret) {
        List<Cause> causes = new ArrayList<>();
        JsonNode data = secret.path("data");
        long size = 0;
        for (Map.Entry<String, JsonNode> entry : data.properties()) {
            if (!KEY.matcher(entry.getKey()).matches()) {
                causes.add(Cause.invalid(
                        "data[" + entry.getKey() + "]",
                        entry.getKey(),
                        "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',"
                                + "  or 'KEY_NAME',  or 'key-name', regex used for validation is '" + KEY
                                + "')"));
            }
            size += bytes(entry.getValue()).length;
        }
        if (size > LARGEST) {
            causes.add(Cause.tooLong("data", "must have at most " + LARGEST + " bytes"));
        }
        String type = secret.path("type").asText();
        for (String key : REQUIRED.getOrDefault(type, List.of())) {
            if (!data.has(key)) {
                causes.add(Cause.required("data[" + key + "]"));
            } else if (key.startsWith(".docker")
                    && Json.parseObject(bytes(data.get(key))).isEmpty()) {
                causes.add(Cause.invalid(
                        "data[" + key + "]",
                        "<secret contents redacted>",
                        "invalid character or unexpected end of JSON"));
            }
        }
        if (type.equals("kubernetes.io/basic-auth") && !data.has("username") && !data.has("password")) {
            causes.add(Cause.required("data[%s][username]"));
            causes.add(Cause.required("data[%s][password]"));
        }
        if (type.equals("kubernetes.io/service-account-token")
                && !secret.path("metadata").path("annotations").has("kubernetes.io/service-account.name")) {
            causes.add(Cause.required("metadata.annotations[kubernetes.io/service-account.name]"));
        }
        return causes;
    }

    static List<Cause> checkChange(ObjectNode before, ObjectNode after) {
        List<Cause> causes = new ArrayList<>();
        if (!before.path("type").equals(after.path("type"))) {
            causes.add(Cause.invalid("type", after.path("type").asText(), "field is immutable"));
        }
        if (before.path("immutable").asBoolean()) {
            String never = "field is immutable when `immutable` is set";
            if (!after.path("immutable").asBoolean()) {
                causes.add(Cause.forbidden("immutable", never));
            }
            if (!before.path("data").equals(after.path("data"))) {
                causes.add(Cause.forbidden("data", never));
            }
        }
        return causes;
    }

    private static byte[] bytes(JsonNode base64) {
        return Base64.getDecoder().decode(base64.asText());
    }
}
