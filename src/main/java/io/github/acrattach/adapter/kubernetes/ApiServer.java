package io.github.acrattach.adapter.kubernetes;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.github.acrattach.domain.Secret;
import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.openapi.Pair;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import okhttp3.Call;
import okhttp3.Response;
import okio.BufferedSource;

/** The API server of one cluster, as one user. Its calls block. */
final class ApiServer {

    private static final int LONGEST_ANSWER = 16 * 1024 * 1024;
    private static final int MOST_PAGES = 200;
    private static final int TRIES = 3;
    private static final Duration FIRST_WAIT = Duration.ofMillis(300);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(3);

    /** Later than that no further try begins: what hangs for seconds hangs again, and an event has 25 s for all. */
    private static final Duration LAST_TRY = Duration.ofSeconds(8);

    private final ApiClient client;
    private final Optional<Secret> bearer;
    private final KubernetesDiagnosis diagnosis;

    ApiServer(ApiClient client, Optional<Secret> bearer, KubernetesDiagnosis diagnosis) {
        this.client = client;
        this.bearer = bearer;
        this.diagnosis = diagnosis;
    }

    KubernetesDiagnosis diagnosis() {
        return diagnosis;
    }

    /** Empty when there is no such thing. */
    Optional<JsonObject> find(Ask ask) throws KubernetesFailure {
        try {
            return Optional.of(send(ask, List.of(), Optional.empty()));
        } catch (KubernetesFailure failure) {
            if (failure.absent()) {
                return Optional.empty();
            }
            throw failure;
        }
    }

    JsonObject write(Ask ask, JsonObject body) throws KubernetesFailure {
        return send(ask, List.of(), Optional.of(body));
    }

    /** Deletes exactly the thing that was read, and none that has taken its place; finalizers can keep it. */
    JsonObject delete(Ask ask, JsonObject read) throws KubernetesFailure {
        JsonObject options = new JsonObject();
        options.addProperty("apiVersion", "v1");
        options.addProperty("kind", "DeleteOptions");
        JsonObject only = Fields.within(options, "preconditions");
        Fields.text(read, "metadata", "uid").ifPresent(uid -> only.addProperty("uid", uid));
        Fields.text(read, "metadata", "resourceVersion")
                .ifPresent(version -> only.addProperty("resourceVersion", version));
        return send(ask, List.of(), Optional.of(options));
    }

    /** All of them, page by page. */
    List<JsonObject> list(Ask ask) throws KubernetesFailure {
        List<JsonObject> all = new ArrayList<>();
        Optional<String> next = Optional.empty();
        for (int page = 0; page < MOST_PAGES; page++) {
            List<Pair> query = new ArrayList<>(List.of(new Pair("limit", "500")));
            next.ifPresent(token -> query.add(new Pair("continue", token)));
            JsonObject answer = send(ask, query, Optional.empty());
            all.addAll(Fields.objects(answer, "items"));
            next = Fields.text(answer, "metadata", "continue").filter(token -> !token.isEmpty());
            if (next.isEmpty()) {
                return all;
            }
        }
        throw diagnosis.of(ask, new IOException("the list does not end"));
    }

    private JsonObject send(Ask ask, List<Pair> query, Optional<JsonObject> body) throws KubernetesFailure {
        Deadline lastTry = Deadline.in(LAST_TRY);
        for (int attempt = 1; ; attempt++) {
            try {
                return once(ask, query, body);
            } catch (KubernetesFailure failure) {
                Duration wait = failure.retryAfter().orElse(FIRST_WAIT.multipliedBy(attempt));
                // After a conflict, whoever asks has to read again; the rest is safe to repeat: each write names a
                // version.
                if (attempt == TRIES
                        || !failure.passes()
                        || failure.conflict()
                        || wait.compareTo(LONGEST_WAIT) > 0
                        || !lastTry.allows(wait)
                        || !Pause.of(wait)) {
                    throw failure;
                }
            }
        }
    }

    private JsonObject once(Ask ask, List<Pair> query, Optional<JsonObject> body) throws KubernetesFailure {
        try (Response response = call(ask, query, body).execute()) {
            Optional<JsonObject> answer = json(response);
            if (!response.isSuccessful()) {
                throw diagnosis.of(
                        ask,
                        response.code(),
                        answer.orElseGet(JsonObject::new),
                        retryAfter(response.header("Retry-After")));
            }
            return answer.orElseThrow(() -> new IOException("the answer is not one of an API server's"));
        } catch (IOException e) {
            throw diagnosis.of(ask, e);
        }
    }

    private Call call(Ask ask, List<Pair> query, Optional<JsonObject> body) {
        Map<String, String> headers = new HashMap<>(Map.of("Accept", "application/json"));
        bearer.ifPresent(token -> headers.put("Authorization", "Bearer " + token.reveal()));
        body.ifPresent(any -> headers.put("Content-Type", "application/json"));
        try {
            return client.buildCall(
                    null,
                    ask.path(),
                    ask.method(),
                    query,
                    List.of(),
                    body.map(json -> json.toString().getBytes(StandardCharsets.UTF_8))
                            .orElse(null),
                    headers,
                    Map.of(),
                    Map.of(),
                    new String[0],
                    null);
        } catch (ApiException e) {
            throw new IllegalStateException("A request of bytes can always be built.", e);
        }
    }

    /** Empty when it is no JSON object, as that of a proxy in between. */
    private static Optional<JsonObject> json(Response response) throws IOException {
        BufferedSource source = response.body().source();
        if (source.request(LONGEST_ANSWER + 1L)) {
            throw new IOException("the answer is longer than " + LONGEST_ANSWER + " bytes");
        }
        try {
            JsonElement answer = JsonParser.parseString(source.readString(StandardCharsets.UTF_8));
            return answer instanceof JsonObject object ? Optional.of(object) : Optional.empty();
        } catch (JsonParseException | StackOverflowError e) {
            // The message of the parser could quote a secret.
            return Optional.empty();
        }
    }

    /** Kubernetes says it in seconds. */
    private static Optional<Duration> retryAfter(String header) {
        return header != null && header.matches("\\d{1,5}")
                ? Optional.of(Duration.ofSeconds(Long.parseLong(header)))
                : Optional.empty();
    }
}
