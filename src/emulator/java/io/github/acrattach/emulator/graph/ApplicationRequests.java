package io.github.acrattach.emulator.graph;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.emulator.estate.Application;
import io.github.acrattach.emulator.estate.Applications;
import io.github.acrattach.emulator.estate.Credentials;
import io.github.acrattach.emulator.estate.Directory;
import io.github.acrattach.emulator.estate.Password;
import io.github.acrattach.emulator.http.Answer;
import io.github.acrattach.emulator.http.Json;
import io.github.acrattach.emulator.http.Request;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/** Reads, writes, deletes and lists applications; wire: learn.microsoft.com/graph/api/resources/application. */
final class ApplicationRequests {
    private static final String SET = "applications";
    private static final String UNIQUE_NAME = "uniqueName";
    private static final Pattern ITEM = Pattern.compile(SET
            + "(?:/(?<id>[^/(]+)|\\(appId='(?<appId>[^']*)'\\)|\\(uniqueName='(?<uniqueName>[^']*)'\\))"
            + "(?:/(?:microsoft\\.graph\\.)?(?<action>\\w+))?");

    private final Clock clock;
    private final Applications applications;
    private final Directory directory;
    private final PasswordRequests passwords;
    private final Owners owners;
    private final URI root;
    private final Listing listing;
    private final Quota quota;
    private final boolean deletedNamesLikeTaken;

    ApplicationRequests(
            URI root,
            Applications applications,
            Directory directory,
            Owners owners,
            Clock clock,
            Quota quota,
            boolean deletedNamesLikeTaken) {
        this.quota = quota;
        this.deletedNamesLikeTaken = deletedNamesLikeTaken;
        this.clock = clock;
        this.owners = owners;
        this.root = root;
        this.applications = applications;
        this.directory = directory;
        this.passwords = new PasswordRequests(root, applications, clock);
        this.listing = new Listing(root, SET);
    }

    /** Empty when the path is none of an application. */
    Optional<Answer> answer(Request request, Access access, String path) {
        if (path.equals(SET)) {
            return switch (request.method()) {
                case "GET" -> Optional.of(list(request));
                case "POST" -> Optional.of(create(body(request), Optional.empty(), access));
                default -> Optional.empty();
            };
        }
        Matcher item = ITEM.matcher(path);
        return item.matches() ? at(item, request, access) : Optional.empty();
    }

    private Optional<Answer> at(Matcher item, Request request, Access access) {
        String action = Optional.ofNullable(item.group("action")).orElse("");
        return Optional.ofNullable(
                switch (request.method() + " " + action) {
                    case "GET " -> listing.one(request, shown(request, existing(item)));
                    case "GET owners" -> owners.list(request, existing(item).owners());
                    case "GET federatedIdentityCredentials" -> federatedCredentials(request, existing(item));
                    case "PATCH " -> update(item, request, access);
                    case "DELETE " -> delete(existing(item), access);
                    case "POST addPassword" -> passwords.add(existing(item), body(request), access);
                    case "POST removePassword" -> passwords.remove(existing(item), body(request), access);
                    default -> null;
                });
    }

    private Answer list(Request request) {
        Predicate<Application> wanted = ApplicationFilter.of(request.query());
        return listing.list(
                request,
                applications.spread().stream()
                        .filter(wanted)
                        .map(application -> shown(request, application))
                        .toList());
    }

    private ObjectNode shown(Request request, Application application) {
        return owners.expand(request.query(), ApplicationJson.write(application), application.owners());
    }

    private Answer federatedCredentials(Request request, Application application) {
        return new Listing(root, SET + "('" + application.id() + "')/federatedIdentityCredentials")
                .list(
                        request,
                        application.federatedCredentials().stream()
                                .map(FederatedCredentialJson::write)
                                .toList());
    }

    private Answer create(JsonNode body, Optional<String> named, Access access) {
        access.checkCreate();
        quota.checkOneMore();
        Instant now = clock.instant();
        List<Password> made = StreamSupport.stream(
                        body.path("passwordCredentials").spliterator(), false)
                .map(asked -> PasswordJson.read(asked, now))
                .toList();
        Application created = new Application(
                UUID.randomUUID().toString(),
                UUID.randomUUID().toString(),
                ApplicationJson.read(body, Optional.empty()),
                named.or(() -> Json.text(body, UNIQUE_NAME)),
                now,
                Credentials.of(made),
                List.of(),
                Set.of(access.caller().objectId()));
        checkAdded(applications.add(created));
        ObjectNode answer = ApplicationJson.write(created);
        ArrayNode shown = Json.array(made.stream().map(PasswordJson::writeWithSecret));
        answer.set("passwordCredentials", shown);
        return Answer.json(201, listing.entity(answer));
    }

    private void checkAdded(Applications.Addition addition) {
        switch (addition) {
            case ADDED -> {}
            case NAME_TAKEN -> throw new GraphRefusal(GraphError.alreadyExists(UNIQUE_NAME));
            case NAME_RESERVED ->
                throw new GraphRefusal(
                        deletedNamesLikeTaken
                                ? GraphError.alreadyExists(UNIQUE_NAME)
                                : GraphError.reserved(UNIQUE_NAME));
        }
    }

    /** By unique name an application can be made in the same step: learn.microsoft.com/graph/api/application-upsert. */
    private Answer update(Matcher item, Request request, Access access) {
        JsonNode body = body(request);
        Optional<String> uniqueName = Optional.ofNullable(item.group(UNIQUE_NAME));
        boolean mayCreate = request.header("Prefer")
                .filter(preferences -> preferences.contains("create-if-missing"))
                .isPresent();
        Optional<Application> before = uniqueName.flatMap(applications::byUniqueName);
        if (before.isEmpty() && uniqueName.isPresent() && mayCreate) {
            return create(body, uniqueName, access);
        }
        Application application = before.orElseGet(() -> existing(item));
        access.checkChange(application.owners());
        Application.Description description = ApplicationJson.read(body, Optional.of(application.description()));
        applications.change(application.id(), each -> each.describedAs(description));
        return Answer.empty(204);
    }

    private Answer delete(Application application, Access access) {
        access.checkChange(application.owners());
        applications.delete(application.id());
        directory.byAppId(application.appId()).ifPresent(principal -> directory.delete(principal.objectId()));
        return Answer.empty(204);
    }

    private Application existing(Matcher item) {
        Optional<Application> found = applications.spread().stream()
                .filter(each -> each.id().equalsIgnoreCase(item.group("id"))
                        || each.appId().equalsIgnoreCase(item.group("appId"))
                        || each.uniqueName()
                                .filter(name -> name.equals(item.group(UNIQUE_NAME)))
                                .isPresent())
                .findFirst();
        return found.orElseThrow(() -> new GraphRefusal(GraphError.notFound(Optional.ofNullable(item.group("id"))
                .or(() -> Optional.ofNullable(item.group("appId")))
                .orElse(item.group(UNIQUE_NAME)))));
    }

    private static JsonNode body(Request request) {
        return Json.parseObject(request.body())
                .orElseThrow(() -> new GraphRefusal(GraphError.badRequest(
                        "Unable to read JSON request payload. Please ensure Content-Type header is"
                                + " set and payload is of valid JSON format.")));
    }
}
