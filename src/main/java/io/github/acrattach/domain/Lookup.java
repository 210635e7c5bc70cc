package io.github.acrattach.domain;

import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What came back when something was looked up. That Azure refuses to tell is an answer like any other: repeating the
 * question would not change it.
 */
public sealed interface Lookup<T> {

    /** It is there. */
    record Found<T>(T value) implements Lookup<T> {}

    /** There is no such thing. */
    record Absent<T>() implements Lookup<T> {}

    /** Azure refuses to tell, for good. */
    record Denied<T>(Problem problem) implements Lookup<T> {}

    /** What was found, if anything was. */
    default Optional<T> found() {
        return this instanceof Found<T> f ? Optional.of(f.value()) : Optional.empty();
    }

    /** Why nothing is told, if so. */
    default Optional<Problem> denied() {
        return this instanceof Denied<T> d ? Optional.of(d.problem()) : Optional.empty();
    }

    /** The same answer about what follows from what was found. */
    default <R> Lookup<R> map(Function<T, R> following) {
        return flatMap(value -> new Found<>(following.apply(value)));
    }

    /** The answer about something further, which what was found leads to. */
    default <R> Lookup<R> flatMap(Function<T, Lookup<R>> further) {
        return fold(further, Absent::new, Denied::new);
    }

    /** Goes on with whichever answer it is. */
    default <R> R fold(Function<T, R> found, Supplier<R> absent, Function<Problem, R> denied) {
        if (this instanceof Found<T> f) {
            return found.apply(f.value());
        }
        return this instanceof Denied<T> d ? denied.apply(d.problem()) : absent.get();
    }
}
