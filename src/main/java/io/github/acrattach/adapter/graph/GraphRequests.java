package io.github.acrattach.adapter.graph;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpRequest;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.acrattach.adapter.azure.Azure;
import io.github.acrattach.adapter.azure.Reply;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import reactor.core.publisher.Mono;

/** Microsoft Graph without the SDK, which knows neither unique names nor how to make something only where it is missing. */
final class GraphRequests {

    private final Azure azure;
    private final String root;

    GraphRequests(Azure azure) {
        this.azure = azure;
        root = azure.profile().getEnvironment().getMicrosoftGraphEndpoint().replaceAll("/+$", "") + "/v1.0/";
    }

    Mono<Reply> get(String path) {
        return send(new HttpRequest(HttpMethod.GET, root + path));
    }

    Mono<Reply> post(String path, JsonNode body) {
        return send(with(body, new HttpRequest(HttpMethod.POST, root + path)));
    }

    /** For what is not to happen twice when an answer is lost on its way. */
    Mono<Reply> postOnce(String path, JsonNode body) {
        return Mono.defer(() -> Reply.to(with(body, new HttpRequest(HttpMethod.POST, root + path)), azure.graphOnce()));
    }

    /** Changes the thing, or makes it where there is none: learn.microsoft.com/graph/api/application-upsert. */
    Mono<Reply> upsert(String path, JsonNode body) {
        return send(with(body, new HttpRequest(HttpMethod.PATCH, root + path))
                .setHeader(HttpHeaderName.PREFER, "create-if-missing"));
    }

    Mono<Reply> delete(String path) {
        return send(new HttpRequest(HttpMethod.DELETE, root + path));
    }

    /** All items of a list that may come in pages. */
    Mono<List<JsonNode>> list(String path) {
        Set<String> read = new HashSet<>();
        return page(root + path)
                .expand(page -> next(page, read))
                .concatMapIterable(page -> {
                    List<JsonNode> items = new ArrayList<>();
                    page.path("value").forEach(items::add);
                    return items;
                })
                .collectList();
    }

    /** The answer if it is a success, and a failure otherwise. */
    static Mono<Reply> succeeded(Reply reply) {
        return reply.succeeded() ? Mono.just(reply) : Mono.error(reply.failure());
    }

    private Mono<JsonNode> page(String url) {
        return send(new HttpRequest(HttpMethod.GET, url))
                .flatMap(GraphRequests::succeeded)
                .map(Reply::json);
    }

    private Mono<JsonNode> next(JsonNode page, Set<String> read) {
        String link = page.path("@odata.nextLink").asText("");
        if (link.isEmpty()) {
            return Mono.empty();
        }
        return read.add(link)
                ? page(link)
                : Mono.error(() -> new IOException("the pages of a list lead back to themselves"));
    }

    private Mono<Reply> send(HttpRequest request) {
        return Mono.defer(() -> Reply.to(request.copy(), azure.graph()));
    }

    private static HttpRequest with(JsonNode body, HttpRequest request) {
        return request.setHeader(HttpHeaderName.CONTENT_TYPE, "application/json")
                .setBody(body.toString());
    }
}
