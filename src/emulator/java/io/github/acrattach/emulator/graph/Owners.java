package io.github.acrattach.emulator.graph;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.emulator.estate.Directory;
import io.github.acrattach.emulator.http.Answer;
import io.github.acrattach.emulator.http.Json;
import io.github.acrattach.emulator.http.Query;
import io.github.acrattach.emulator.http.Request;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The owners of applications and service principals, as lists of their own and as $expand shows them; wire:
 * learn.microsoft.com/graph/api/application-list-owners.
 */
record Owners(URI root, Directory directory, DirectoryObjects objects) {
    private static final String NAME = "owners";
    private static final Pattern EXPAND = Pattern.compile(NAME + "(?:\\(\\$select=(?<select>[\\w,]+)\\))?");

    /** No expanded relation of a directory object has more: learn.microsoft.com/graph/query-parameters#expand. */
    private static final int EXPANDED = 20;

    Answer list(Request request, Set<String> ids) {
        return new Listing(root, "directoryObjects").list(request, bodies(ids).toList());
    }

    /** Adds them to the body of what they own if $expand asks for them. */
    ObjectNode expand(Query query, ObjectNode body, Set<String> ids) {
        query.get("$expand").ifPresent(asked -> {
            Matcher expand = EXPAND.matcher(asked);
            if (!expand.matches()) {
                throw new GraphRefusal(
                        GraphError.badRequest("Parsing OData Select and Expand failed: '" + asked + "'."));
            }
            Optional<String> select = Optional.ofNullable(expand.group("select"));
            body.set(
                    NAME,
                    Json.array(bodies(ids).limit(EXPANDED).map(owner -> Listing.selected(select, Stream.of(), owner))));
        });
        return body;
    }

    private Stream<ObjectNode> bodies(Set<String> ids) {
        return ids.stream().sorted().map(this::body);
    }

    /** Whom the directory does not know is a user: the emulator needs no more of people than their ids. */
    private ObjectNode body(String id) {
        return directory.byObjectId(id).map(objects::typed).orElseGet(() -> Json.object()
                .put("@odata.type", "#microsoft.graph.user")
                .put("id", id));
    }
}
