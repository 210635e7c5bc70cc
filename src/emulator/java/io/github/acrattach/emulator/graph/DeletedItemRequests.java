package io.github.acrattach.emulator.graph;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.emulator.estate.Application;
import io.github.acrattach.emulator.estate.Applications;
import io.github.acrattach.emulator.estate.DeletedItems.Item;
import io.github.acrattach.emulator.estate.Directory;
import io.github.acrattach.emulator.estate.Principal;
import io.github.acrattach.emulator.http.Answer;
import io.github.acrattach.emulator.http.Json;
import io.github.acrattach.emulator.http.Request;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads deleted applications and service principals, restores them, and deletes them for good; wire:
 * learn.microsoft.com/graph/api/directory-deleteditems-list, -get, -restore and -delete. To read them takes a permission to
 * read all applications; Application.ReadWrite.OwnedBy, which lists the living ones, is not among those documented.
 */
final class DeletedItemRequests {
    private static final String SET = "directory/deletedItems/";
    private static final String APPLICATION = "microsoft.graph.application";
    private static final String PRINCIPAL = "microsoft.graph.servicePrincipal";
    private static final Pattern ITEM = Pattern.compile(SET + "(?<id>[^/]+)(?<restore>/restore)?");

    private final Applications applications;
    private final Directory directory;
    private final DirectoryObjects objects;
    private final Owners owners;
    private final Listing listing;

    DeletedItemRequests(
            URI root, Applications applications, Directory directory, DirectoryObjects objects, Owners owners) {
        this.applications = applications;
        this.directory = directory;
        this.objects = objects;
        this.owners = owners;
        this.listing = new Listing(root, "directoryObjects");
    }

    /** Empty when the path is none of a deleted item. */
    Optional<Answer> answer(Request request, Access access, String path) {
        Matcher item = ITEM.matcher(path);
        if (!item.matches()) {
            return Optional.empty();
        }
        String id = item.group("id");
        boolean restore = item.group("restore") != null;
        return switch (request.method()) {
            case "GET" -> restore ? Optional.empty() : Optional.of(read(request, access, id));
            case "POST" -> restore ? Optional.of(restore(id, access)) : Optional.empty();
            case "DELETE" -> restore ? Optional.empty() : Optional.of(delete(id, access));
            default -> Optional.empty();
        };
    }

    private Answer read(Request request, Access access, String id) {
        access.checkReadDeleted();
        return switch (id) {
            case APPLICATION -> applications(request);
            case PRINCIPAL -> principals(request);
            default -> listing.one(request, shown(request, id));
        };
    }

    private Answer applications(Request request) {
        Predicate<Application> wanted = ApplicationFilter.of(request.query());
        return listing.list(
                request,
                applications.deleted().list().stream()
                        .filter(item -> wanted.test(item.object()))
                        .map(item -> application(request, item))
                        .toList());
    }

    private Answer principals(Request request) {
        Predicate<Principal> wanted = PrincipalFilter.of(request.query());
        return listing.list(
                request,
                directory.deleted().list().stream()
                        .filter(item -> wanted.test(item.object()))
                        .map(item -> principal(request, item))
                        .toList());
    }

    private ObjectNode shown(Request request, String id) {
        return applications
                .deleted()
                .get(id)
                .map(item -> application(request, item))
                .or(() -> directory.deleted().get(id).map(item -> principal(request, item)))
                .orElseThrow(() -> new GraphRefusal(GraphError.notFound(id)));
    }

    /** The service principal outlives its application here: it can only not be restored without it. */
    private Answer delete(String id, Access access) {
        access.checkChange(owners(id));
        applications.deleted().remove(id);
        directory.deleted().remove(id);
        return Answer.empty(204);
    }

    /** An application comes back with the service principal that went with it. */
    private Answer restore(String id, Access access) {
        access.checkChange(owners(id));
        Optional<Item<Application>> application = applications.deleted().get(id);
        if (application.isPresent()) {
            Application restored = application.get().object();
            applications.restore(application.get());
            directory.deletedByAppId(restored.appId()).ifPresent(directory::restore);
            return Answer.json(200, listing.entity(typed(restored)));
        }
        Item<Principal> principal = directory.deleted().get(id).orElseThrow();
        String appId = principal.object().appId().orElse("");
        if (applications.byAppId(appId).isEmpty()) {
            throw new GraphRefusal(GraphError.noLivingApplication(appId));
        }
        directory.restore(principal);
        return Answer.json(200, listing.entity(objects.typed(principal.object())));
    }

    private Set<String> owners(String id) {
        return applications
                .deleted()
                .get(id)
                .map(item -> item.object().owners())
                .or(() -> directory.deleted().get(id).map(item -> item.object().owners()))
                .orElseThrow(() -> new GraphRefusal(GraphError.notFound(id)));
    }

    private ObjectNode application(Request request, Item<Application> item) {
        return owners.expand(
                request.query(),
                deleted(item, typed(item.object())),
                item.object().owners());
    }

    private ObjectNode principal(Request request, Item<Principal> item) {
        return owners.expand(
                request.query(),
                deleted(item, objects.typed(item.object())),
                item.object().owners());
    }

    private static ObjectNode typed(Application application) {
        return Json.object().put("@odata.type", "#" + APPLICATION).setAll(ApplicationJson.write(application));
    }

    private static ObjectNode deleted(Item<?> item, ObjectNode body) {
        return body.put("deletedDateTime", Json.timestamp(item.deleted()));
    }
}
