package io.github.acrattach.emulator.arm.authorization;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.emulator.arm.ApiVersions;
import io.github.acrattach.emulator.arm.ArmError;
import io.github.acrattach.emulator.arm.Call;
import io.github.acrattach.emulator.arm.Page;
import io.github.acrattach.emulator.arm.Route;
import io.github.acrattach.emulator.http.Answer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/**
 * The deny assignments of the tenant: Azure makes them for deployment stacks and managed applications, so here they are
 * planted, and ARM only shows them (learn.microsoft.com/rest/api/authorization/deny-assignments).
 */
public final class DenyAssignments {
    private static final ApiVersions VERSIONS = ApiVersions.of(
            "Microsoft.Authorization", "denyAssignments", "2024-07-01-preview", "2022-04-01", "2018-07-01-preview");
    private static final String PATH = "{scope*}/providers/Microsoft.Authorization/denyAssignments";
    private static final String READ = "Microsoft.Authorization/denyAssignments/read";

    private final List<DenyAssignment> all = new CopyOnWriteArrayList<>();
    private final Hierarchy hierarchy;
    private final Page page;

    public DenyAssignments(Hierarchy hierarchy, Page page) {
        this.hierarchy = hierarchy;
        this.page = page;
    }

    /** Starts again with those of an estate, each as ARM shows one. */
    public void load(List<JsonNode> estate) {
        all.clear();
        estate.forEach(this::plant);
    }

    public ObjectNode plant(JsonNode body) {
        DenyAssignment planted = DenyAssignment.read(body);
        all.removeIf(each -> each.id().equalsIgnoreCase(planted.id()));
        all.add(planted);
        return planted.body();
    }

    /** All of them, as ARM shows them. */
    public Stream<ObjectNode> list() {
        return all.stream().map(DenyAssignment::body);
    }

    public List<Route> routes() {
        return List.of(
                Route.of("GET", PATH, READ, VERSIONS.only(this::list)),
                Route.of("GET", PATH + "/{name}", READ, VERSIONS.only(this::get)));
    }

    /** The first that refuses somebody, known by these ids, an action at a scope. */
    Optional<DenyAssignment> refusing(
            Set<String> ids, String action, boolean data, String scope, Map<String, String> attributes) {
        return all.stream()
                .filter(each -> each.holdsAt(scope, hierarchy))
                .filter(each -> each.meets(ids))
                .filter(each -> each.refuses(action, data, attributes))
                .findFirst();
    }

    private Answer get(Call call) {
        return all.stream()
                .filter(each -> each.name().equalsIgnoreCase(call.variable("name")))
                .filter(each -> hierarchy.covers(each.scope(), call.variable("scope")))
                .findFirst()
                .map(each -> Answer.json(200, each.body()))
                .orElseThrow(() -> ArmError.notFound(
                        "DenyAssignmentNotFound", "The deny assignment '" + call.variable("name") + "' is not found."));
    }

    /** At and above the scope always; below it too, unless the filter says atScope(). */
    private Answer list(Call call) {
        String scope = call.variable("scope");
        ODataFilter filter = ODataFilter.of(call, "atScope", "principalId", "denyAssignmentName");
        return page.answer(
                call,
                all.stream()
                        .filter(each -> hierarchy.covers(each.scope(), scope)
                                || !filter.has("atScope")
                                        && hierarchy.covers(
                                                Scope.of(scope), each.scope().path()))
                        .filter(each -> filter.accepts("denyAssignmentName", each.displayName()))
                        .filter(each -> filter.value("principalId")
                                .map(id -> each.meets(Set.of(id)))
                                .orElse(true))
                        .map(DenyAssignment::body));
    }
}
