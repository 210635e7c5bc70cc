package io.github.acrattach.emulator.arm.authorization;

import io.github.acrattach.emulator.arm.ArmError;
import io.github.acrattach.emulator.arm.Call;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The part of OData's $filter that ARM clients use here: equalities and one-argument functions, joined by and. */
public final class ODataFilter {
    private static final Pattern EQUALITY = Pattern.compile("(\\w+)\\s+eq\\s+'([^']*)'", Pattern.CASE_INSENSITIVE);
    private static final Pattern FUNCTION = Pattern.compile("(\\w+)\\(\\s*(?:'([^']*)')?\\s*\\)");

    private final Map<String, String> conditions;

    private ODataFilter(Map<String, String> conditions) {
        this.conditions = conditions;
    }

    /** Refuses a filter that names anything but the terms given. */
    public static ODataFilter of(Call call, String... terms) {
        Map<String, String> conditions = new HashMap<>();
        for (String clause : call.request().query().get("$filter").orElse("").split("(?i)\\s+and\\s+")) {
            String text = clause.strip();
            if (text.isEmpty()) {
                continue;
            }
            Matcher term = Arrays.stream(new Pattern[] {EQUALITY, FUNCTION})
                    .map(pattern -> pattern.matcher(text))
                    .filter(Matcher::matches)
                    .filter(matcher -> List.of(terms).stream().anyMatch(matcher.group(1)::equalsIgnoreCase))
                    .findFirst()
                    .orElseThrow(() -> ArmError.badRequest(
                            "InvalidFilterInQueryString", "The filter '" + text + "' is not supported."));
            conditions.put(
                    term.group(1).toLowerCase(Locale.ROOT),
                    Optional.ofNullable(term.group(2)).orElse(""));
        }
        return new ODataFilter(conditions);
    }

    public boolean has(String term) {
        return conditions.containsKey(term.toLowerCase(Locale.ROOT));
    }

    Optional<String> value(String term) {
        return Optional.ofNullable(conditions.get(term.toLowerCase(Locale.ROOT)));
    }

    /** True when the filter does not mention the term, too. */
    public boolean accepts(String term, String value) {
        return !has(term) || conditions.get(term.toLowerCase(Locale.ROOT)).equalsIgnoreCase(value);
    }
}
