package io.github.acrattach.trigger.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.acrattach.domain.Problem;
import io.github.acrattach.domain.installation.Check;
import io.github.acrattach.domain.installation.Check.State;
import io.github.acrattach.domain.installation.EventFilter;
import io.github.acrattach.domain.installation.EventFilter.AdvancedFilter;
import io.github.acrattach.domain.installation.EventSubscription;
import io.github.acrattach.domain.installation.HostStorage;
import io.github.acrattach.domain.installation.HostStorage.Access;
import io.github.acrattach.domain.installation.HostedApp;
import io.github.acrattach.domain.installation.SubscriptionEvents;
import io.github.acrattach.domain.installation.WantedEvent;
import io.github.acrattach.emulator.eventgrid.FilterCommand;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whether the events that this program reacts to come here, judged by what Event Grid says of its subscriptions. */
class EventSubscriptionCheckTest {

    private static final String SCOPE = "/subscriptions/3f2b8c14-5d6e-4a7f-9b10-c2d3e4f5a601";
    private static final String GROUP = SCOPE + "/resourceGroups/rg-acr-attach/providers/";
    private static final String TOPIC = GROUP + "Microsoft.EventGrid/systemTopics/evgt-acr-attach";
    private static final String APP = GROUP + "Microsoft.Web/sites/func-acr-attach";
    private static final String ACCOUNT = GROUP + "Microsoft.Storage/storageAccounts/stacrattach";
    private static final List<WantedEvent> WANTED = Events.wanted();
    private static final EventFilter DOCUMENTED = documented();

    private final HostedApp app = new HostedApp(
            true,
            Optional.of(APP),
            List.of("x"),
            Optional.of(Map.of()),
            new HostStorage(Access.IDENTITY, "stacrattach", "", ""));

    @Test
    void documentedFilterLetsEverythingThrough() {
        assertThat(check(toQueue(DOCUMENTED)).state()).isEqualTo(State.OK);
        assertThat(check(toFunction(DOCUMENTED)).state()).isEqualTo(State.OK);
        assertThat(check(toQueue(new EventFilter(List.of(), List.of(), "", ""))).state())
                .isEqualTo(State.OK);
    }

    @Test
    void printedCommandMakesTheDocumentedFilter() {
        Check none = check();
        assertThat(none.state()).isEqualTo(State.FAILS);
        assertThat(none.fix().orElseThrow())
                .contains("/storageAccounts/stacrattach/queueServices/default/queues/acr-attach-events\"");
        var printed = FilterCommand.read(none.fix().orElseThrow().replaceAll(" {3}[(].*", ""));
        var documented = FilterCommand.in(Path.of("docs", "events.md"));
        assertThat(printed.includedEventTypes()).containsExactlyInAnyOrderElementsOf(documented.includedEventTypes());
        assertThat(printed.advancedFilters()).hasSameSizeAs(documented.advancedFilters());
        for (int i = 0; i < printed.advancedFilters().size(); i++) {
            assertThat(printed.advancedFilters().get(i).key())
                    .isEqualTo(documented.advancedFilters().get(i).key());
            assertThat(printed.advancedFilters().get(i).values())
                    .containsExactlyInAnyOrderElementsOf(
                            documented.advancedFilters().get(i).values());
        }
    }

    @Test
    void operationThatIsKeptOutIsNamed() {
        EventFilter earlier = new EventFilter(
                DOCUMENTED.types(),
                List.of(new AdvancedFilter(
                        "StringIn",
                        "data.operationName",
                        WANTED.stream()
                                .map(WantedEvent::operation)
                                .filter(operation -> !operation.contains("/tags/"))
                                .toList())),
                "",
                "");
        Check check = check(toQueue(earlier));
        assertThat(check.state()).isEqualTo(State.FAILS);
        assertThat(check.cause().orElseThrow())
                .contains("Microsoft.Resources/tags/write by ResourceWriteSuccess")
                .doesNotContain("registries/write");
        assertThat(check.fix().orElseThrow())
                .startsWith("az eventgrid system-topic event-subscription update --name \"acr-attach\"")
                .contains("--system-topic-name \"evgt-acr-attach\"");
    }

    @Test
    void typeThatIsKeptOutIsNamed() {
        EventFilter successes = new EventFilter(
                List.of("Microsoft.Resources.ResourceWriteSuccess", "Microsoft.Resources.ResourceDeleteSuccess"),
                DOCUMENTED.advanced(),
                "",
                "");
        assertThat(check(toQueue(successes)).cause().orElseThrow())
                .contains("managedClusters/start/action by ResourceActionSuccess");
    }

