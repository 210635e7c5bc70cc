package io.github.acrattach.usecase;

import io.github.acrattach.domain.Lookup;
import io.github.acrattach.domain.Problem;
import io.github.acrattach.domain.installation.Check;
import io.github.acrattach.domain.installation.Check.Subject;
import io.github.acrattach.domain.installation.EventSubscription;
import io.github.acrattach.domain.installation.HostedApp;
import io.github.acrattach.domain.installation.SubscriptionEvents;
import io.github.acrattach.domain.installation.WantedEvent;
import io.github.acrattach.port.EventSubscriptions;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** Whether the events of a subscription are sent here, and when they last were. */
@Singleton
record InspectEvents(EventSubscriptions eventSubscriptions, Clock clock) {

    /** So far back it is looked for the last one. */
    private static final Duration FAR = Duration.ofDays(7);

    List<Check> in(UUID subscription, HostedApp app, Collection<WantedEvent> wanted, Inspection inspection) {
        String scope = "/subscriptions/" + subscription;
        if (!app.canBeSentTo()) {
            String cause = "This is no function app, so that Event Grid cannot send anything here.";
            return List.of(
                    Check.skipped(Subject.EVENT_SUBSCRIPTION, cause).at(scope),
                    Check.skipped(Subject.EVENTS, cause).at(scope));
        }
        Lookup<SubscriptionEvents> looked =
                inspection.look(() -> new Lookup.Found<>(eventSubscriptions.in(subscription)));
        SubscriptionEvents seen =
                looked.found().orElseGet(() -> new SubscriptionEvents(List.of(), List.of(unseen(looked))));
        Check last = seen.leadingTo(app, wanted, scope)
                .map(leading -> last(leading, inspection))
                .orElseGet(() -> Check.skipped(Subject.EVENTS, "No event subscription is seen that leads here."));
        return List.of(seen.check(app, wanted, scope), last.at(scope));
    }

    private static Problem unseen(Lookup<SubscriptionEvents> looked) {
        return looked.denied().orElseThrow();
    }

    private Check last(EventSubscription subscription, Inspection inspection) {
        Instant now = clock.instant();
        return inspection
                .look(() -> eventSubscriptions.lastDelivery(subscription, now.minus(FAR), now))
                .fold(
                        hour -> Check.ok(Subject.EVENTS, "the last ones in the hour from " + hour),
                        () -> Check.unknown(
                                Subject.EVENTS,
                                "none in " + FAR.toDays() + " days",
                                "No event was delivered in " + FAR.toDays()
                                        + " days; whether there was any to deliver, nobody tells.",
                                "set a tag of a cluster or a registry, and look again after a few minutes"),
                        problem -> Check.unknown(Subject.EVENTS, problem));
    }
}
