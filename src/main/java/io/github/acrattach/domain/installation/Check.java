package io.github.acrattach.domain.installation;

import io.github.acrattach.domain.Problem;
import java.util.Optional;

/**
 * One thing that was looked at.
 *
 * @param seen what was found, in a few words
 * @param scope where, for what is looked at in several places
 * @param cause of anything but {@link State#OK}: why, as a full sentence
 * @param fix of what fails, or could not be seen: the command or setting that mends it
 */
public record Check(
        Subject subject,
        State state,
        String seen,
        Optional<String> scope,
        Optional<String> cause,
        Optional<String> fix) {

    /** What is looked at, in the order in which it is told. */
    public enum Subject {
        /** What runs the functions. */
        WORKER,
        /** How long the host lets a function run. */
        FUNCTION_TIMEOUT,
        /** Whether Application Insights keeps every line. */
        SAMPLING,
        /** Whether Application Insights stores the URLs of calls, which can hold keys. */
        DEPENDENCY_TRACKING,
        /** How the host brings messages of queues again. */
        QUEUE_SETTINGS,
        /** Who this program is, and whether it can sign in. */
        IDENTITY,
        /** What it may do in a subscription, by the methods that the rules use. */
        RIGHTS,
        /** Whether what it may grant there is bounded by a condition. */
        GRANTS,
        /** What it may do in the directory. */
        DIRECTORY_RIGHTS,
        /** Whether the events of a subscription are sent here. */
        EVENT_SUBSCRIPTION,
        /** When events last came. */
        EVENTS,
        /** The storage account of the app. */
        STORAGE,
        /** When the timer last ran. */
        TIMER,
        /** How many events wait. */
        QUEUE,
        /** How many messages nobody could take. */
        POISON_QUEUE
    }

    /** How it stands. */
    public enum State {
        /** As it should be. */
        OK,
        /** Not as it should be. */
        FAILS,
        /** Not to be seen from here, or not now. */
        UNKNOWN,
        /** Nothing to be looked at. */
        SKIPPED
    }

    /** As it should be. */
    public static Check ok(Subject subject, String seen) {
        return new Check(subject, State.OK, seen, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** Not as it should be. */
    public static Check fails(Subject subject, String seen, String cause, String fix) {
        return new Check(subject, State.FAILS, seen, Optional.empty(), Optional.of(cause), Optional.of(fix));
    }

    /** Not as it should be, for a reason that Azure told. */
    public static Check fails(Subject subject, String seen, Problem problem) {
        return fails(subject, seen, problem.cause(), problem.fix());
    }

    /** Not to be seen from here, or not now. */
    public static Check unknown(Subject subject, String seen, String cause, String fix) {
        return new Check(subject, State.UNKNOWN, seen, Optional.empty(), Optional.of(cause), Optional.of(fix));
    }

    /** Not to be seen, for a reason that Azure told. */
    public static Check unknown(Subject subject, Problem problem) {
        return unknown(subject, "nothing", problem.cause(), problem.fix());
    }

    /** Nothing to be looked at. */
    public static Check skipped(Subject subject, String cause) {
        return new Check(subject, State.SKIPPED, "nothing", Optional.empty(), Optional.of(cause), Optional.empty());
    }

    /** The same, of one of several places. */
    public Check at(String place) {
        return new Check(subject, state, seen, Optional.of(place), cause, fix);
    }
}
