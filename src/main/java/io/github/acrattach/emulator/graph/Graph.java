package io.github.acrattach.emulator.graph;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.emulator.entra.Audiences;
import io.github.acrattach.emulator.entra.Bearer;
import io.github.acrattach.emulator.entra.Tokens;
import io.github.acrattach.emulator.estate.Directory;
import io.github.acrattach.emulator.estate.Principal;
import io.github.acrattach.emulator.estate.PrincipalType;
import io.github.acrattach.emulator.estate.Tenant;
import io.github.acrattach.emulator.http.Answer;
import io.github.acrattach.emulator.http.Json;
import io.github.acrattach.emulator.http.Request;
import java.net.URI;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Looks up service principals for callers who may read the directory. */
public final class Graph {
    private static final String ROOT = "/v1.0/";
    private static final Pattern BY_ID = Pattern.compile("servicePrincipals/([^/]+)");
    private static final Pattern BY_APP_ID = Pattern.compile("servicePrincipals\\(appId='([^']*)'\\)");

    private final URI uri;
    private final Tenant tenant;
    private final Directory directory;
    private final Tokens tokens;
    private final Audiences audiences;

    public Graph(URI uri, Tenant tenant, Directory directory, Tokens tokens, Audiences audiences) {
        this.uri = uri;
        this.tenant = tenant;
        this.directory = directory;
        this.tokens = tokens;
        this.audiences = audiences;
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
        boolean reader = directory
                .byObjectId(valid.caller().objectId())
                .filter(Principal::directoryReader)
                .isPresent();
        String path = request.path().substring(ROOT.length());
        if (path.equals("me")) {
            return GraphError.badRequest("/me request is only valid with delegated authentication flow.")
                    .answer(request);
        }
        return reader ? at(path, request) : GraphError.denied().answer(request);
    }

    private Answer at(String path, Request request) {
        Matcher byAppId = BY_APP_ID.matcher(path);
        Matcher byId = BY_ID.matcher(path);
        return switch (request.method() + " " + path) {
            case "GET organization" -> list("organization", Stream.of(organization()));
            case "GET servicePrincipals" -> servicePrincipals(request);
            case "POST directoryObjects/getByIds" -> byIds(request);
            default -> {
                if (request.method().equals("GET") && byAppId.matches()) {
                    yield one(directory.byAppId(byAppId.group(1)), byAppId.group(1), request);
                }
                if (request.method().equals("GET") && byId.matches()) {
                    yield one(directory.byObjectId(byId.group(1)), byId.group(1), request);
                }
                yield GraphError.badRequest("Resource not found for the segment '" + path + "'.")
                        .answer(request);
            }
        };
    }

    private Answer servicePrincipals(Request request) {
        Optional<String> filter = request.query().get("$filter");
        Optional<Predicate<Principal>> wanted = filter.flatMap(PrincipalFilter::parse);
        if (filter.isPresent() && wanted.isEmpty()) {
            return GraphError.invalidFilter(filter.get()).answer(request);
        }
        return list(
                "servicePrincipals",
                directory.list().stream()
                        .filter(Graph::isServicePrincipal)
                        .filter(wanted.orElse(any -> true))
                        .map(principal -> new DirectoryObject(principal).body(tenant)));
    }

    private Answer byIds(Request request) {
        JsonNode ids = Json.parse(request.body()).map(body -> body.path("ids")).orElse(Json.object());
        if (!ids.isArray()) {
            return GraphError.badRequest("The parameter ids is missing or not an array.")
                    .answer(request);
        }
        return list(
                "directoryObjects",
                StreamSupport.stream(ids.spliterator(), false)
                        .flatMap(id -> directory.byObjectId(id.asText()).stream())
                        .map(principal -> new DirectoryObject(principal).typed(tenant)));
    }

    private Answer one(Optional<Principal> principal, String id, Request request) {
        return principal
                .filter(Graph::isServicePrincipal)
                .map(found -> Answer.json(
                        200,
                        Json.object()
                                .put("@odata.context", context("servicePrincipals/$entity"))
                                .setAll(new DirectoryObject(found).body(tenant))))
                .orElseGet(() -> GraphError.notFound(id).answer(request));
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

    private static boolean isServicePrincipal(Principal principal) {
        return principal.type() == PrincipalType.ServicePrincipal;
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
