package io.github.acrattach.usecase;

import io.github.acrattach.domain.OutsideText;
import io.quarkus.runtime.configuration.DurationConverter;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * Whether a password lives long enough after it is due for renewal: the timer has to come in that time, and one run of it
 * may fail. That a fleet's renewals are spread makes them earlier, so it takes nothing of that time.
 */
final class RenewalTime {

    /** The timer twice: the run that renews, and the one before it that did not. */
    private static final Duration LEAST =
            RotatePullSecrets.PERIOD.plus(Patience.Limit.MANY.time()).multipliedBy(2);

    /** As long as Azure's own forms let a client secret be valid. */
    private static final Duration LONGEST = Duration.ofDays(731);

    private static final Pattern BARE_NUMBER = Pattern.compile("[+-]?[0-9]+(?:[.,][0-9]*)?");
    private static final Pattern SHARE = Pattern.compile("[0-9]*[.]?[0-9]+(?:[eE]-[0-9]+)?");
    private static final String UNITS = "write days or hours, such as 90D or PT12H";

    private RenewalTime() {}

    /**
     * Reads a lifetime: a number with a unit, or as ISO 8601 has it.
     *
     * @throws IllegalArgumentException when it is neither; the message says what to write
     */
    static Duration lifetime(String written) {
        String text = written.strip();
        if (BARE_NUMBER.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    is(text) + ", which names no unit: write " + text + "D for days, or " + text + "H for hours");
        }
        try {
            Duration lifetime = DurationConverter.parseDuration(text);
            if (lifetime.compareTo(LONGEST) > 0) {
                throw new IllegalArgumentException(is(text) + ", which is longer than two years; a password that is"
                        + " renewed needs no such time");
            }
            return lifetime;
        } catch (IllegalArgumentException refused) {
            throw refused.getMessage() != null && refused.getMessage().startsWith("is ")
                    ? refused
                    : new IllegalArgumentException(is(text) + ", which cannot be read; " + UNITS);
        }
    }

    /**
     * Reads the share of a lifetime after which a password is renewed.
     *
     * @throws IllegalArgumentException when it is not between 0 and 1; the message says what to write
     */
    static double share(String written) {
        String text = written.strip();
        double share = SHARE.matcher(text).matches() ? Double.parseDouble(text) : Double.NaN;
        if (!(share > 0 && share < 1)) {
            throw new IllegalArgumentException(
                    is(text) + ", which is no share: write 0.66 for two thirds of the lifetime");
        }
        return share;
    }

    /**
     * Checks that the timer can keep a lifetime.
     *
     * @throws IllegalArgumentException when it cannot; the message says which lifetime it could
     */
    static void check(String written, Duration lifetime, double share) {
        double seconds = lifetime.toSeconds() * (1 - share);
        if (seconds < LEAST.toSeconds()) {
            long hours = (long) Math.ceil(
                    LEAST.toSeconds() / (1 - share) / Duration.ofHours(1).toSeconds());
            throw new IllegalArgumentException(is(written.strip()) + ", which at RENEW_AFTER " + share + " leaves "
                    + (seconds < 60 ? Math.round(seconds * 10) / 10.0 + " s" : (long) seconds / 60 + " min")
                    + " to renew a password. The timer comes every hour, and one run of it may fail: write at least "
                    + hours
                    + "H, or an earlier RENEW_AFTER");
        }
    }

    private static String is(String text) {
        return "is \"" + OutsideText.line(text) + '"';
    }
}
