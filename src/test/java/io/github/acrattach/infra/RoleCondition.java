package io.github.acrattach.infra;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A condition of a role assignment, parsed and evaluated as far as the conditions here need it: {@code AND}, {@code OR},
 * {@code !}, brackets, {@code ActionMatches}, and {@code ForAnyOfAnyValues} of GUIDs and of text without case
 * (learn.microsoft.com/azure/role-based-access-control/conditions-format). What it does not know is an error. An
 * attribute that a request does not have makes its comparison false, as in Azure.
 */
final class RoleCondition {

    /** What somebody asks for: an action on a role assignment, with the attributes that it has or is to have. */
    record Act(String action, String source, String role, String principalType) {

        private String attribute(String from, String name) {
            if (!from.equals(source)) {
                return "";
            }
            return switch (name) {
                case "Microsoft.Authorization/roleAssignments:RoleDefinitionId" -> role;
                case "Microsoft.Authorization/roleAssignments:PrincipalType" -> principalType;
                default -> throw new IllegalArgumentException("There is no attribute " + name);
            };
        }
    }

    private interface Expression {
        boolean holds(Act act);
    }

    private static final Pattern TOKEN = Pattern.compile("\\s*(ActionMatches\\{'[^']*'}|@\\w+\\[[^]]*]"
            + "|ForAnyOfAnyValues:\\w+|\\{[^}]*}|AND\\b|OR\\b|[()!])\\s*");

    private final List<String> tokens = new ArrayList<>();
    private final Expression whole;
    private int next;

    private RoleCondition(String text) {
        Matcher token = TOKEN.matcher(text);
        int end = 0;
        while (end < text.length()) {
            if (!token.find(end) || token.start() != end) {
                throw new IllegalArgumentException("Cannot read the condition at: " + text.substring(end));
            }
            tokens.add(token.group(1));
            end = token.end();
        }
        whole = or();
        if (next != tokens.size()) {
            throw new IllegalArgumentException("The condition goes on after its end: " + tokens.get(next));
        }
    }

    static RoleCondition parse(String text) {
        return new RoleCondition(text);
    }

    boolean allows(Act act) {
        return whole.holds(act);
    }

    private Expression or() {
        Expression left = and();
        while (comes("OR")) {
            Expression first = left;
            Expression second = and();
            left = act -> first.holds(act) || second.holds(act);
        }
        return left;
    }

    private Expression and() {
        Expression left = not();
        while (comes("AND")) {
            Expression first = left;
            Expression second = not();
            left = act -> first.holds(act) && second.holds(act);
        }
        return left;
    }

    private Expression not() {
        if (comes("!")) {
            Expression inner = not();
            return act -> !inner.holds(act);
        }
        if (comes("(")) {
            Expression inner = or();
            if (!comes(")")) {
                throw new IllegalArgumentException("A bracket is not closed.");
            }
            return inner;
        }
        return comparison();
    }

    private Expression comparison() {
        String token = tokens.get(next++);
        if (token.startsWith("ActionMatches")) {
            String action = token.substring(token.indexOf('\'') + 1, token.lastIndexOf('\''));
            return act -> act.action().equalsIgnoreCase(action);
        }
        if (!token.startsWith("@")) {
            throw new IllegalArgumentException("No comparison: " + token);
        }
        String source = token.substring(1, token.indexOf('['));
        String attribute = token.substring(token.indexOf('[') + 1, token.length() - 1);
        String operator = tokens.get(next++);
        if (!Set.of("ForAnyOfAnyValues:GuidEquals", "ForAnyOfAnyValues:StringEqualsIgnoreCase")
                .contains(operator)) {
            throw new IllegalArgumentException("No operator: " + operator);
        }
        Set<String> values = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        String list = tokens.get(next++);
        for (String value : list.substring(1, list.length() - 1).split(",")) {
            values.add(value.strip().replace("'", ""));
        }
        return act -> values.contains(act.attribute(source, attribute));
    }

    private boolean comes(String token) {
        if (next < tokens.size() && tokens.get(next).equals(token)) {
            next++;
            return true;
        }
        return false;
    }
}
