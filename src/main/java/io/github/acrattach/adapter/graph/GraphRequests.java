package io.github.acrattach.adapter.graph;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpRequest;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.acrattach.adapter.azure.Azure;
import io.github.acrattach.adapter.azure.Pages;
import io.github.acrattach.adapter.azure.Reply;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Microsoft Graph without the SDK, which knows neither unique names nor how to make something only where it is missing. */
final class GraphRequests {

    private final Azure azure;
    private final String root;

    GraphRequests(Azure azure) {
        this.azure = azure;
        root = azure.profile().getEnvironment().getMicrosoftGraphEndpoint().replaceAll("/+$", "") + "/v1.0/";
    }

    Reply get(String path) {
        return send(new HttpRequest(HttpMethod.GET, root + path));
    }

    Reply post(String path, JsonNode body) {
        return send(with(body, HttpMethod.POST, path));
    }

    /** For what is not to happen twice when an answer is lost on its way. */
    Reply postOnce(String path, JsonNode body) {
        return Reply.to(with(body, HttpMethod.POST, path), azure.graphOnce());
    }

    /**
     * Makes the thing where there is none (201), or changes it (204): learn.microsoft.com/graph/api/application-upsert.
     * Never repeated, since the answer then tells nothing of who made it.
     */
    Reply upsertOnce(String path, JsonNode body) {
        return Reply.to(
                with(body, HttpMethod.PATCH, path).setHeader(HttpHeaderName.PREFER, "create-if-missing"),
                azure.graphOnce());
    }

    Reply delete(String path) {
        return send(new HttpRequest(HttpMethod.DELETE, root + path));
    }

    /** Whether Graph itself says that there is no such object; any other 404 is not its word for that. */
    static boolean isUnknown(Reply reply) {
        return reply.status() == 404
                && reply.json().path("error").path("code").asText().equalsIgnoreCase("Request_ResourceNotFound");
    }

    /** All items of a list that may come in pages. */
    List<JsonNode> list(String path) {
        List<JsonNode> items = new ArrayList<>();
        Set<String> links = new HashSet<>();
        String url = root + path;
        while (!url.isEmpty()) {
            JsonNode page = send(new HttpRequest(HttpMethod.GET, url)).orFail().json();
            url = page.path("@odata.nextLink").asText("");
            Pages.follow(url, links);
            page.path("value").forEach(items::add);
        }
        return items;
    }

    private Reply send(HttpRequest request) {
        return Reply.to(request, azure.graph());
    }

    private HttpRequest with(JsonNode body, HttpMethod method, String path) {
        return new HttpRequest(method, root + path)
                .setHeader(HttpHeaderName.CONTENT_TYPE, "application/json")
                .setBody(body.toString());
    }
}
