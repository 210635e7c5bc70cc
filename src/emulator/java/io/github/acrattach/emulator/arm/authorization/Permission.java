package io.github.acrattach.emulator.arm.authorization;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.emulator.http.Json;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Actions less those that are taken out again, as roles allow and deny assignments refuse them; a star stands for any rest:
 * learn.microsoft.com/azure/role-based-access-control/role-definitions.
 */
record Permission(
        List<Pattern> actions,
        List<Pattern> notActions,
        List<Pattern> dataActions,
        List<Pattern> notDataActions,
        Optional<String> condition,
        JsonNode body) {
    private static final List<String> KINDS = List.of("actions", "notActions", "dataActions", "notDataActions");

    /** What is left out is empty. */
    static Permission of(JsonNode node) {
        ObjectNode body = Json.object();
        KINDS.forEach(kind -> body.set(kind, node.has(kind) ? node.get(kind) : Json.array(Stream.empty())));
        return new Permission(
                patterns(body.get("actions")),
                patterns(body.get("notActions")),
                patterns(body.get("dataActions")),
                patterns(body.get("notDataActions")),
                Json.text(node, "condition"),
                body);
    }

    boolean covers(String action) {
        return matches(actions, action) && !matches(notActions, action);
    }

    boolean coversData(String dataAction) {
        return matches(dataActions, dataAction) && !matches(notDataActions, dataAction);
    }

    private static boolean matches(List<Pattern> patterns, String action) {
        return patterns.stream().anyMatch(each -> each.matcher(action).matches());
    }

    private static List<Pattern> patterns(JsonNode actions) {
        return StreamSupport.stream(actions.spliterator(), false)
                .map(action -> pattern(action.asText()))
                .toList();
    }

    /** Of a text with stars. */
    static Pattern pattern(String text) {
        return Pattern.compile(
                Arrays.stream(text.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*")),
                Pattern.CASE_INSENSITIVE);
    }
}
