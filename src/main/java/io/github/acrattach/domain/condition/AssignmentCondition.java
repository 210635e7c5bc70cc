package io.github.acrattach.domain.condition;

import java.util.List;
import java.util.Optional;

/**
 * The condition of a role assignment (learn.microsoft.com/azure/role-based-access-control/conditions-format), as far as it
 * says which repositories may be pulled (learn.microsoft.com/azure/container-registry/container-registry-rbac-abac-repository-permissions).
 */
public final class AssignmentCondition {

    private final Expression expression;

    private AssignmentCondition(Expression expression) {
        this.expression = expression;
    }

    /** Whatever is not understood of it makes the answers uncertain, and nothing else. */
    public static AssignmentCondition of(String text) {
        return new AssignmentCondition(ConditionParser.parse(text));
    }

    /** Whether it lets all of the actions through, whatever the repository. */
    public boolean letsAll(List<String> actions) {
        return left(actions).equals(Expression.TRUE);
    }

    /** Whether it lets none of the repositories through. */
    public boolean letsNone(List<String> actions) {
        return left(actions).equals(Expression.FALSE);
    }

    /** The repositories that it lets through; empty where they cannot be named. */
    public Optional<RepositoryNames> repositories(List<String> actions) {
        Expression left = left(actions);
        List<Expression> parts =
                left instanceof Expression.Several several && !several.all() ? several.parts() : List.of(left);
        return parts.stream().allMatch(Expression.NameTest.class::isInstance)
                ? Optional.of(new RepositoryNames(parts.stream()
                        .map(Expression.NameTest.class::cast)
                        .flatMap(test ->
                                test.values().stream().map(value -> new RepositoryNames.Test(test.comparison(), value)))
                        .toList()))
                : Optional.empty();
    }

    /** Whether it lets all of the actions through on a repository; empty where that cannot be told. */
    public Optional<Boolean> lets(List<String> actions, String repository) {
        return left(actions).holdsFor(repository);
    }

    private Expression left(List<String> actions) {
        return Expression.Several.of(
                true, actions.stream().map(expression::forAction).toList());
    }
}
