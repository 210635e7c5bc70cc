package io.github.acrattach.usecase;

import java.time.Duration;
import java.util.function.Function;
import java.util.function.Predicate;

/** A time that is over soon, and yet long enough for what does not hang: how long that is, depends on the machine. */
final class EnoughTime {

    /** Below a second, so that what tells of it always tells of the same number. */
    private static final Duration MOST = Duration.ofMillis(900);

    private EnoughTime() {}

    /** What comes of work that has ever more time; it begins anew each time. */
    static <T> T of(Function<Patience, T> work, Predicate<T> hadEnough) {
        Duration time = Duration.ofMillis(50);
        T result = work.apply(Patience.of(time));
        while (!hadEnough.test(result) && time.compareTo(MOST) < 0) {
            time = time.multipliedBy(2).compareTo(MOST) < 0 ? time.multipliedBy(2) : MOST;
            result = work.apply(Patience.of(time));
        }
        return result;
    }
}
