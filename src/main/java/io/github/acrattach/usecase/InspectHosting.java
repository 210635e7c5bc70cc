package io.github.acrattach.usecase;

import io.github.acrattach.domain.installation.Check;
import io.github.acrattach.domain.installation.Check.Subject;
import io.github.acrattach.domain.installation.HostSettings;
import io.github.acrattach.domain.installation.HostedApp;
import io.github.acrattach.usecase.InspectInstallation.Worker;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** What runs the functions, and whether its settings are those that the program needs. */
@Singleton
record InspectHosting() {

    /** The longest call, until its answer has left. */
    static final Duration LONGEST_CALL = Patience.Limit.MANY.time().plus(Patience.Limit.ANSWER);

    List<Check> checks(HostedApp app, Worker calledBy) {
        if (calledBy == Worker.CUSTOM_HANDLER && !app.startedByHost()) {
            return Stream.of(
                            Subject.WORKER,
                            Subject.FUNCTION_TIMEOUT,
                            Subject.SAMPLING,
                            Subject.DEPENDENCY_TRACKING,
                            Subject.QUEUE_SETTINGS)
                    .map(subject ->
                            Check.skipped(subject, "No Functions host started this program: it runs by itself."))
                    .toList();
        }
        Check worker = Check.ok(
                Subject.WORKER, calledBy == Worker.JAVA_WORKER ? "the Java worker" : "the host's custom handler");
        return Stream.concat(
                        Stream.of(worker),
                        app.hostJson()
                                .map(values -> new HostSettings(values, LONGEST_CALL).checks().stream())
                                .orElseGet(InspectHosting::withoutHostJson))
                .toList();
    }

    private static Stream<Check> withoutHostJson() {
        return Stream.of(
                        Subject.FUNCTION_TIMEOUT, Subject.SAMPLING, Subject.DEPENDENCY_TRACKING, Subject.QUEUE_SETTINGS)
                .map(subject -> Check.unknown(
                        subject,
                        "no host.json",
                        "The root of the app holds no host.json that can be read.",
                        "deploy the package as it was built: host.json lies in its root, which the Functions host names in"
                                + " FUNCTIONS_APP_ROOT_PATH"));
    }
}
