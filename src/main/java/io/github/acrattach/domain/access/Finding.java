package io.github.acrattach.domain.access;

import io.github.acrattach.domain.DenyAssignment;
import io.github.acrattach.domain.Problem;
import io.github.acrattach.domain.RoleAssignment;
import java.time.Instant;
import java.util.Optional;

/**
 * What one check saw.
 *
 * @param code what it found; empty where all is as it should be
 * @param seen the facts, in a few words
 * @param cause why it is so, as a full sentence; empty where all is as it should be
 * @param by what gives it, or was meant to: a role assignment, a deny assignment
 * @param fix the command or setting that mends it
 * @param provenAt when a pull proved it; empty where it is computed from what Azure and the cluster show
 */
public record Finding(
        Check check,
        Optional<Code> code,
        State state,
        String seen,
        Optional<String> cause,
        Optional<By> by,
        Optional<String> fix,
        Optional<Instant> provenAt) {

    private Finding(
            Check check, Optional<Code> code, State state, String seen, Optional<String> cause, Optional<String> fix) {
        this(check, code, state, seen, cause, Optional.empty(), fix, Optional.empty());
    }

    /** How it stands. */
    public enum State {
        /** As it should be, though it may be worth a note. */
        OK,
        /** It keeps the cluster from pulling. */
        FAILS,
        /** Not to be seen from here. */
        UNKNOWN,
        /** Nothing to be looked at, for the reason that stands in {@code seen}. */
        SKIPPED
    }

    /**
     * Something that somebody made.
     *
     * @param id its ARM id
     * @param createdBy object id of whoever made it, as ARM tells
     */
    public record By(String id, Optional<String> createdBy, Optional<Instant> createdOn) {

        static By of(RoleAssignment assignment) {
            return new By(
                    assignment.id(),
                    assignment.authorship().by(),
                    assignment.authorship().createdOn());
        }

        static By of(DenyAssignment denial) {
            return new By(denial.id(), denial.createdBy(), denial.createdOn());
        }
    }

    /** As it should be. */
    public static Finding ok(Check check, String seen) {
        return new Finding(check, Optional.empty(), State.OK, seen, Optional.empty(), Optional.empty());
    }

    /** As it should be, and worth a note. */
    public static Finding noted(Check check, Code code, String seen, String cause) {
        return new Finding(check, Optional.of(code), State.OK, seen, Optional.of(cause), Optional.empty());
    }

    /** It keeps the cluster from pulling. */
    public static Finding fails(Check check, Code code, String seen, String cause, String fix) {
        return new Finding(check, Optional.of(code), State.FAILS, seen, Optional.of(cause), Optional.of(fix));
    }

    /** Not to be seen from here. */
    public static Finding unknown(Check check, Code code, String seen, String cause, String fix) {
        return new Finding(check, Optional.of(code), State.UNKNOWN, seen, Optional.of(cause), Optional.of(fix));
    }

    /** Not to be seen from here, for a reason that was told. */
    public static Finding unknown(Check check, Code code, Problem problem) {
        return unknown(
                check, code, notSeen(problem), problem.cause(), problem.asked().fix());
    }

    /** It is this program that was to see it: what it may not do is nothing that the cluster lacks. */
    private static String notSeen(Problem problem) {
        return "not seen"
                + problem.action()
                        .map(action -> ": " + problem.caller().orElse("this program") + " asked for " + action
                                + problem.scope().map(scope -> " at " + scope).orElse(""))
                        .orElse("");
    }

    /** Nothing to be looked at. */
    public static Finding skipped(Check check, String reason) {
        return new Finding(check, Optional.empty(), State.SKIPPED, reason, Optional.empty(), Optional.empty());
    }

    /** The same, with what gives it or was meant to. */
    public Finding by(By what) {
        return new Finding(check, code, state, seen, cause, Optional.of(what), fix, provenAt);
    }

    /** The same, with what would mend it. */
    public Finding fix(String command) {
        return new Finding(check, code, state, seen, cause, by, Optional.of(command), provenAt);
    }

    /** The same, proven by a pull at that time. */
    public Finding proven(Instant time) {
        return new Finding(check, code, state, seen, cause, by, fix, Optional.of(time));
    }

    /** What it means for the verdict; empty where all is as it should be, or nothing was looked at. */
    Optional<Code.Weight> weight() {
        return code.map(Code::weight);
    }
}
