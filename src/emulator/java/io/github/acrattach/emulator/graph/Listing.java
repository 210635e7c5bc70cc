package io.github.acrattach.emulator.graph;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.emulator.http.Answer;
import io.github.acrattach.emulator.http.Json;
import io.github.acrattach.emulator.http.Query;
import io.github.acrattach.emulator.http.Request;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Answers with one object or with a list of them, as $select, $top and the skip token ask for it. */
record Listing(URI root, String set) {
    private static final int PAGE = 100;
    private static final String SKIP_TOKEN = "$skiptoken";

    ObjectNode entity(ObjectNode body) {
        return Json.object().put("@odata.context", context() + "/$entity").setAll(body);
    }

    Answer one(Request request, ObjectNode body) {
        return Answer.json(200, entity(selected(request.query(), body)));
    }

    Answer list(Request request, List<ObjectNode> items) {
        Query query = request.query();
        int top = query.get("$top").map(Listing::number).orElse(PAGE);
        String after = query.get(SKIP_TOKEN).orElse("");
        List<ObjectNode> rest = items.stream()
                .dropWhile(item -> !after.isEmpty() && !id(item).equals(after))
                .skip(after.isEmpty() ? 0 : 1)
                .toList();
        ObjectNode body = Json.object().put("@odata.context", context());
        if (rest.size() > top) {
            body.put("@odata.nextLink", next(request, id(rest.get(top - 1))));
        }
        return Answer.json(
                200, body.set("value", Json.array(rest.stream().limit(top).map(item -> selected(query, item)))));
    }

    private static ObjectNode selected(Query query, ObjectNode body) {
        return selected(query.get("$select"), query.get("$expand").stream().map(Listing::relation), body);
    }

    /** What is expanded is shown beside what is selected, as is the type of an object in a list of mixed kinds. */
    static ObjectNode selected(Optional<String> select, Stream<String> expanded, ObjectNode body) {
        return select.map(names -> body.deepCopy()
                        .retain(Stream.concat(
                                        Stream.concat(Stream.of("@odata.type"), expanded),
                                        Arrays.stream(names.split(",")).map(String::strip))
                                .toList()))
                .orElse(body);
    }

    private static String relation(String expand) {
        return expand.replaceFirst("\\(.*", "");
    }

    private String next(Request request, String last) {
        String kept = request.query().parameters().entrySet().stream()
                .filter(each -> !each.getKey().equalsIgnoreCase(SKIP_TOKEN))
                .map(each -> each.getKey() + "=" + encode(each.getValue()) + "&")
                .collect(Collectors.joining());
        return root + request.path() + "?" + kept + SKIP_TOKEN + "=" + encode(last);
    }

    private String context() {
        return root + "/v1.0/$metadata#" + set;
    }

    private static int number(String text) {
        try {
            int number = Integer.parseInt(text);
            if (number > 0 && number < 1000) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            // Answered below, as a number out of range is.
        }
        throw new GraphRefusal(GraphError.badRequest(
                "Invalid page size specified: '" + text + "'. Must be between 1 and 999 inclusive."));
    }

    private static String id(ObjectNode item) {
        return item.path("id").asText();
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
