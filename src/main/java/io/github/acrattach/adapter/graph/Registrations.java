package io.github.acrattach.adapter.graph;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.adapter.azure.Answers;
import io.github.acrattach.adapter.azure.Azure;
import io.github.acrattach.adapter.azure.Reply;
import io.github.acrattach.domain.CredentialKey;
import io.github.acrattach.domain.Guid;
import io.github.acrattach.domain.Lookup;
import io.github.acrattach.domain.MadeCredential;
import io.github.acrattach.domain.Problem;
import io.github.acrattach.domain.Problem.Kind;
import io.github.acrattach.domain.PullCredential;
import io.github.acrattach.domain.PullCredential.Flaw;
import io.github.acrattach.domain.Version;
import io.github.acrattach.port.CloudUnavailable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Finds, makes and deletes the applications that stand for credentials, and their service principals. A name, a tag and
 * notes are enough to find one and to delete it, never to give it anything.
 */
final class Registrations {

    /** Longer than any run is on its way from making an application to giving it a role. */
    private static final Duration IN_PROGRESS = Duration.ofSeconds(60);

    /** Longer than a role is given and not listed. Nobody waits for what is removed after it. */
    private static final Duration UNLISTED = Duration.ofMinutes(15);

    /** So many names somebody else has to take before one is used that nobody can foretell. */
    private static final int MOST_NAMES = 20;

    /** Of those names in one outcome. */
    private static final int MOST_TOLD = 3;

    private final Azure azure;
    private final GraphRequests graph;
    private final Spreading spreading;
    private final DeletedApplications deleted;
    private final Clock clock;
    private final Version version;

    Registrations(Azure azure, GraphRequests graph, Spreading spreading, Clock clock, Version version) {
        this.azure = azure;
        this.graph = graph;
        this.spreading = spreading;
        deleted = new DeletedApplications(azure, graph);
        this.clock = clock;
        this.version = version;
    }

    /** What stands behind a service principal. */
    Optional<PullCredential> of(UUID principal, CredentialKey key) {
        return there("servicePrincipals/" + principal + "?$select=id,appId,accountEnabled")
                .flatMap(found -> there("applications(appId='"
                                + found.json().path("appId").asText() + "')" + Registration.SELECT)
                        .map(application ->
                                Registration.read(application.json()).credential(key, principal, flaw(found.json()))));
    }

    /** Nobody signs in as a service principal that is disabled (learn.microsoft.com/graph/api/resources/serviceprincipal). */
    private static Optional<Flaw> flaw(JsonNode principal) {
        return principal.path("accountEnabled").asBoolean(true) ? Optional.empty() : Optional.of(Flaw.SIGN_IN_DISABLED);
    }

    private Optional<Reply> there(String path) {
        Reply reply = graph.get(path);
        return GraphRequests.isUnknown(reply) ? Optional.empty() : Optional.of(reply.orFail());
    }

    /**
     * Made by this call, under the first name that nobody has taken. What this program made before and never gave a role to
     * is deleted for good and made again: what happened to it in between cannot be told.
     */
    Lookup<MadeCredential> make(CredentialKey key, Set<UUID> finished) {
        List<TakenName> taken = new ArrayList<>();
        DeletedApplications.Of deletedOnes = deleted.of(key);
        for (int number = 1; number <= MOST_NAMES; number++) {
            String name = name(number, key);
            Optional<Registration> made = make(name, key, finished, deletedOnes, taken::add);
            if (made.isPresent()) {
                PullCredential credential =
                        made.get().credential(key, makePrincipal(made.get(), key), Optional.empty());
                List<Problem> leftAlone = taken.stream()
                        .limit(MOST_TOLD)
                        .map(each -> each.problem(key, name))
                        .toList();
                return new Lookup.Found<>(new MadeCredential(credential, leftAlone));
            }
        }
        throw Answers.useless("a name that nobody can know is said to be taken");
    }

    /** Under this name, unless it is taken; what this program itself left under it, living or deleted, is ended first. */
    private Optional<Registration> make(
            String name,
            CredentialKey key,
            Set<UUID> finished,
            DeletedApplications.Of deletedOnes,
            Consumer<TakenName> orTaken) {
        for (int tries = 0; tries < 2; tries++) {
            Optional<TakenName> taken = takenByLiving(name, key, finished);
            if (taken.isEmpty()) {
                Optional<Registration> made = create(name, key);
                if (made.isPresent()) {
                    return made;
                }
                taken = takenByLiving(name, key, finished).or(() -> deletedOnes.keeping(name));
            }
            if (taken.isPresent()) {
                orTaken.accept(taken.get());
                return Optional.empty();
            }
        }
        orTaken.accept(TakenName.byDeleted(name));
        return Optional.empty();
    }

    private Optional<TakenName> takenByLiving(String name, CredentialKey key, Set<UUID> finished) {
        return inTheWay(name, key, finished).map(there -> TakenName.byLiving(name, there, isOursAlone(there)));
    }

    /** What has the name, after what an earlier run left unfinished under it is deleted; that run may still be at it. */
    private Optional<Registration> inTheWay(String name, CredentialKey key, Set<UUID> finished) {
        Optional<Registration> there = named(name);
        Optional<Registration> unfinished =
                there.filter(each -> isOursAlone(each) && each.mayBe(key) && !isFinished(each, finished));
        if (unfinished.isEmpty()) {
            return there;
        }
        Registration left = unfinished.get();
        // Only what held a role has a password: the role may not be listed yet.
        if (isYoungerThan(IN_PROGRESS, left) || isYoungerThan(UNLISTED, left) && hasPassword(left)) {
            throw inProgress(key);
        }
        delete(left);
        return Optional.empty();
    }

