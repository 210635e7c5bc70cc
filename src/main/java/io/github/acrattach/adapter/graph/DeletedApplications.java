package io.github.acrattach.adapter.graph;

import io.github.acrattach.adapter.azure.Answers;
import io.github.acrattach.adapter.azure.Azure;
import io.github.acrattach.adapter.azure.Backoff;
import io.github.acrattach.adapter.azure.Reply;
import io.github.acrattach.domain.CredentialKey;
import io.github.acrattach.domain.Lookup;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The applications that were deleted, and not for good: by a run that was killed, or by a person. Each keeps its unique name
 * for 30 days, while every search for a living application answers that there is none; learn.microsoft.com/graph/api,
 * directory-deleteditems-list and -delete. What this program owned alone it ends, and nothing else; it restores nothing, since
 * what others did to it in between cannot be told.
 */
final class DeletedApplications {

    private static final String ITEMS = "directory/deletedItems/";

    /** Of one type: the directory lists no mixed ones. */
    private static final String APPLICATIONS = ITEMS + "microsoft.graph.application";

    private final Azure azure;
    private final GraphRequests graph;
    private final Backoff backoff;

    DeletedApplications(Azure azure, GraphRequests graph) {
        this.azure = azure;
        this.graph = graph;
        // 1, 2 and 4 s.
        backoff = azure.backoff(3, Duration.ofSeconds(1), Duration.ofSeconds(4));
    }

    /** Those that bear the tag of a credential, as they are when they are first asked for. */
    Of of(CredentialKey key) {
        return new Of(key);
    }

    /** Of what was deleted just now: the directory may take a moment until it shows it there. */
    void endFresh(Registration deleted) {
        int tries = 1;
        while (GraphRequests.isUnknown(endOnce(deleted)) && backoff.pauseAfter(tries)) {
            tries++;
        }
    }

    /** False where the directory refuses it: then the name stays taken. What is not there any more has come to its end. */
    private boolean end(Registration deleted) {
        return !isRefused(endOnce(deleted));
    }

    private Reply endOnce(Registration deleted) {
        Reply reply = graph.delete(ITEMS + deleted.objectId());
        if (!isRefused(reply) && !GraphRequests.isUnknown(reply)) {
            reply.orFail();
        }
        return reply;
    }

    /** For want of a right, or because the directory protects what was deleted against this for some days. */
    private static boolean isRefused(Reply reply) {
        return reply.status() == 403 || reply.status() == 400;
    }

    /** What bears the tag of one credential. It is listed once, for others can plant there what they like. */
    final class Of {

        private final CredentialKey key;
        private Optional<Lookup<List<Registration>>> listed = Optional.empty();

        private Of(CredentialKey key) {
            this.key = key;
        }

        /** What keeps the name that no living application has; empty when it was this program's own, and is ended. */
        Optional<TakenName> keeping(String name) {
            return list().fold(
                            deleted -> deleted.stream()
                                    .filter(each -> each.uniqueName().equals(name) && isOurs(each))
                                    .findFirst()
                                    .map(ours -> end(ours)
                                            ? Optional.<TakenName>empty()
                                            : Optional.of(TakenName.byOurs(name, ours)))
                                    .orElseGet(() -> Optional.of(TakenName.byDeleted(name))),
                            () -> Optional.of(TakenName.byDeleted(name)),
                            problem -> Optional.of(TakenName.byUnreadable(name, problem)));
        }

        /** Ends all that this program made for it; false when there was nothing, or nothing to be seen. */
        boolean endAll() {
            List<Registration> ended = list().found().orElseGet(List::of).stream()
                    .filter(this::isOurs)
                    .filter(DeletedApplications.this::end)
                    .toList();
            return !ended.isEmpty();
        }

        /** That takes a permission more than to read the living ones. */
        private Lookup<List<Registration>> list() {
            if (listed.isEmpty()) {
                listed = Optional.of(Answers.unlessRefused(
                        () -> new Lookup.Found<>(graph.list(APPLICATIONS + Registration.bearing(key.name())).stream()
                                .map(Registration::read)
                                .toList()),
                        GraphPermission.READ.on("the deleted applications", azure)));
            }
            return listed.get();
        }

        private boolean isOurs(Registration registration) {
            return registration.isNamedFor(key)
                    && registration.mayBe(key)
                    && registration.isOwnedOnlyBy(azure.caller());
        }
    }
}
