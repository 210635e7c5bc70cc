package io.github.acrattach.emulator.arm;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A path with {variables}, compared without case; {scope*} stands for any scope, the root (empty) included. */
final class PathTemplate {
    private static final Pattern VARIABLE = Pattern.compile("\\{(\\w+)(\\*?)}");

    private final Pattern pattern;
    private final List<String> names = new ArrayList<>();
    private final boolean item;

    PathTemplate(String template) {
        StringBuilder regex = new StringBuilder();
        Matcher variable = VARIABLE.matcher(template);
        int from = 0;
        while (variable.find()) {
            regex.append(Pattern.quote(template.substring(from, variable.start())));
            regex.append(variable.group(2).isEmpty() ? "([^/]+)" : "(|/.+?)");
            names.add(variable.group(1));
            from = variable.end();
        }
        regex.append(Pattern.quote(template.substring(from)));
        this.pattern = Pattern.compile(regex.toString(), Pattern.CASE_INSENSITIVE);
        this.item = template.endsWith("}");
    }

    Optional<Map<String, String>> match(String path) {
        Matcher matcher = pattern.matcher(path);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        Map<String, String> variables = new HashMap<>();
        for (int i = 0; i < names.size(); i++) {
            variables.put(names.get(i), matcher.group(i + 1));
        }
        return Optional.of(variables);
    }

    /** What a right is checked against: the thing itself, or for a collection or an action whatever holds it. */
    String scope(String path) {
        return item ? path : path.substring(0, Math.max(path.lastIndexOf('/'), 0));
    }
}
