package io.github.acrattach.emulator.frontdoor;

import io.github.acrattach.emulator.http.Answer;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * A rule of misbehaviour: which requests it meets, how many of them (none given: until it is cleared), and what happens
 * to them. It strikes after the wait, before the request is carried out or afterwards.
 */
public record Fault(
        Optional<String> method, Pattern path, OptionalInt times, Duration delay, Effect effect, boolean afterwards) {

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
        return new Fault(Optional.empty(), compile(path), OptionalInt.empty(), Duration.ZERO, effect, false);
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

    public Fault onlyFor(String onlyMethod) {
        return new Fault(Optional.of(onlyMethod), path, times, delay, effect, afterwards);
    }

    public Fault times(int calls) {
        return new Fault(method, path, OptionalInt.of(calls), delay, effect, afterwards);
    }

    public Fault delayed(Duration by) {
        return new Fault(method, path, times, by, effect, afterwards);
    }

    /** The request is carried out all the same; only its answer is lost or replaced. */
    public Fault afterTheOperation() {
        return new Fault(method, path, times, delay, effect, true);
    }

    boolean meets(String requestMethod, String requestPath) {
        return method.filter(only -> !only.equalsIgnoreCase(requestMethod)).isEmpty()
                && path.matcher(requestPath).find();
    }
}
