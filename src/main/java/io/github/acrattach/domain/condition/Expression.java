package io.github.acrattach.domain.condition;

import io.github.acrattach.domain.Glob;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What a condition says, as a tree; values of three kinds, since not everything is understood. */
sealed interface Expression {

    Expression TRUE = new Constant(true);
    Expression FALSE = new Constant(false);

    /** What is left of it for one action: all that depends on the action alone is worked out. */
    Expression forAction(String action);

    /** Whether it holds for a repository; empty where that cannot be told. */
    Optional<Boolean> holdsFor(String repository);

    /** Known, whatever the repository. */
    record Constant(boolean value) implements Expression {
        @Override
        public Expression forAction(String action) {
            return this;
        }

        @Override
        public Optional<Boolean> holdsFor(String repository) {
            return Optional.of(value);
        }
    }

    /** {@code ActionMatches{'..'}}. */
    record ActionMatches(List<String> patterns) implements Expression {
        @Override
        public Expression forAction(String action) {
            return patterns.stream().map(Glob::ofActions).anyMatch(glob -> glob.matches(action)) ? TRUE : FALSE;
        }

        @Override
        public Optional<Boolean> holdsFor(String repository) {
            return Optional.empty();
        }
    }

    /** The repository's name compared with several, one of which is enough. */
    record NameTest(RepositoryNames.Comparison comparison, List<String> values) implements Expression {
        @Override
        public Expression forAction(String action) {
            return this;
        }

        @Override
        public Optional<Boolean> holdsFor(String repository) {
            return Optional.of(values.stream().anyMatch(value -> comparison.matches(repository, value)));
        }
    }

    /** Something that this program does not understand. */
    record Unknown() implements Expression {
        @Override
        public Expression forAction(String action) {
            return this;
        }

        @Override
        public Optional<Boolean> holdsFor(String repository) {
            return Optional.empty();
        }
    }

    /** The contrary. */
    record Not(Expression of) implements Expression {
        @Override
        public Expression forAction(String action) {
            Expression left = of.forAction(action);
            return left instanceof Constant constant ? new Constant(!constant.value()) : new Not(left);
        }

        @Override
        public Optional<Boolean> holdsFor(String repository) {
            return of.holdsFor(repository).map(holds -> !holds);
        }
    }

    /** All of them, or any of them. */
    record Several(boolean all, List<Expression> parts) implements Expression {

        static Expression of(boolean all, List<Expression> parts) {
            Expression decides = all ? FALSE : TRUE;
            Expression neutral = all ? TRUE : FALSE;
            List<Expression> left = parts.stream()
                    .flatMap(part ->
                            part instanceof Several same && same.all() == all ? same.parts().stream() : Stream.of(part))
                    .filter(part -> !part.equals(neutral))
                    .distinct()
                    .toList();
            if (left.contains(decides)) {
                return decides;
            }
            return left.isEmpty() ? neutral : left.size() == 1 ? left.get(0) : new Several(all, left);
        }

        @Override
        public Expression forAction(String action) {
            return of(all, parts.stream().map(part -> part.forAction(action)).toList());
        }

        @Override
        public Optional<Boolean> holdsFor(String repository) {
            List<Optional<Boolean>> values =
                    parts.stream().map(part -> part.holdsFor(repository)).toList();
            if (values.contains(Optional.of(!all))) {
                return Optional.of(!all);
            }
            return values.contains(Optional.<Boolean>empty()) ? Optional.empty() : Optional.of(all);
        }
    }
}
