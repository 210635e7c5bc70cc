package io.github.acrattach.emulator.graph;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.emulator.entra.Audiences;
import io.github.acrattach.emulator.entra.Bearer;
import io.github.acrattach.emulator.entra.Tokens;
import io.github.acrattach.emulator.estate.Applications;
import io.github.acrattach.emulator.estate.Directory;
import io.github.acrattach.emulator.estate.Principal;
import io.github.acrattach.emulator.estate.Tenant;
import io.github.acrattach.emulator.http.Answer;
import io.github.acrattach.emulator.http.Json;
import io.github.acrattach.emulator.http.Request;
import java.net.URI;
import java.time.Clock;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The directory for callers who may read it: service principals, and the applications behind them. */
public final class Graph {
    private static final String ROOT = "/v1.0/";

    private final URI uri;
    private final Tenant tenant;
    private final Directory directory;
    private final DirectoryObjects objects;
    private final Tokens tokens;
    private final Audiences audiences;
    private final ApplicationRequests applications;
    private final ServicePrincipalRequests servicePrincipals;
    private final DeletedItemRequests deletedItems;

    public Graph(
            URI uri,
            Tenant tenant,
            Directory directory,
            Applications applications,
            Tokens tokens,
            Audiences audiences,
            Clock clock,
            Quota quota,
            boolean deletedNamesLikeTaken) {
        this.uri = uri;
        this.tenant = tenant;
        this.directory = directory;
        this.tokens = tokens;
        this.audiences = audiences;
        this.objects = new DirectoryObjects(tenant, applications);
        Owners owners = new Owners(uri, directory, objects);
        this.applications =
                new ApplicationRequests(uri, applications, directory, owners, clock, quota, deletedNamesLikeTaken);
        this.servicePrincipals =
                new ServicePrincipalRequests(uri, directory, applications, objects, owners, clock, quota);
        this.deletedItems = new DeletedItemRequests(uri, applications, directory, objects, owners);
    }

    /** Empty when the path is none of Graph's. */
    public Optional<Answer> answer(Request request) {
        return request.path().startsWith(ROOT) ? Optional.of(admit(request)) : Optional.empty();
    }

    private Answer admit(Request request) {
        Bearer bearer = tokens.read(request, audiences.graph());
        if (!(bearer instanceof Bearer.Valid valid)) {
            return GraphError.unauthenticated(reason(bearer)).answer(request);
        }
        String path = request.path().substring(ROOT.length());
        if (path.equals("me")) {
            return GraphError.badRequest("/me request is only valid with delegated authentication flow.")
                    .answer(request);
        }
        try {
            Principal caller = directory
                    .byObjectId(valid.caller().objectId())
                    .filter(Principal::directoryReader)
                    .orElseThrow(() -> new GraphRefusal(GraphError.denied()));
            return at(path, request, new Access(caller));
        } catch (GraphRefusal refusal) {
            return refusal.error().answer(request);
        }
    }

    private Answer at(String path, Request request, Access access) {
        return switch (request.method() + " " + path) {
            case "GET organization" -> list("organization", Stream.of(organization()));
            case "POST directoryObjects/getByIds" -> byIds(request);
            default ->
                applications
                        .answer(request, access, path)
                        .or(() -> servicePrincipals.answer(request, access, path))
                        .or(() -> deletedItems.answer(request, access, path))
                        .orElseThrow(() -> new GraphRefusal(
                                GraphError.badRequest("Resource not found for the segment '" + path + "'.")));
        };
    }

    private Answer byIds(Request request) {
        JsonNode ids = Json.parse(request.body()).map(body -> body.path("ids")).orElse(Json.object());
        if (!ids.isArray()) {
            throw new GraphRefusal(GraphError.badRequest("The parameter ids is missing or not an array."));
        }
        return list(
                "directoryObjects",
                StreamSupport.stream(ids.spliterator(), false)
                        .flatMap(id -> directory.byObjectId(id.asText()).stream())
                        .filter(directory::isSpread)
                        .map(objects::typed));
    }

    private Answer list(String set, Stream<ObjectNode> items) {
        return Answer.json(
                200, Json.object().put("@odata.context", context(set)).set("value", Json.array(items)));
    }

    private ObjectNode organization() {
        ObjectNode domain = Json.object().put("name", tenant.defaultDomain()).put("isDefault", true);
        return Json.object()
                .put("id", tenant.id())
                .put("displayName", tenant.displayName())
                .set("verifiedDomains", Json.array(Stream.of(domain)));
    }

    private String context(String set) {
        return uri + ROOT + "$metadata#" + set;
    }

    private static String reason(Bearer bearer) {
        if (bearer instanceof Bearer.Missing) {
            return "Access token is empty.";
        }
        if (bearer instanceof Bearer.Expired) {
            return "Lifetime validation failed, the token is expired.";
        }
        return bearer instanceof Bearer.WrongAudience
                ? "Access token validation failure. Invalid audience."
                : "Access token validation failure. Invalid signature.";
    }
}
