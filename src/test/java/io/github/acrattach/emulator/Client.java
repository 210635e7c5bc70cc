package io.github.acrattach.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.acrattach.emulator.http.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;

/** Calls an emulator as anybody would who trusts its certificate. */
public record Client(HttpClient http, URI uri, String token) {

    /** One for all who call the same emulator: connections are dear. */
    private static final Map<SSLContext, HttpClient> CLIENTS = Collections.synchronizedMap(new WeakHashMap<>());

    /** Nobody in particular. */
    public static Client of(Emulator emulator) {
        HttpClient shared = CLIENTS.computeIfAbsent(
                emulator.trust(),
                trust -> HttpClient.newBuilder().sslContext(trust).build());
        return new Client(shared, emulator.uri(), "");
    }

    /** Signed in for ARM as a principal of the sample estate. */
    public static Client armAs(Emulator emulator, String appId, String secret) {
        return of(emulator).signedIn(appId, secret, "https://management.azure.com/.default");
    }

    public static Client you(Emulator emulator) {
        return armAs(emulator, Sample.YOU_APP, Sample.YOU_SECRET);
    }

    static Client attach(Emulator emulator) {
        return armAs(emulator, Sample.ATTACH_APP, Sample.ATTACH_SECRET);
    }

    public Client signedIn(String appId, String secret, String scope) {
        return with(signIn(appId, secret, scope).json().path("access_token").asText());
    }

    /** What Entra answers to an application that signs in. */
    Reply signIn(String appId, String secret, String scope) {
        return form(
                "/" + Sample.TENANT + "/oauth2/v2.0/token",
                Map.of(
                        "grant_type",
                        "client_credentials",
                        "client_id",
                        appId,
                        "client_secret",
                        secret,
                        "scope",
                        scope));
    }

    public Client with(String otherToken) {
        return new Client(http, uri, otherToken);
    }

    public Reply get(String path) {
        return send("GET", path, "");
    }

    public Reply put(String path, String body) {
        return send("PUT", path, body);
    }

    public Reply delete(String path) {
        return send("DELETE", path, "");
    }

    public Reply post(String path, String body) {
        return send("POST", path, body);
    }

    /** Has the emulator do what nobody can do in Azure. */
    public JsonNode control(String method, String path, String body) {
        Reply reply = send(method, "/_emulator/" + path, body);
        assertThat(reply.status()).as(reply.text()).isBetween(200, 299);
        return reply.json();
    }

    /** An application as the emulator keeps it, whoever owns it; one that was deleted, too, until it is so for good. */
    public JsonNode registered(String uniqueName) {
        for (JsonNode each : get("/_emulator/applications").json()) {
            if (each.path("uniqueName").asText().equals(uniqueName)) {
                return each;
            }
        }
        throw new AssertionError("There is no application " + uniqueName);
    }

    /** ARM paths without an API version get one. */
    public Reply send(String method, String path, String body) {
        String lower = path.toLowerCase(Locale.ROOT);
        boolean arm = lower.startsWith("/subscriptions") || lower.startsWith("/tenants");
        boolean versioned = !arm || path.contains("api-version");
        String target = versioned ? path : path + (path.contains("?") ? "&" : "?") + "api-version=2025-09-01";
        return sendAsIs(method, target, body);
    }

    Reply sendAsIs(String method, String target, String body) {
        return sendExactly(method, target, body.replace('\'', '"'));
    }

    /** The body may contain apostrophes, such as those of conditions. */
    Reply sendExactly(String method, String target, String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(absolute(target))
                .timeout(Duration.ofSeconds(10))
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        return send(request.build());
    }

    public Reply form(String path, Map<String, String> fields, String... headers) {
        String body = fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        HttpRequest.Builder request = HttpRequest.newBuilder(absolute(path))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        return send(
                headers.length == 0 ? request.build() : request.headers(headers).build());
    }

    public Reply send(HttpRequest request) {
        try {
            HttpResponse<byte[]> answer = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
            return new Reply(answer);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    private URI absolute(String target) {
        return URI.create((target.startsWith("http") ? target : uri + target).replace(" ", "%20"));
    }

    /** An answer. */
    public record Reply(HttpResponse<byte[]> answer) {
        public int status() {
            return answer.statusCode();
        }

        public String header(String name) {
            return answer.headers().firstValue(name).orElse("");
        }

        public String text() {
            return new String(answer.body(), StandardCharsets.UTF_8);
        }

        public JsonNode json() {
            return Json.parse(answer.body()).orElse(Json.object());
        }

        String code() {
            return json().path("error").path("code").asText();
        }

        String message() {
            return json().path("error").path("message").asText();
        }
    }
}
