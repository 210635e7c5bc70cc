package io.github.acrattach.adapter.kubernetes.access;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.github.acrattach.concurrent.Deadline;
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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.Response;
import okio.BufferedSource;

/** The API server of one cluster, as one user. Its calls block; interrupted, they fail. */
public final class ApiServer {

    /** An object of Kubernetes has at most 1.5 MB. */
    private static final int LONGEST_OBJECT = 4 * 1024 * 1024;

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ITEMS_OF_A_PAGE = "500";
    private static final int MOST_PAGES = 200;
    private static final int TRIES = 3;
    private static final Duration FIRST_WAIT = Duration.ofMillis(300);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(3);

    /** Later than that no further try begins: what hangs for seconds hangs again, and an event has 25 s for all. */
    private static final Duration LAST_TRY = Duration.ofSeconds(8);

    private final ApiClient client;
    private final Optional<Secret> bearer;
    private final KubernetesDiagnosis diagnosis;

    public ApiServer(ApiClient client, Optional<Secret> bearer, KubernetesDiagnosis diagnosis) {
        this.client = client;
        this.bearer = bearer;
        this.diagnosis = diagnosis;
    }

    public KubernetesDiagnosis diagnosis() {
        return diagnosis;
    }

    /** Empty when there is no such thing. */
    public Optional<JsonNode> find(ApiRequest request) throws KubernetesFailure {
        try {
            return Optional.of(send(request, List.of(), ApiServer::object));
        } catch (KubernetesFailure failure) {
            if (failure.absent()) {
                return Optional.empty();
            }
            throw failure;
        }
    }

    /** Makes a change; the object as it is then. */
    public JsonNode change(ApiRequest request) throws KubernetesFailure {
        return send(request, List.of(), ApiServer::object);
    }

    /** What is kept of each item, page by page; no more than one item is in memory beside it. */
    public <T> List<T> list(ApiRequest request, Function<JsonNode, Optional<T>> kept) throws KubernetesFailure {
        return list(request, List.of(new Pair("limit", ITEMS_OF_A_PAGE)), kept);
    }

    /** The same of what carries the labels. */
    public <T> List<T> list(ApiRequest request, String labels, Function<JsonNode, Optional<T>> kept)
            throws KubernetesFailure {
        return list(request, List.of(new Pair("limit", ITEMS_OF_A_PAGE), new Pair("labelSelector", labels)), kept);
    }

    private <T> List<T> list(ApiRequest request, List<Pair> first, Function<JsonNode, Optional<T>> kept)
            throws KubernetesFailure {
        List<T> all = new ArrayList<>();
        List<Pair> query = first;
        for (int number = 0; number < MOST_PAGES; number++) {
            Page<T> page = send(request, query, body -> page(body, kept));
            all.addAll(page.items().orElseThrow());
            if (page.next().isEmpty()) {
                return all;
            }
            query = Stream.concat(first.stream(), Stream.of(new Pair("continue", page.next())))
                    .toList();
        }
        throw diagnosis.of(request, new IOException("the list does not end"));
    }

    /** What an answer is read as. */
    private interface Reading<T> {
        T of(BufferedSource body) throws IOException;
    }

    private <T> T send(ApiRequest request, List<Pair> query, Reading<T> reading) throws KubernetesFailure {
        Deadline lastTry = Deadline.in(LAST_TRY);
        for (int attempt = 1; ; attempt++) {
            try {
                return once(request, query, reading);
            } catch (KubernetesFailure failure) {
                Duration wait = failure.retryAfter().orElse(FIRST_WAIT.multipliedBy(attempt));
                // After a conflict it has to be observed again; the rest is safe to repeat: each change names a
                // version.
                if (attempt == TRIES
                        || !failure.passes()
                        || failure.conflict()
                        || wait.compareTo(LONGEST_WAIT) > 0
                        || !lastTry.allows(wait)
                        || !Deadline.pause(wait)) {
                    throw failure;
                }
            }
        }
    }

