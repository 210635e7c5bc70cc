package io.github.acrattach.emulator.arm.authorization;

import io.github.acrattach.emulator.arm.ArmError;
import io.github.acrattach.emulator.arm.Call;
import io.github.acrattach.emulator.arm.Page;
import io.github.acrattach.emulator.arm.ResourceEvent;
import io.github.acrattach.emulator.arm.Route;
import io.github.acrattach.emulator.estate.Directory;
import io.github.acrattach.emulator.http.Answer;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Reads, writes, deletes and lists role assignments over HTTP. */
public final class RoleAssignmentProvider {
    private static final String PATH = "{scope*}/providers/Microsoft.Authorization/roleAssignments";
    private static final String RIGHT = "Microsoft.Authorization/roleAssignments/";

    private final RoleAssignments assignments;
    private final RoleAssignmentRequest reader;
    private final Targets targets;
    private final Directory directory;
    private final Hierarchy hierarchy;
    private final Page page;
    private final Consumer<ResourceEvent> events;

    public RoleAssignmentProvider(
            RoleAssignments assignments,
            RoleAssignmentRequest reader,
            Targets targets,
            Directory directory,
            Hierarchy hierarchy,
            Page page,
            Consumer<ResourceEvent> events) {
        this.assignments = assignments;
        this.reader = reader;
        this.targets = targets;
        this.directory = directory;
        this.hierarchy = hierarchy;
        this.page = page;
        this.events = events;
    }

    /** What role assignments need to know about the rest of ARM. */
    public interface Targets {
        /** Refuses a scope at which nothing exists. */
        void checkExists(String scope);

        /** Refuses a change under a lock. */
        void checkLocks(String id, boolean delete);
    }

    public List<Route> routes() {
        return List.of(
                Route.of("GET", PATH, RIGHT + "read", this::list),
                Route.of("GET", PATH + "/{name}", RIGHT + "read", this::get),
                Route.of("PUT", PATH + "/{name}", RIGHT + "write", this::put),
                Route.of("DELETE", PATH + "/{name}", RIGHT + "delete", this::delete));
    }

    private Answer get(Call call) {
        return assignments
                .get(id(call))
                .map(assignment -> Answer.json(200, assignment.body()))
                .orElseThrow(() -> ArmError.notFound(
                        "RoleAssignmentNotFound", "The role assignment '" + call.variable("name") + "' is not found."));
    }

    private Answer put(Call call) {
        targets.checkExists(call.variable("scope"));
        targets.checkLocks(id(call), false);
        RoleAssignment wanted = reader.read(call);
        RoleAssignments.Written written = assignments.put(wanted);
        RoleAssignment assignment = written.assignment();
        return switch (written.effect()) {
            case CREATED -> {
                events.accept(ResourceEvent.created(assignment.id(), RIGHT + "write", Optional.of(call.caller())));
                yield Answer.json(201, assignment.bodyOnCreation());
            }
            case UPDATED -> {
                events.accept(ResourceEvent.changed(assignment.id(), RIGHT + "write", call));
                yield Answer.json(200, assignment.body());
            }
            case UNCHANGED -> Answer.json(200, assignment.body());
        };
    }

    private Answer delete(Call call) {
        targets.checkLocks(id(call), true);
        Optional<RoleAssignment> gone = assignments.remove(id(call));
        gone.ifPresent(assignment -> events.accept(ResourceEvent.changed(assignment.id(), RIGHT + "delete", call)));
        return gone.map(assignment -> Answer.json(200, assignment.body())).orElseGet(() -> Answer.empty(204));
    }

    /**
     * At and above the scope always; below it too, unless the filter says atScope(). What is assigned to somebody includes
     * what is assigned to the groups that they are in, through other groups, too.
     */
    private Answer list(Call call) {
        String scope = call.variable("scope");
        ODataFilter filter = ODataFilter.of(call, "atScope", "principalId", "assignedTo");
        Optional<Set<String>> reached = filter.value("assignedTo").map(directory::withGroupsOf);
        return page.answer(
                call,
                assignments.list().stream()
                        .filter(each -> hierarchy.covers(each.scope(), scope)
                                || !filter.has("atScope")
                                        && hierarchy.covers(
                                                Scope.of(scope), each.scope().path()))
                        .filter(each -> filter.accepts("principalId", each.principalId()))
                        .filter(each -> reached.isEmpty()
                                || reached.get().stream().anyMatch(each.principalId()::equalsIgnoreCase))
                        .map(RoleAssignment::body));
    }

    private static String id(Call call) {
        return Scope.of(call.variable("scope")).path() + "/providers/" + RIGHT + call.variable("name");
    }
}
