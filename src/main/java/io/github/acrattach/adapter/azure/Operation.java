package io.github.acrattach.adapter.azure;

import io.github.acrattach.domain.Problem;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What was asked of Azure, so that a failure can name it.
 *
 * @param action the right that it takes, as Azure names it
 * @param scope what it was asked of
 * @param caller the object id of whoever asked; empty before the first sign-in
 * @param howToAllow the command that gives the right to a caller, whose object id may be unknown
 */
public record Operation(
        String action, String scope, Supplier<Optional<String>> caller, Function<Optional<String>, String> howToAllow) {

    /** What kept it from being done. */
    Problem problem(Problem.Kind kind, String cause, String fix) {
        return new Problem(kind, cause, Optional.of(action), Optional.of(scope), caller.get(), fix);
    }
}