    private <T> T once(ApiRequest request, List<Pair> query, Reading<T> reading) throws KubernetesFailure {
        Call call = call(request, query);
        CompletableFuture<T> answer = new CompletableFuture<>();
        call.enqueue(new Callback() {
            @Override
            public void onResponse(Call same, Response response) {
                try (response) {
                    answer.complete(read(request, response, reading));
                } catch (IOException broken) {
                    onFailure(same, broken);
                } catch (KubernetesFailure | RuntimeException | Error failure) {
                    answer.completeExceptionally(failure);
                }
            }

            @Override
            public void onFailure(Call same, IOException broken) {
                answer.completeExceptionally(diagnosis.of(request, broken));
            }
        });
        try {
            return Deadline.await(answer, call::cancel);
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof KubernetesFailure failure) {
                throw failure;
            }
            throw new IllegalStateException(failed.getCause());
        }
    }

    private <T> T read(ApiRequest request, Response response, Reading<T> reading)
            throws IOException, KubernetesFailure {
        BufferedSource body = response.body().source();
        if (response.isSuccessful()) {
            return reading.of(body);
        }
        throw diagnosis.of(request, response.code(), status(body), retryAfter(response.header("Retry-After")));
    }

    private Call call(ApiRequest request, List<Pair> query) {
        Map<String, String> headers = new HashMap<>(Map.of("Accept", "application/json"));
        bearer.ifPresent(token -> headers.put("Authorization", "Bearer " + token.reveal()));
        request.body().ifPresent(any -> headers.put("Content-Type", request.contentType()));
        try {
            return client.buildCall(
                    null,
                    request.path(),
                    request.method(),
                    query,
                    List.of(),
                    request.body()
                            .map(json -> json.toString().getBytes(StandardCharsets.UTF_8))
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

    /** An answer of a proxy in between is no JSON object. */
    private static JsonNode object(BufferedSource body) throws IOException {
        if (body.request(LONGEST_OBJECT + 1L)) {
            throw new IOException("the answer is longer than " + LONGEST_OBJECT + " bytes");
        }
        return read(() -> JSON.readTree(body.readByteArray()), JsonNode::isObject);
    }

    /** What reads JSON. */
    private interface Reader<T> {
        T read() throws IOException;
    }

    private static <T> T read(Reader<T> reader, Predicate<T> valid) throws IOException {
        try {
            T read = reader.read();
            if (valid.test(read)) {
                return read;
            }
        } catch (JsonProcessingException e) {
            // The message of the parser could quote a secret.
        }
        throw new IOException("the answer is not one of an API server's");
    }

    private static JsonNode status(BufferedSource body) {
        try {
            return object(body);
        } catch (IOException unreadable) {
            return MissingNode.getInstance();
        }
    }

    /** Some items of a list, and what asks for those that follow. */
    private record Page<T>(Optional<List<T>> items, String next) {}

    /** One that is not whole is none: what it leaves out would be taken for gone. */
    private static <T> Page<T> page(BufferedSource body, Function<JsonNode, Optional<T>> kept) throws IOException {
        return read(
                () -> {
                    Optional<List<T>> items = Optional.empty();
                    String next = "";
                    JsonParser json = JSON.createParser(body.inputStream());
                    json.nextToken();
                    while (json.nextToken() == JsonToken.FIELD_NAME) {
                        String field = json.currentName();
                        json.nextToken();
                        if (field.equals("items")) {
                            items = items(json, kept);
                        } else if (field.equals("metadata")) {
                            next = json.<JsonNode>readValueAsTree()
                                    .path("continue")
                                    .asText("");
                        } else {
                            json.skipChildren();
                        }
                    }
                    return new Page<>(json.currentToken() == JsonToken.END_OBJECT ? items : Optional.empty(), next);
                },
                page -> page.items().isPresent());
    }

    private static <T> Optional<List<T>> items(JsonParser json, Function<JsonNode, Optional<T>> kept)
            throws IOException {
        List<T> items = new ArrayList<>();
        if (json.currentToken() == JsonToken.START_ARRAY) {
            while (json.nextToken() == JsonToken.START_OBJECT) {
                kept.apply(json.readValueAsTree()).ifPresent(items::add);
            }
        }
        boolean whole = json.currentToken() == JsonToken.END_ARRAY || json.currentToken() == JsonToken.VALUE_NULL;
        return whole ? Optional.of(items) : Optional.empty();
    }

    /** Kubernetes says it in seconds. */
    private static Optional<Duration> retryAfter(String header) {
        return header != null && header.matches("\\d{1,5}")
                ? Optional.of(Duration.ofSeconds(Long.parseLong(header)))
                : Optional.empty();
    }
}
