package io.github.acrattach.emulator.graph;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.emulator.estate.Application;
import io.github.acrattach.emulator.estate.Applications;
import io.github.acrattach.emulator.estate.Directory;
import io.github.acrattach.emulator.estate.Principal;
import io.github.acrattach.emulator.estate.PrincipalType;
import io.github.acrattach.emulator.http.Answer;
import io.github.acrattach.emulator.http.Json;
import io.github.acrattach.emulator.http.Request;
import java.net.URI;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads, makes, deletes and lists service principals. */
final class ServicePrincipalRequests {
    private static final String SET = "servicePrincipals";
    private static final Pattern ITEM =
            Pattern.compile(SET + "(?:/(?<id>[^/(]+)|\\(appId='(?<appId>[^']*)'\\))(?<owners>/owners)?");

    private final Clock clock;
    private final Directory directory;
    private final Applications applications;
    private final DirectoryObjects objects;
    private final Owners owners;
    private final Listing listing;
    private final Quota quota;

    ServicePrincipalRequests(
            URI root,
            Directory directory,
            Applications applications,
            DirectoryObjects objects,
            Owners owners,
            Clock clock,
            Quota quota) {
        this.quota = quota;
        this.clock = clock;
        this.objects = objects;
        this.owners = owners;
        this.directory = directory;
        this.applications = applications;
        this.listing = new Listing(root, SET);
    }

    /** Empty when the path is none of a service principal. */
    Optional<Answer> answer(Request request, Access access, String path) {
        if (path.equals(SET)) {
            return switch (request.method()) {
                case "GET" -> Optional.of(list(request));
                case "POST" -> Optional.of(create(request, access));
                default -> Optional.empty();
            };
        }
        Matcher item = ITEM.matcher(path);
        return item.matches() ? at(item, request, access) : Optional.empty();
    }

    private Optional<Answer> at(Matcher item, Request request, Access access) {
        if (item.group("owners") != null) {
            return request.method().equals("GET")
                    ? Optional.of(owners.list(request, existing(item).owners()))
                    : Optional.empty();
        }
        return switch (request.method()) {
            case "GET" -> Optional.of(listing.one(request, shown(request, existing(item))));
            case "DELETE" -> Optional.of(delete(existing(item), access));
            default -> Optional.empty();
        };
    }

    private ObjectNode shown(Request request, Principal principal) {
        return owners.expand(request.query(), objects.body(principal), principal.owners());
    }

    private Answer list(Request request) {
        Predicate<Principal> wanted = PrincipalFilter.of(request.query());
        return listing.list(
                request,
                directory.list().stream()
                        .filter(this::isShown)
                        .filter(wanted)
                        .map(principal -> shown(request, principal))
                        .toList());
    }

    private Answer create(Request request, Access access) {
        access.checkCreate();
        quota.checkOneMore();
        String appId = Json.parse(request.body())
                .flatMap(body -> Json.text(body, "appId"))
                .orElseThrow(() -> new GraphRefusal(GraphError.badInput("The property 'appId' is required.")));
        Application application =
                applications.spreadByAppId(appId).orElseThrow(() -> new GraphRefusal(GraphError.noApplication(appId)));
        access.checkChange(application.owners());
        Principal made = Principal.of(application, Set.of(access.caller().objectId()), clock.instant());
        synchronized (directory) {
            if (directory.byAppId(application.appId()).isPresent()) {
                throw new GraphRefusal(GraphError.nameInUse(appId));
            }
            directory.add(made);
        }
        return Answer.json(201, listing.entity(objects.body(made)));
    }

    private Answer delete(Principal principal, Access access) {
        if (principal.appId().flatMap(applications::byAppId).isEmpty()) {
            throw new GraphRefusal(GraphError.denied());
        }
        access.checkChange(principal.owners());
        directory.delete(principal.objectId());
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
