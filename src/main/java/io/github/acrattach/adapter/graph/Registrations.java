package io.github.acrattach.adapter.graph;

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
import io.github.acrattach.port.CloudUnavailable;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
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
    private final Clock clock;

    Registrations(Azure azure, GraphRequests graph, Spreading spreading, Clock clock) {
        this.azure = azure;
        this.graph = graph;
        this.spreading = spreading;
        this.clock = clock;
    }

    /** What stands behind a service principal. */
    Optional<PullCredential> of(UUID principal, CredentialKey key) {
        return there("servicePrincipals/" + principal + "?$select=id,appId")
                .flatMap(found -> there(
                        "applications(appId='" + found.json().path("appId").asText() + "')" + Registration.SELECT))
                .map(found -> Registration.read(found.json()).credential(key, principal));
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
        List<Problem> leftAlone = new ArrayList<>();
        for (int number = 1; number <= MOST_NAMES; number++) {
            String name = name(number, key);
            Optional<Registration> there = inTheWay(name, key, finished);
            Optional<Registration> made = there.isPresent() ? Optional.empty() : create(name, key);
            if (made.isPresent()) {
                PullCredential credential = made.get().credential(key, makePrincipal(made.get(), key));
                return new Lookup.Found<>(new MadeCredential(credential, leftAlone));
            }
            Problem taken = taken(name, there.or(() -> inTheWay(name, key, finished)), key);
            if (leftAlone.size() < MOST_TOLD) {
                leftAlone.add(taken);
            }
        }
        throw Answers.useless("a name that nobody can know is said to be taken");
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

    /** Deletes all that this program made under the credential's name, and nothing else; false when there was nothing. */
    boolean delete(CredentialKey key) {
        return delete(key, each -> true);
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
        String filter = URLEncoder.encode("tags/any(t:t eq '" + tag + "')", StandardCharsets.UTF_8)
                .replace("+", "%20");
        return graph.list("applications" + Registration.MARKS + "&$top=50&$filter=" + filter).stream()
                .map(Registration::read)
                .toList();
    }

    private Optional<Registration> named(String name) {
        return there("applications(uniqueName='" + name + "')" + Registration.MARKS)
                .map(found -> Registration.read(found.json()));
    }

    /** Empty when the name is taken, if only by an application that was deleted in the last 30 days. */
    private Optional<Registration> create(String name, CredentialKey key) {
        Reply reply = graph.upsertOnce("applications(uniqueName='" + name + "')", Registration.body(name, key));
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
        unlessGone(graph.delete("applications/" + ours.objectId()));
        Reply purged = graph.delete("directory/deletedItems/" + ours.objectId());
        // Where nobody may, the name stays taken for 30 days, and the next one is used.
        if (purged.status() != 403) {
            unlessGone(purged);
        }
    }

    private static void unlessGone(Reply reply) {
        if (!GraphRequests.isUnknown(reply)) {
            reply.orFail();
        }
    }

    private boolean isOursAlone(Registration registration) {
        return azure.caller()
                .filter(us -> registration.owners().equals(Set.of(us)))
                .isPresent();
    }

    private boolean isYoungerThan(Duration age, Registration registration) {
        return registration.created().isAfter(Instant.now(clock).minus(age));
    }

    private static boolean isTaken(Reply reply) {
        String code = reply.json().path("error").path("code").asText();
        return code.equalsIgnoreCase("Request_MultipleObjectsWithSameKeyValue")
                // microsoftgraph/msgraph-bicep-types, issue 137: the name of one that was deleted.
                || reply.json().path("error").path("message").asText().contains("property uniqueName already exists");
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

    private Problem taken(String name, Optional<Registration> there, CredentialKey key) {
        String by = there.map(each -> isOursAlone(each)
                        ? "an application of this program that holds a role which this program cannot prove to have given it"
                        : "an application of somebody else's, or that somebody else has a hand in")
                .orElse("an application that was deleted");
        return Problem.of(
                Kind.FOREIGN_CREDENTIAL,
                "The name " + name + " is taken by " + by
                        + ". It was left alone, and the credential has the next name.",
                key.pairing().registry(),
                there.map(each -> "az ad app delete --id \"" + each.clientId() + "\"   (if nobody needs it)")
                        .orElse("Nothing needs to be done; the directory forgets it after 30 days."));
    }
}