    @Test
    void subjectThatKeepsRegistriesOutIsSeen() {
        EventFilter clusters = new EventFilter(
                List.of(),
                List.of(new AdvancedFilter("StringContains", "subject", List.of("/managedClusters/"))),
                "",
                "");
        assertThat(check(toQueue(clusters)).cause().orElseThrow())
                .contains("Microsoft.ContainerRegistry/registries/write");
    }

    /** Who has clusters in one group alone, listens there alone. */
    @Test
    void groupThatIsListenedToIsToldAndIsNoFault() {
        EventFilter group =
                new EventFilter(DOCUMENTED.types(), DOCUMENTED.advanced(), SCOPE + "/resourceGroups/platform", "");
        Check check = check(toQueue(group));
        assertThat(check.state()).isEqualTo(State.OK);
        assertThat(check.seen()).endsWith("only below " + SCOPE + "/resourceGroups/platform");
    }

    @Test
    void subscriptionThatWasNotTakenFails() {
        EventSubscription failed = new EventSubscription(
                TOPIC + "/eventSubscriptions/acr-attach",
                "acr-attach",
                TOPIC,
                "Failed",
                "AzureFunction",
                APP + "/functions/ResourceChanged",
                "",
                true,
                DOCUMENTED);
        assertThat(check(failed).state()).isEqualTo(State.FAILS);
        assertThat(check(failed).fix().orElseThrow()).contains("event-subscription delete");
        assertThat(check(failed, toQueue(DOCUMENTED)).state())
                .as("another one does what it is for")
                .isEqualTo(State.OK);
    }

    @Test
    void deadLettersHaveToBeKept() {
        EventSubscription drops = new EventSubscription(
                TOPIC + "/eventSubscriptions/acr-attach",
                "acr-attach",
                TOPIC,
                "Succeeded",
                "StorageQueue",
                ACCOUNT,
                "acr-attach-events",
                false,
                DOCUMENTED);
        assertThat(check(drops).state()).isEqualTo(State.FAILS);
        assertThat(check(drops).fix().orElseThrow()).contains("--deadletter-endpoint", "acr-attach-dead-letters");
    }

    @Test
    void whatLeadsElsewhereIsNotTakenForOurs() {
        assertThat(leadsHere("StorageQueue", ACCOUNT + "2", "acr-attach-events"))
                .isFalse();
        assertThat(leadsHere("StorageQueue", ACCOUNT, "other")).isFalse();
        assertThat(leadsHere("AzureFunction", APP + "2/functions/ResourceChanged", ""))
                .isFalse();
        assertThat(leadsHere("AzureFunction", APP + "/functions/Other", "")).isFalse();
        assertThat(leadsHere("WebHook", APP + "/functions/ResourceChanged", "")).isFalse();
        assertThat(leadsHere("storagequeue", ACCOUNT.toUpperCase(Locale.ROOT), "acr-attach-events"))
                .isTrue();
    }

    @Test
    void whatCannotBeSeenIsNotClaimedToBeMissing() {
        Problem problem = new Problem(
                Problem.Kind.MISSING_RIGHT,
                "Refused.",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                "give it");
        Check check = new SubscriptionEvents(List.of(), List.of(problem)).check(app, WANTED, SCOPE);
        assertThat(check.state()).isEqualTo(State.UNKNOWN);
        assertThat(check.fix()).contains("give it");
    }

    private boolean leadsHere(String kind, String id, String queue) {
        return new EventSubscription("/subscriptions/x", "x", TOPIC, "Succeeded", kind, id, queue, true, DOCUMENTED)
                .leadsTo(app);
    }

    private Check check(EventSubscription... all) {
        return new SubscriptionEvents(List.of(all), List.of()).check(app, WANTED, SCOPE);
    }

    private static EventSubscription toQueue(EventFilter filter) {
        return new EventSubscription(
                TOPIC + "/eventSubscriptions/acr-attach",
                "acr-attach",
                TOPIC,
                "Succeeded",
                "StorageQueue",
                ACCOUNT,
                "acr-attach-events",
                true,
                filter);
    }

    private static EventSubscription toFunction(EventFilter filter) {
        return new EventSubscription(
                SCOPE + "/providers/Microsoft.EventGrid/eventSubscriptions/acr-attach",
                "acr-attach",
                "",
                "Succeeded",
                "AzureFunction",
                APP + "/functions/ResourceChanged",
                "",
                true,
                filter);
    }

    private static EventFilter documented() {
        var filter = FilterCommand.in(Path.of("docs", "events.md"));
        return new EventFilter(
                filter.includedEventTypes(),
                Stream.of(filter.advancedFilters())
                        .flatMap(List::stream)
                        .map(each -> new AdvancedFilter(each.operator().name(), each.key(), each.values()))
                        .toList(),
                filter.subjectBeginsWith(),
                filter.subjectEndsWith());
    }
}
