package io.github.acrattach.usecase;

import io.github.acrattach.concurrent.Deadline;
import io.github.acrattach.domain.Outcome;
import io.github.acrattach.domain.Pairing;
import io.github.acrattach.domain.Problem;
import io.github.acrattach.port.CloudUnavailable;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** How long one call goes on trying before it answers that it has to be repeated. */
final class Patience {

    /** Whatever stands before a call gives it up at some time, and kills what runs, or lets nobody hear of it. */
    enum Limit {
        /** For what Event Grid waits for, and whatever is to be as quick. Event Grid hangs up after 30 s. */
        EVENT(25),
        /** For one pair that a person, or a timer, waits for: what spreads slowly, and commands in a cluster, take time. */
        PAIR(120),
        /** For work on many pairs. Azure's load balancer closes an HTTP call after 230 s. */
        MANY(200);

        /** From the end of the time until the answer has left, on a busy machine. */
        static final Duration ANSWER = Duration.ofSeconds(5);

        private final Duration time;

        Limit(int seconds) {
            time = Duration.ofSeconds(seconds);
        }

        Duration time() {
            return time;
        }
    }

    /** How long one of several lists may hold up the others. */
    private static final Duration LIST_LIMIT = Duration.ofSeconds(15);

    private static final Logger LOG = Logger.getLogger(Patience.class);

    private final Duration limit;
    private final Deadline deadline;

    static Patience of(Limit limit) {
        return of(limit.time());
    }

    static Patience of(Duration limit) {
        return new Patience(limit);
    }

    /** Most of the time that is left: what comes afterwards has some in any case. */
    Patience most() {
        return of(deadline.left().multipliedBy(3).dividedBy(4));
    }

    private Patience(Duration limit) {
        this.limit = limit;
        deadline = Deadline.in(limit);
    }

    /** The outcome of the work on a pair, which is the pair's own whatever happens in it: others go on. */
    Outcome orPostpone(Pairing pairing, Supplier<Outcome> work) {
        try {
            return limit(work);
        } catch (RuntimeException failure) {
            return postponed(Optional.of(pairing), failure);
        }
    }

    /**
     * What the work comes to, or what is made of its failure, so that what was done before it is not lost. To be given up is a
     * failure only where it is the end of this time, or of a longer one around it.
     */
    <T> T orElse(Pairing pairing, Function<Outcome.Postponed, T> failed, Supplier<T> work) {
        try {
            return limit(work);
        } catch (RuntimeException failure) {
            boolean isOutOfTime = failure instanceof CancellationException && Deadline.hasEnded();
            return failed.apply(postponed(Optional.of(pairing), isOutOfTime ? exhausted() : failure));
        }
    }

    private CloudUnavailable exhausted() {
        return allows(Duration.ZERO) ? unavailable("The time of the whole call was over.") : exhausted(limit);
    }

    /** Fails as unavailable when patience is at its end, or was before the work began. */
    <T> T limit(Supplier<T> work) {
        if (!allows(Duration.ZERO)) {
            throw notReached();
        }
        return deadline.limit(work).orElseThrow(() -> exhausted(limit));
    }

    /** Fails as unavailable earlier than that, so that time is left for what the other lists hold. */
    <T> T limitList(Supplier<T> list) {
        return allows(LIST_LIMIT)
                ? Deadline.in(LIST_LIMIT).limit(list).orElseThrow(() -> exhausted(LIST_LIMIT))
                : limit(list);
    }

    /** Whether there is time left for something that takes so long. */
    boolean allows(Duration work) {
        return deadline.allows(work);
    }

    /** What comes of work that failed: the same again, later, can succeed, after a defect of this program too. */
    static Outcome.Postponed postponed(Optional<Pairing> pairing, RuntimeException failure) {
        if (failure instanceof CancellationException givenUp) {
            throw givenUp;
        }
        if (failure instanceof CloudUnavailable unavailable) {
            return new Outcome.Postponed(pairing, unavailable.problem(), unavailable.retryAfter());
        }
        LOG.errorf(
                failure,
                "A defect of this program at %s.",
                pairing.map(Pairing::toString).orElse("an event"));
        return new Outcome.Postponed(
                pairing,
                new Problem(
                        Problem.Kind.DEFECT,
                        "A defect of this program.",
                        Optional.empty(),
                        pairing.map(each -> each.registry().toString()),
                        Optional.empty(),
                        "report it, with the stack trace in this program's log; events and the timer come back by themselves."),
                Optional.empty());
    }

    private static CloudUnavailable exhausted(Duration limit) {
        return unavailable("Azure did not finish within " + limit.toSeconds() + " s.");
    }

    private static CloudUnavailable unavailable(String cause) {
        return new CloudUnavailable(
                new Problem(
                        Problem.Kind.UNAVAILABLE,
                        cause,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Problem.WAITING_HELPS),
                Optional.empty());
    }

    private CloudUnavailable notReached() {
        return new CloudUnavailable(
                new Problem(
                        Problem.Kind.NOT_REACHED,
                        "The " + limit.toSeconds() + " s of this call were over before it came to this one.",
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        "call again; events and the timer come back by themselves. What is done is not done twice."),
                Optional.empty());
    }
}
