package io.github.acrattach.emulator.frontdoor;

import io.github.acrattach.emulator.http.Answer;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A rule of misbehaviour: which requests it meets, how many of them (none given: until it is cleared), and what happens
 * to them. It strikes before the request is carried out, or afterwards; either way it waits first, with that in front of
 * it or behind it.
 *
 * @param methods none: any
 * @param spared as many of the requests that it meets come through before it strikes
 */
public record Fault(
        Set<String> methods,
        Pattern path,
        int spared,
        OptionalInt times,
        Duration delay,
        Effect effect,
        boolean afterwards) {

    /** What the client gets to see. */
    public sealed interface Effect {
        /** The true answer, only late. */
        record Delay() implements Effect {}

        /** Another answer. */
        record Reply(Answer answer) implements Effect {}

        /** A closed connection. */
        record Drop() implements Effect {}
    }

    private static Fault of(String path, Effect effect) {
        return new Fault(Set.of(), compile(path), 0, OptionalInt.empty(), Duration.ZERO, effect, false);
    }

    /** Found anywhere in the path, without case. */
    public static Pattern compile(String path) {
        return Pattern.compile(path, Pattern.CASE_INSENSITIVE);
    }

    public static Fault reply(String path, Answer answer) {
        return of(path, new Effect.Reply(answer));
    }

    public static Fault delay(String path, Duration delay) {
        return of(path, new Effect.Delay()).delayed(delay);
    }

    public static Fault drop(String path) {
        return of(path, new Effect.Drop());
    }

    public Fault onlyFor(String... onlyMethods) {
        return new Fault(Set.of(onlyMethods), path, spared, times, delay, effect, afterwards);
    }

    public Fault sparing(int calls) {
        return new Fault(methods, path, calls, times, delay, effect, afterwards);
    }

    public Fault times(int calls) {
        return new Fault(methods, path, spared, OptionalInt.of(calls), delay, effect, afterwards);
    }

    public Fault delayed(Duration by) {
        return new Fault(methods, path, spared, times, by, effect, afterwards);
    }

    /** The request is carried out at once; only its answer is late, and lost or replaced. */
    public Fault afterTheOperation() {
        return new Fault(methods, path, spared, times, delay, effect, true);
    }

    boolean meets(String requestMethod, String requestPath) {
        return (methods.isEmpty() || methods.stream().anyMatch(requestMethod::equalsIgnoreCase))
                && path.matcher(requestPath).find();
    }
}
