package io.github.acrattach.domain.installation;

import io.github.acrattach.domain.Problem;
import io.github.acrattach.domain.installation.Check.State;
import io.github.acrattach.domain.installation.Check.Subject;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The event subscriptions of one subscription.
 *
 * @param found all that could be seen
 * @param unseen why others could not be
 */
public record SubscriptionEvents(List<EventSubscription> found, List<Problem> unseen) {

    public SubscriptionEvents {
        found = List.copyOf(found);
        unseen = List.copyOf(unseen);
    }

    /** The one that sends events here, the best of several. */
    public Optional<EventSubscription> leadingTo(HostedApp app, Collection<WantedEvent> wanted, String scope) {
        List<EventSubscription> here =
                found.stream().filter(each -> each.leadsTo(app)).toList();
        return here.stream()
                .filter(each -> each.check(wanted, scope).state() == State.OK)
                .findFirst()
                .or(() -> here.stream().findFirst());
    }

    /** Whether the events of the subscription are sent here. */
    public Check check(HostedApp app, Collection<WantedEvent> wanted, String scope) {
        return leadingTo(app, wanted, scope)
                .map(each -> each.check(wanted, scope))
                .or(() ->
                        unseen.stream().findFirst().map(problem -> Check.unknown(Subject.EVENT_SUBSCRIPTION, problem)))
                .orElseGet(() -> Check.fails(
                        Subject.EVENT_SUBSCRIPTION,
                        "none of " + found.size() + " event subscriptions leads here",
                        "No event of this subscription comes here, so that nothing is attached by itself.",
                        EventCommand.create(app, wanted, scope)))
                .at(scope);
    }
}