    private static String name(int number, CredentialKey key) {
        if (number == 1) {
            return key.name();
        }
        return key.name()
                + '-'
                + (number < MOST_NAMES
                        ? String.valueOf(number)
                        : UUID.randomUUID().toString());
    }

    /**
     * Deletes all that this program made under the credential's name, and nothing else, for good: what a run deleted that was
     * killed before it ended it, too. False when there was nothing.
     */
    boolean delete(CredentialKey key) {
        boolean living = delete(key, each -> true);
        return deleted.of(key).endAll() || living;
    }

    /** The same, but for what may just be on its way, or has come to its end. */
    boolean deleteUnfinished(CredentialKey key, Set<UUID> finished) {
        return delete(key, each -> !isYoungerThan(UNLISTED, each) && !isFinished(each, finished));
    }

    private boolean isFinished(Registration registration, Set<UUID> finished) {
        return principal(registration).filter(finished::contains).isPresent();
    }

    private boolean hasPassword(Registration registration) {
        return there("applications/" + registration.objectId() + Registration.SELECT)
                .filter(found -> !Registration.read(found.json()).passwords().isEmpty())
                .isPresent();
    }

    private Optional<UUID> principal(Registration registration) {
        return there(principalOf(registration))
                .flatMap(found -> Guid.parse(found.json().path("id").asText()));
    }

    private boolean delete(CredentialKey key, Predicate<Registration> which) {
        // What was made a moment ago may not be listed yet.
        List<Registration> ours = Stream.concat(named(key.name()).stream(), tagged(key.name()).stream())
                .distinct()
                .filter(each -> each.isNamedFor(key) && each.mayBe(key) && isOursAlone(each))
                .filter(which)
                .toList();
        ours.forEach(this::delete);
        return !ours.isEmpty();
    }

    /** The credentials that this program's own applications say to be. */
    List<CredentialKey> all() {
        return tagged(Registration.TAG).stream()
                .filter(this::isOursAlone)
                .flatMap(each -> each.key().filter(each::isNamedFor).stream())
                .distinct()
                .toList();
    }

    private List<Registration> tagged(String tag) {
        return graph.list("applications" + Registration.bearing(tag)).stream()
                .map(Registration::read)
                .toList();
    }

    private Optional<Registration> named(String name) {
        return there("applications(uniqueName='" + name + "')" + Registration.MARKS)
                .map(found -> Registration.read(found.json()));
    }

    /** Empty when the name is taken, if only by an application that was deleted in the last 30 days. */
    private Optional<Registration> create(String name, CredentialKey key) {
        Reply reply =
                graph.upsertOnce("applications(uniqueName='" + name + "')", Registration.body(name, key, version));
        if (reply.status() == 201) {
            return Optional.of(Registration.read(reply.json()));
        }
        if (isTaken(reply)) {
            return Optional.empty();
        }
        reply.orFail();
        // It was there and could be updated: another run has made it in between.
        throw inProgress(key);
    }

    /** Of an application that was made by this call. */
    private UUID makePrincipal(Registration made, CredentialKey key) {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("appId", made.clientId());
        Reply answer = spreading.endured(() -> graph.post("servicePrincipals", body), key);
        Reply reply = isTaken(answer) ? spreading.endured(() -> graph.get(principalOf(made)), key) : answer;
        return Guid.parse(reply.orFail().json().path("id").asText())
                .orElseThrow(() -> Answers.useless("the answer names no service principal"));
    }

    private static String principalOf(Registration registration) {
        return "servicePrincipals(appId='" + registration.clientId() + "')?$select=id";
    }

    /** For good: what is only deleted keeps its name for 30 days, and can be restored. */
    private void delete(Registration ours) {
        Reply reply = graph.delete("applications/" + ours.objectId());
        // Another run that was faster ends it, too.
        if (!GraphRequests.isUnknown(reply)) {
            reply.orFail();
            deleted.endFresh(ours);
        }
    }

    private boolean isOursAlone(Registration registration) {
        return registration.isOwnedOnlyBy(azure.caller());
    }

    private boolean isYoungerThan(Duration age, Registration registration) {
        return registration.created().isAfter(Instant.now(clock).minus(age));
    }

    /** By a living one or by one that was deleted: the directory says it with either code, and the same detail. */
    private static boolean isTaken(Reply reply) {
        JsonNode error = reply.json().path("error");
        return error.path("code").asText().equalsIgnoreCase("Request_MultipleObjectsWithSameKeyValue")
                || Registration.elements(error, "details")
                        .anyMatch(detail -> detail.path("code").asText().equalsIgnoreCase("ObjectConflict"))
                // microsoftgraph/msgraph-bicep-types, issue 137: an answer without details.
                || error.path("message").asText().contains("property uniqueName already exists");
    }

    private static CloudUnavailable inProgress(CredentialKey key) {
        return new CloudUnavailable(
                Problem.of(
                        Kind.IN_PROGRESS,
                        "The application " + key.name()
                                + " was made a moment ago, and holds no role that is listed: another run may be about to give"
                                + " it one.",
                        key.pairing().registry(),
                        Problem.WAITING_HELPS),
                Optional.of(IN_PROGRESS));
    }
}
