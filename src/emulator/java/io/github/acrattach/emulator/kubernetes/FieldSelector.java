package io.github.acrattach.emulator.kubernetes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The requirements of a fieldSelector; few fields can be chosen by. */
record FieldSelector(List<Predicate<ObjectNode>> requirements) implements Predicate<ObjectNode> {
    private static final Pattern REQUIREMENT = Pattern.compile("(?<field>[^=!]+)(?<sign>==|=|!=)(?<value>.*)");

    static FieldSelector parse(Kind kind, String text) {
        List<Predicate<ObjectNode>> requirements = new ArrayList<>();
        for (String part : text.split(",")) {
            if (!part.isBlank()) {
                requirements.add(requirement(kind, part));
            }
        }
        return new FieldSelector(requirements);
    }

    @Override
    public boolean test(ObjectNode object) {
        return requirements.stream().allMatch(requirement -> requirement.test(object));
    }

    private static Predicate<ObjectNode> requirement(Kind kind, String part) {
        Matcher matcher = REQUIREMENT.matcher(part);
        if (!matcher.matches()) {
            throw Refusal.badRequest("invalid selector: '" + part + "'; can't understand '" + part + "'");
        }
        String field = matcher.group("field");
        boolean known =
                switch (field) {
                    case "metadata.name", "metadata.namespace" -> true;
                    case "type" -> kind == Kind.SECRET;
                    case "status.phase" -> kind == Kind.NAMESPACE;
                    default -> false;
                };
        if (!known) {
            throw Refusal.badRequest("field label not supported: " + field);
        }
        boolean not = matcher.group("sign").equals("!=");
        String pointer = "/" + field.replace('.', '/');
        return object -> object.at(pointer).asText().equals(matcher.group("value")) != not;
    }
}
