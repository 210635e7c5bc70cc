package io.github.acrattach.trigger.event;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.acrattach.domain.Outcome;
import io.github.acrattach.domain.Problem;
import io.github.acrattach.domain.installation.HostSettings;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How an event came, which decides whether it comes again when its invocation fails. Event Grid brings it for a day, at
 * growing intervals. A queue brings it as often as host.json says, always after the same time, and what fails then is
 * poison: so what still waits at the last try ends as done, and is left to the timer. Poison is then a defect.
 *
 * <p>However long Azure asks to wait, a queue brings the message after its own time: what was throttled is throttled once
 * more, and comes again.
 */
public final class Delivery {

    /** Among the metadata of a message, how often the queue has handed it out. */
    public static final String DEQUEUE_COUNT = "DequeueCount";

    /** As host.json says: {@code extensions.queues.maxDequeueCount}. */
    static final int MOST_TRIES = HostSettings.QUEUE_TRIES;

    /** Quoted once more than it is, where the host does so with all metadata. */
    private static final Pattern COUNT = Pattern.compile("\"?([1-9][0-9]{0,8})\"?");

    /** Why nobody brings it again, as a full sentence. */
    private final Optional<String> last;

    private Delivery(Optional<String> last) {
        this.last = last;
    }

    /** By an Event Grid trigger. */
    public static Delivery byEventGrid() {
        return new Delivery(Optional.empty());
    }

    /**
     * By a queue trigger. One whose number is not known is the last: it would be poison without a defect.
     *
     * @param dequeueCount as the host tells it; empty when it does not
     */
    public static Delivery byQueue(JsonNode message, String dequeueCount) {
        if (EventReader.hasField(message, DEQUEUE_COUNT)) {
            return new Delivery(Optional.of("Its message has a field " + DEQUEUE_COUNT
                    + " of its own, which hides how often it was tried, so it is not tried again."));
        }
        Matcher count = COUNT.matcher(dequeueCount);
        if (!count.matches()) {
            return new Delivery(Optional.of(
                    "The Functions host did not tell how often its message was tried, so it is not tried again."));
        }
        return new Delivery(
                Integer.parseInt(count.group(1)) < MOST_TRIES
                        ? Optional.empty()
                        : Optional.of("This was the last of " + MOST_TRIES + " tries of its message."));
    }

    /** Of the outcomes of all that it held, those for which it has to come again; none ends it. */
    public List<Outcome.Postponed> comesAgainFor(List<Outcome> outcomes) {
        return outcomes.stream()
                .flatMap(outcome -> outcome.postponed().stream())
                .filter(postponed -> last.isEmpty() || isDefect(postponed))
                .toList();
    }

    /** The outcome as it is told: where nobody brings the event again, why, and who takes it up instead. */
    Outcome told(Outcome outcome) {
        return outcome.postponed()
                .filter(postponed -> last.isPresent() && !isDefect(postponed))
                .<Outcome>map(postponed -> new Outcome.Postponed(
                        postponed.pairing(),
                        postponed.problem().adding(last.get()).takenUp(),
                        postponed.retryAfter(),
                        postponed.namespaces()))
                .orElse(outcome);
    }

    private static boolean isDefect(Outcome.Postponed postponed) {
        return postponed.problem().kind() == Problem.Kind.DEFECT;
    }
}
