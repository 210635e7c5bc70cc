package io.github.acrattach.emulator.graph;

import io.github.acrattach.emulator.estate.Principal;
import io.github.acrattach.emulator.http.Query;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The $filter clauses by which clients look for a service principal; {@code in} takes 15 values and no more. */
final class PrincipalFilter {
    private static final Pattern EQUALITY = Pattern.compile("(appId|displayName|id)\\s+eq\\s+'([^']*)'");
    private static final Pattern MEMBERSHIP =
            Pattern.compile("id\\s+in\\s+\\(\\s*('[^']*'(?:\\s*,\\s*'[^']*'){0,14})\\s*\\)");
    private static final Pattern NAMES =
            Pattern.compile("(servicePrincipalNames)/any\\(\\s*(\\w+)\\s*:\\s*\\2\\s+eq\\s+'([^']*)'\\s*\\)");
    private static final Pattern PREFIX = Pattern.compile("startswith\\(\\s*displayName\\s*,\\s*'([^']*)'\\s*\\)");

    private PrincipalFilter() {}

    /** What the $filter of a query lets through: all where there is none. */
    static Predicate<Principal> of(Query query) {
        String filter = query.get("$filter").orElse("");
        return filter.isEmpty()
                ? any -> true
                : parse(filter).orElseThrow(() -> new GraphRefusal(GraphError.invalidFilter(filter)));
    }

    /** Empty for a clause that is not understood. */
    private static Optional<Predicate<Principal>> parse(String filter) {
        Matcher equality = EQUALITY.matcher(filter.strip());
        if (equality.matches()) {
            return Optional.of(byField(equality.group(1), equality.group(2)));
        }
        Matcher membership = MEMBERSHIP.matcher(filter.strip());
        if (membership.matches()) {
            Set<String> ids = Set.of(lower(membership.group(1)).replace("'", "").split("\\s*,\\s*"));
            return Optional.of(principal -> ids.contains(lower(principal.objectId())));
        }
        Matcher names = NAMES.matcher(filter.strip());
        if (names.matches()) {
            return Optional.of(byField("appId", names.group(3)));
        }
        Matcher prefix = PREFIX.matcher(filter.strip());
        return prefix.matches()
                ? Optional.of(principal -> lower(principal.displayName()).startsWith(lower(prefix.group(1))))
                : Optional.empty();
    }

    private static Predicate<Principal> byField(String field, String value) {
        return switch (field) {
            case "appId" ->
                principal -> principal.appId().filter(value::equalsIgnoreCase).isPresent();
            case "displayName" -> principal -> principal.displayName().equalsIgnoreCase(value);
            default -> principal -> principal.objectId().equalsIgnoreCase(value);
        };
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
