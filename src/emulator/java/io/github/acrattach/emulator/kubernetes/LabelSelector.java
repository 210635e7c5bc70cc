package io.github.acrattach.emulator.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The requirements of a labelSelector, all of which a chosen object meets. */
record LabelSelector(List<Predicate<JsonNode>> requirements) implements Predicate<ObjectNode> {
    private static final String NAME = "(?<key>[-A-Za-z0-9_./]+)";
    private static final Pattern SET =
            Pattern.compile(NAME + "\\s+(?<not>not)?in\\s*\\((?<values>[-A-Za-z0-9_.,\\s]*)\\)");
    private static final Pattern EQUALS = Pattern.compile(NAME + "\\s*(?<sign>==|=|!=)\\s*(?<value>[-A-Za-z0-9_.]*)");
    private static final Pattern EXISTS = Pattern.compile("(?<not>!?)\\s*" + NAME);

    static LabelSelector parse(String text) {
        List<Predicate<JsonNode>> requirements = new ArrayList<>();
        // A comma between brackets separates values, not requirements.
        for (String part : text.split(",(?![^(]*\\))")) {
            if (!text.isBlank()) {
                requirements.add(requirement(part.strip()));
            }
        }
        return new LabelSelector(requirements);
    }

    @Override
    public boolean test(ObjectNode object) {
        JsonNode labels = object.path("metadata").path("labels");
        return requirements.stream().allMatch(requirement -> requirement.test(labels));
    }

    private static Predicate<JsonNode> requirement(String part) {
        Matcher equals = EQUALS.matcher(part);
        if (equals.matches()) {
            return in(
                    equals.group("key"),
                    Set.of(equals.group("value")),
                    equals.group("sign").equals("!="));
        }
        Matcher set = SET.matcher(part);
        if (set.matches()) {
            Set<String> values = Arrays.stream(set.group("values").split(","))
                    .map(String::strip)
                    .collect(Collectors.toSet());
            return in(set.group("key"), values, set.group("not") != null);
        }
        Matcher exists = EXISTS.matcher(part);
        if (exists.matches()) {
            String key = exists.group("key");
            boolean not = !exists.group("not").isEmpty();
            return labels -> labels.has(key) != not;
        }
        throw Refusal.badRequest("unable to parse requirement: " + part);
    }

    /** Whoever lacks the label is not in the set. */
    private static Predicate<JsonNode> in(String key, Set<String> values, boolean not) {
        return labels -> (labels.has(key) && values.contains(labels.get(key).asText())) != not;
    }
}
