package io.github.acrattach.emulator.graph;

import io.github.acrattach.emulator.estate.Application;
import io.github.acrattach.emulator.http.Query;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The $filter clauses by which clients look for an application; several are joined by and. */
final class ApplicationFilter {
    private static final String TEXT = "'((?:[^']|'')*)'";
    private static final Pattern EQUALITY = Pattern.compile("(id|appId|displayName|uniqueName)\\s+eq\\s+" + TEXT);
    private static final Pattern TAG =
            Pattern.compile("tags/any\\(\\s*(\\w+)\\s*:\\s*\\1\\s+eq\\s+" + TEXT + "\\s*\\)");

    private static final Pattern PREFIX = Pattern.compile("startswith\\(\\s*displayName\\s*,\\s*" + TEXT + "\\s*\\)");

    /** Not one within a text. */
    private static final String AND = "\\s+and\\s+(?=(?:[^']*'[^']*')*[^']*$)";

    private ApplicationFilter() {}

    /** What the $filter of a query lets through: all where there is none. */
    static Predicate<Application> of(Query query) {
        String filter = query.get("$filter").orElse("");
        return filter.isEmpty()
                ? any -> true
                : parse(filter).orElseThrow(() -> new GraphRefusal(GraphError.invalidFilter(filter)));
    }

    /** Empty for a clause that is not understood. */
    private static Optional<Predicate<Application>> parse(String filter) {
        Optional<Predicate<Application>> all = Optional.of(any -> true);
        for (String clause : filter.split(AND)) {
            Optional<Predicate<Application>> next = clause(clause.strip());
            all = all.flatMap(before -> next.map(before::and));
        }
        return all;
    }

    private static Optional<Predicate<Application>> clause(String clause) {
        Matcher equality = EQUALITY.matcher(clause);
        if (equality.matches()) {
            return Optional.of(byField(equality.group(1), unquoted(equality.group(2))));
        }
        Matcher tag = TAG.matcher(clause);
        if (tag.matches()) {
            String wanted = unquoted(tag.group(2));
            return Optional.of(
                    application -> application.description().tags().stream().anyMatch(wanted::equalsIgnoreCase));
        }
        Matcher prefix = PREFIX.matcher(clause);
        if (prefix.matches()) {
            String wanted = unquoted(prefix.group(1));
            return Optional.of(application ->
                    application.description().displayName().regionMatches(true, 0, wanted, 0, wanted.length()));
        }
        return Optional.empty();
    }

    private static Predicate<Application> byField(String field, String value) {
        return switch (field) {
            case "id" -> application -> application.id().equalsIgnoreCase(value);
            case "appId" -> application -> application.appId().equalsIgnoreCase(value);
            case "uniqueName" ->
                application -> application.uniqueName().filter(value::equals).isPresent();
            default -> application -> application.description().displayName().equalsIgnoreCase(value);
        };
    }

    private static String unquoted(String text) {
        return text.replace("''", "'");
    }
}
