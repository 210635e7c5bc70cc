package io.github.acrattach.domain.installation;

import io.github.acrattach.domain.PullRole;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The condition of a role assignment (learn.microsoft.com/azure/role-based-access-control/conditions-format), as far as it
 * bounds what may be granted. It is recognised, not evaluated: one that is written otherwise may bound as well.
 */
record GrantCondition(String text) {

    private static final Pattern GUID = Pattern.compile("\\p{XDigit}{8}(?:-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");

    private static final Set<String> PULL_ROLES = Stream.of(PullRole.values())
            .map(role -> role.definition().toString())
            .collect(Collectors.toUnmodifiableSet());

    private static final String ATTRIBUTE = "@request[microsoft.authorization/roleassignments:";

    /** What it has to say of a role assignment that is to be made. */
    private static final Pattern OF_WRITE = Pattern.compile(Pattern.quote(
                    "(!(actionmatches{'microsoft.authorization/roleassignments/write'}))or(" + ATTRIBUTE
                            + "roledefinitionid]foranyofanyvalues:guidequals{")
            + "[^}]+}and"
            + Pattern.quote(ATTRIBUTE + "principaltype]foranyofanyvalues:stringequalsignorecase{'serviceprincipal'})"));

    private static final Pattern ACTION = Pattern.compile("actionmatches");
    private static final Pattern OR = Pattern.compile("\\bor\\b|[|][|]");
    private static final Pattern NOT = Pattern.compile("!|\\bnot\\b");

    /** Whether it is seen to allow the two pull roles, for service principals, and nothing else. */
    boolean boundsToPullRoles() {
        String condition = text.toLowerCase(Locale.ROOT);
        long actions = count(ACTION, condition);
        return OF_WRITE.matcher(condition.replaceAll("\\s+", "")).find()
                && GUID.matcher(condition).results().map(MatchResult::group).allMatch(PULL_ROLES::contains)
                // Each action has one of both; with one more, the other side may be enough, or the contrary be said.
                && count(OR, condition) == actions
                && count(NOT, condition) == actions;
    }

    private static long count(Pattern what, String condition) {
        return what.matcher(condition).results().count();
    }
}
