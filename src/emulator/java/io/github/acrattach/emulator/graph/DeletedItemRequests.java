package io.github.acrattach.emulator.graph;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.emulator.estate.Application;
import io.github.acrattach.emulator.estate.Applications;
import io.github.acrattach.emulator.estate.DeletedItems;
import io.github.acrattach.emulator.estate.Directory;
import io.github.acrattach.emulator.estate.Principal;
import io.github.acrattach.emulator.http.Answer;
import io.github.acrattach.emulator.http.Json;
import io.github.acrattach.emulator.http.Request;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Reads deleted applications and service principals, and deletes them for good; wire:
 * learn.microsoft.com/graph/api/directory-deleteditems-delete.
 */
final class DeletedItemRequests {
    private static final String SET = "directory/deletedItems/";
    private static final String APPLICATION = "microsoft.graph.application";

    private final Applications applications;
    private final Directory directory;
    private final DirectoryObjects objects;
    private final Listing listing;

    DeletedItemRequests(URI root, Applications applications, Directory directory, DirectoryObjects objects) {
        this.applications = applications;
        this.directory = directory;
        this.objects = objects;
        this.listing = new Listing(root, "directoryObjects");
    }

    /** Empty when the path is none of a deleted item. */
    Optional<Answer> answer(Request request, Access access, String path) {
        if (!path.startsWith(SET)) {
            return Optional.empty();
        }
        String id = path.substring(SET.length());
        return switch (request.method()) {
            case "GET" -> Optional.of(id.equals(APPLICATION) ? list(request) : get(request, id));
            case "DELETE" -> Optional.of(delete(id, access));
            default -> Optional.empty();
        };
    }

    private Answer list(Request request) {
        Predicate<Application> wanted = ApplicationFilter.of(request.query());
        return listing.list(
                request,
                applications.deleted().list().stream()
                        .filter(item -> wanted.test(item.object()))
                        .map(DeletedItemRequests::application)
                        .toList());
    }

    private Answer get(Request request, String id) {
        return applications
                .deleted()
                .get(id)
                .map(DeletedItemRequests::application)
                .or(() -> directory.deleted().get(id).map(this::principal))
                .map(body -> listing.one(request, body))
                .orElseThrow(() -> new GraphRefusal(GraphError.notFound(id)));
    }

    private Answer delete(String id, Access access) {
        Optional<Application> application = applications.deleted().get(id).map(DeletedItems.Item::object);
        Set<String> owners = application
                .map(Application::owners)
                .or(() -> directory.deleted().get(id).map(item -> item.object().owners()))
                .orElseThrow(() -> new GraphRefusal(GraphError.notFound(id)));
        access.checkChange(owners);
        application.ifPresent(each -> {
            applications.deleted().remove(each.id());
            directory
                    .deletedByAppId(each.appId())
                    .ifPresent(item -> directory.deleted().remove(item.id()));
        });
        directory.deleted().remove(id);
        return Answer.empty(204);
    }

    private static ObjectNode application(DeletedItems.Item<Application> item) {
        return deleted(
                item, Json.object().put("@odata.type", "#" + APPLICATION).setAll(ApplicationJson.write(item.object())));
    }

    private ObjectNode principal(DeletedItems.Item<Principal> item) {
        return deleted(item, objects.typed(item.object()));
    }

    private static ObjectNode deleted(DeletedItems.Item<?> item, ObjectNode body) {
        return body.put("deletedDateTime", Json.timestamp(item.deleted()));
    }
}
