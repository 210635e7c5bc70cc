package io.github.acrattach.usecase;

import io.github.acrattach.concurrent.SideBySide;
import io.github.acrattach.domain.Lookup;
import io.github.acrattach.domain.Problem;
import io.github.acrattach.domain.installation.Check;
import io.github.acrattach.domain.installation.Check.Subject;
import io.github.acrattach.domain.installation.HostStorage;
import io.github.acrattach.domain.installation.HostStorage.Access;
import io.github.acrattach.domain.installation.HostedApp;
import io.github.acrattach.port.HostStorages;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Whether the app's storage account can be reached, when the timer last ran, and what waits in the queues. */
@Singleton
record InspectStorage(HostStorages storages, Clock clock) {

    /** The timer runs each hour; that often it may be late. */
    private static final Duration LATE = Duration.ofHours(3);

    private static final String BY_IDENTITY = "set the app settings AzureWebJobsStorage__blobServiceUri and"
            + " AzureWebJobsStorage__queueServiceUri, and AzureWebJobsStorage__credential=managedidentity, in the place of"
            + " AzureWebJobsStorage; then az storage account update --name \"<account>\" --allow-shared-key-access false";

    List<Check> checks(HostedApp app, Inspection inspection) {
        HostStorage storage = app.storage();
        if (storage.access() == Access.NONE) {
            return skipped("No app setting AzureWebJobsStorage__... names a storage account.", Subject.STORAGE);
        }
        if (storage.access() == Access.KEY) {
            return Stream.concat(
                            Stream.of(Check.fails(
                                    Subject.STORAGE,
                                    "the account " + named(storage) + ", by a connection string",
                                    "The Functions host opens the storage account by a key, and whoever knows that is the"
                                            + " app: its code, its keys and its queues are in there.",
                                    BY_IDENTITY.replace("<account>", named(storage)))),
                            skipped("The storage account is opened by a key, which this program does not use.")
                                    .stream())
                    .toList();
        }
        return SideBySide.three(
                () -> inspection.look(() -> storages.waiting(storage, HostedApp.EVENT_QUEUE)),
                () -> inspection.look(() -> storages.waiting(storage, HostedApp.POISON_QUEUE)),
                () -> inspection.look(() -> storages.lastRun(storage, app.hostIds(), HostedApp.TIMER_FUNCTION)),
                (events, poison, timer) -> List.of(
                        reached(storage, events, poison, timer),
                        last(timer),
                        waiting(events, storage),
                        poison(poison, storage)));
    }

    private static List<Check> skipped(String cause, Subject... more) {
        return Stream.concat(Stream.of(more), Stream.of(Subject.TIMER, Subject.QUEUE, Subject.POISON_QUEUE))
                .map(subject -> Check.skipped(subject, cause))
                .toList();
    }

    private static String named(HostStorage storage) {
        return storage.account().isEmpty() ? "<account>" : storage.account();
    }

    /** A refusal for want of a right is an answer. */
    private static Check reached(HostStorage storage, Lookup<?>... answers) {
        Optional<Problem> unreached = Stream.of(answers)
                .flatMap(answer -> answer.denied().stream())
                .filter(problem -> problem.kind() != Problem.Kind.MISSING_RIGHT)
                .findFirst();
        String seen = "the account " + named(storage) + ", by identity";
        return unreached
                .map(problem -> problem.fix().equals(Inspection.AGAIN)
                        ? Check.fails(
                                Subject.STORAGE,
                                seen,
                                problem.cause(),
                                "check the app settings AzureWebJobsStorage__blobServiceUri and"
                                        + " AzureWebJobsStorage__queueServiceUri, and that their names lead there from the"
                                        + " app's network")
                        : Check.fails(Subject.STORAGE, seen, problem))
                .orElseGet(() -> Check.ok(Subject.STORAGE, seen));
    }

    private Check last(Lookup<Instant> timer) {
        return timer.fold(
                last -> last.isBefore(clock.instant().minus(LATE))
                        ? Check.fails(
                                Subject.TIMER,
                                "last " + last,
                                "The timer has not run for more than " + LATE.toHours()
                                        + " hours: nothing is renewed, and nothing is made up for.",
                                "look for Errors of the Functions host in Application Insights, and restart the app: az"
                                        + " functionapp restart --name \"<app>\" --resource-group \"<resource group>\"")
                        : Check.ok(Subject.TIMER, "last " + last),
                () -> Check.unknown(
                        Subject.TIMER,
                        "never",
                        "The Functions host has written no run of the timer yet, or calls itself otherwise.",
                        "look again 17 minutes past the next hour; a host id of one's own is told by the app"
                                + " setting AzureFunctionsWebHost__hostid"),
                problem -> Check.unknown(Subject.TIMER, problem));
    }

    private static Check waiting(Lookup<Long> events, HostStorage storage) {
        return events.fold(
                count -> Check.ok(Subject.QUEUE, count + " in " + HostedApp.EVENT_QUEUE),
                () -> Check.fails(
                        Subject.QUEUE,
                        "no queue " + HostedApp.EVENT_QUEUE,
                        "The queue of the events does not exist, and the Functions host does not make it.",
                        create(HostedApp.EVENT_QUEUE, storage)),
                problem -> Check.unknown(Subject.QUEUE, problem));
    }

    private static Check poison(Lookup<Long> poison, HostStorage storage) {
        return poison.fold(
                count -> count == 0
                        ? Check.ok(Subject.POISON_QUEUE, "0 in " + HostedApp.POISON_QUEUE)
                        : Check.fails(
                                Subject.POISON_QUEUE,
                                count + " in " + HostedApp.POISON_QUEUE,
                                "No try could handle these messages, which is a defect of this program; what they ask for"
                                        + " is done by POST /api/reconcile.",
                                "report the Errors in the log; then az storage message clear --auth-mode login"
                                        + " --account-name \"" + named(storage) + "\" --queue-name "
                                        + HostedApp.POISON_QUEUE),
                () -> Check.fails(
                        Subject.POISON_QUEUE,
                        "no queue " + HostedApp.POISON_QUEUE,
                        "The queue for what no try can handle does not exist.",
                        create(HostedApp.POISON_QUEUE, storage)),
                problem -> Check.unknown(Subject.POISON_QUEUE, problem));
    }

    private static String create(String queue, HostStorage storage) {
        return "az storage queue create --auth-mode login --account-name \"" + named(storage) + "\" --name " + queue;
    }
}
