package io.github.acrattach.adapter.azure;

import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpRequest;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads from Azure Resource Manager what no SDK of this program has a client for. */
public final class ArmRequests {

    /** No list that is meant has more pages. */
    private static final int MOST_PAGES = 100;

    private final Azure azure;
    private final String root;

    public ArmRequests(Azure azure) {
        this.azure = azure;
        root = azure.profile().getEnvironment().getResourceManagerEndpoint().replaceAll("/+$", "");
    }

    /** The body of a success; any other answer is a failure. */
    public JsonNode get(String path) {
        return getAt(root + path);
    }

    /** All items of a list that may come in pages. */
    public List<JsonNode> list(String path) {
        List<JsonNode> items = new ArrayList<>();
        Set<String> links = new HashSet<>();
        String url = root + path;
        while (!url.isEmpty()) {
            JsonNode page = getAt(url);
            page.path("value").forEach(items::add);
            url = page.path("nextLink").asText("");
            Pages.follow(url, links);
            if (links.size() > MOST_PAGES) {
                throw Answers.useless("the list has more than " + MOST_PAGES + " pages");
            }
        }
        return items;
    }

    /** A value as it may stand in a query. */
    public static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private JsonNode getAt(String url) {
        JsonNode body = Reply.to(new HttpRequest(HttpMethod.GET, url), azure.arm())
                .orFail()
                .json();
        if (!body.isObject()) {
            throw Answers.useless("the answer is no JSON object");
        }
        return body;
    }
}
