package io.github.acrattach.usecase;

import io.github.acrattach.domain.Outcome;
import io.github.acrattach.domain.Pairing;
import io.github.acrattach.domain.Problem;
import io.github.acrattach.port.CloudUnavailable;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.Optional;

/** How long one call goes on trying before it answers that it has to be repeated. */
final class Patience {

    /** Event Grid hangs up after 30 s. */
    private static final Duration EVENT = Duration.ofSeconds(25);

    /** Time for what spreads slowly, and for commands in a cluster. */
    private static final Duration PEOPLE = Duration.ofSeconds(120);

    /** Azure's load balancer closes an HTTP call after 230 s. */
    private static final Duration MANY = Duration.ofSeconds(200);

    /** How long one of several lists may hold up the others. */
    private static final Duration LIST_LIMIT = Duration.ofSeconds(15);

    private final Duration limit;
    private final long end;

    /** For what Event Grid waits for, and whatever is to be as quick. */
    static Patience ofEvent() {
        return new Patience(EVENT);
    }

    /** For what a person, or a timer, waits for. */
    static Patience ofPeople() {
        return new Patience(PEOPLE);
    }

    /** For work on many pairs. */
    static Patience ofMany() {
        return new Patience(MANY);
    }

    private Patience(Duration limit) {
        this.limit = limit;
        end = System.nanoTime() + limit.toNanos();
    }

    /** Ends the work as postponed when Azure is unavailable, or when patience is at its end. */
    Uni<Outcome> orPostpone(Uni<Outcome> work, Optional<Pairing> pairing) {
        return limit(work).onFailure(CloudUnavailable.class).recoverWithItem(failure -> postponed(pairing, failure));
    }

    /** Fails as unavailable when patience is at its end. */
    <T> Uni<T> limit(Uni<T> work) {
        return within(left(), work, limit);
    }

    /** Fails as unavailable earlier than that, so that time is left for what the other lists hold. */
    <T> Uni<T> limitList(Uni<T> list) {
        return allows(LIST_LIMIT) ? within(LIST_LIMIT, list, LIST_LIMIT) : limit(list);
    }

    private static <T> Uni<T> within(Duration time, Uni<T> work, Duration told) {
        return work.ifNoItem()
                .after(time.toMillis() > 0 ? time : Duration.ofMillis(1))
                .failWith(() -> new CloudUnavailable(exhausted(told), Optional.empty()));
    }

    /** Whether there is time left for something that takes so long. */
    boolean allows(Duration work) {
        return left().compareTo(work) > 0;
    }

    private Duration left() {
        return Duration.ofNanos(end - System.nanoTime());
    }

    static Outcome postponed(Optional<Pairing> pairing, CloudUnavailable failure) {
        return new Outcome.Postponed(pairing, failure.problem(), failure.retryAfter());
    }

    private static Problem exhausted(Duration limit) {
        return new Problem(
                Problem.Kind.UNAVAILABLE,
                "Azure did not finish within " + limit.toSeconds() + " s.",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Problem.WAITING_HELPS);
    }
}
