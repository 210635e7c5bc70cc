package io.github.acrattach.emulator.graph;

import io.github.acrattach.emulator.estate.Application;
import io.github.acrattach.emulator.estate.Applications;
import io.github.acrattach.emulator.estate.Directory;
import io.github.acrattach.emulator.estate.Principal;
import io.github.acrattach.emulator.estate.PrincipalType;
import io.github.acrattach.emulator.estate.Tenant;
import io.github.acrattach.emulator.http.Answer;
import io.github.acrattach.emulator.http.Json;
import io.github.acrattach.emulator.http.Request;
import java.net.URI;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads, makes, deletes and lists service principals. */
final class ServicePrincipalRequests {
    private static final String SET = "servicePrincipals";
    private static final Pattern ITEM = Pattern.compile(SET + "(?:/(?<id>[^/(]+)|\\(appId='(?<appId>[^']*)'\\))");

    private final Clock clock;
    private final Tenant tenant;
    private final Directory directory;
    private final Applications applications;
    private final Listing listing;

    ServicePrincipalRequests(
            URI root, Tenant tenant, Directory directory, Applications applications, Clock clock) {
        this.clock = clock;
        this.tenant = tenant;
        this.directory = directory;
        this.applications = applications;
        this.listing = new Listing(root, SET);
    }

    /** Empty when the path is none of a service principal. */
    Optional<Answer> answer(Request request, Access access, String path) {
        Matcher item = ITEM.matcher(path);
        return switch (request.method()) {
            case "GET" ->
                item.matches()
                        ? Optional.of(
                                listing.one(request, object(existing(item)).body(tenant)))
                        : path.equals(SET) ? Optional.of(list(request)) : Optional.empty();
            case "POST" -> path.equals(SET) ? Optional.of(create(request, access)) : Optional.empty();
            case "DELETE" -> item.matches() ? Optional.of(delete(existing(item), access)) : Optional.empty();
            default -> Optional.empty();
        };
    }

    DirectoryObject object(Principal principal) {
        return new DirectoryObject(
                principal, principal.appId().flatMap(applications::byAppId).isPresent());
    }

    private Answer list(Request request) {
        String filter = request.query().get("$filter").orElse("");
        Predicate<Principal> wanted = filter.isEmpty()
                ? any -> true
                : PrincipalFilter.parse(filter).orElseThrow(() -> new GraphRefusal(GraphError.invalidFilter(filter)));
        return listing.list(
                request,
                directory.list().stream()
                        .filter(this::isShown)
                        .filter(wanted)
                        .map(principal -> object(principal).body(tenant))
                        .toList());
    }

    private Answer create(Request request, Access access) {
        access.checkCreate();
        String appId = Json.parse(request.body())
                .flatMap(body -> Json.text(body, "appId"))
                .orElseThrow(() -> new GraphRefusal(GraphError.badInput("The property 'appId' is required.")));
        Application application =
                applications.spreadByAppId(appId).orElseThrow(() -> new GraphRefusal(GraphError.noApplication(appId)));
        access.checkChange(application);
        Principal made = Principal.of(application, clock.instant());
        synchronized (directory) {
            if (directory.byAppId(application.appId()).isPresent()) {
                throw new GraphRefusal(GraphError.nameInUse(appId));
            }
            directory.add(made);
        }
        return Answer.json(201, listing.entity(object(made).body(tenant)));
    }

    private Answer delete(Principal principal, Access access) {
        Application application = principal
                .appId()
                .flatMap(applications::byAppId)
                .orElseThrow(() -> new GraphRefusal(GraphError.denied()));
        access.checkChange(application);
        directory.remove(principal.objectId());
        return Answer.empty(204);
    }

    private Principal existing(Matcher item) {
        Optional<String> id = Optional.ofNullable(item.group("id"));
        return id.flatMap(directory::byObjectId)
                .or(() -> Optional.ofNullable(item.group("appId")).flatMap(directory::byAppId))
                .filter(this::isShown)
                .orElseThrow(() -> new GraphRefusal(GraphError.notFound(id.orElse(item.group("appId")))));
    }

    private boolean isShown(Principal principal) {
        return principal.type() == PrincipalType.ServicePrincipal && directory.isSpread(principal);
    }
}
