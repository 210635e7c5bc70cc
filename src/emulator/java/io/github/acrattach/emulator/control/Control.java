package io.github.acrattach.emulator.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.emulator.arm.ArmError;
import io.github.acrattach.emulator.estate.Grant;
import io.github.acrattach.emulator.eventgrid.Event;
import io.github.acrattach.emulator.eventgrid.EventGrid;
import io.github.acrattach.emulator.eventgrid.EventSubscription;
import io.github.acrattach.emulator.frontdoor.Faults;
import io.github.acrattach.emulator.frontdoor.RequestLog;
import io.github.acrattach.emulator.http.Answer;
import io.github.acrattach.emulator.http.Json;
import io.github.acrattach.emulator.http.Request;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Answers under /_emulator/; nobody has to sign in, for the port is open to this machine only. */
public final class Control {
    private static final String ROOT = "/_emulator/";

    private final RequestLog log;
    private final Faults faults;
    private final EventGrid grid;
    private final DirectoryControl directory;
    private final World world;

    public Control(RequestLog log, Faults faults, EventGrid grid, DirectoryControl directory, World world) {
        this.log = log;
        this.faults = faults;
        this.grid = grid;
        this.directory = directory;
        this.world = world;
    }

    /** Empty when the path is none of the control API's. */
    public Optional<Answer> answer(Request request) {
        if (!request.path().startsWith(ROOT)) {
            return Optional.empty();
        }
        try {
            return Optional.of(at(request.method() + " " + request.path().substring(ROOT.length()), request.body()));
        } catch (BadInput bad) {
            return Optional.of(error(400, bad.getMessage()));
        } catch (ArmError refused) {
            return Optional.of(error(409, refused.getMessage()));
        }
    }

    private Answer at(String target, byte[] body) {
        return switch (target) {
            case "GET faults" -> ok(Json.array(faults.list().stream().map(FaultJson::write)));
            case "POST faults" ->
                Answer.json(201, Json.object().put("number", faults.add(FaultJson.read(Fields.of(body)))));
            case "DELETE faults" -> done(faults::clear);
            case "GET requests" -> ok(Json.array(log.list().stream().map(RequestJson::write)));
            case "DELETE requests" -> done(log::clear);
            case "POST reset" -> done(world::reset);
            case "GET estate" -> ok(world.describe());
            case "GET events" -> ok(EventJson.write(grid));
            case "POST events" -> publish(EventJson.read(body));
            case "POST eventSubscriptions" -> subscribe(SubscriptionJson.read(Fields.of(body)));
            case "POST roleAssignments" -> assign(RoleAssignmentJson.read(Fields.of(body)));
            case "POST roleDefinitions" ->
                made("name", () -> world.plantRoleDefinition(Fields.of(body).arm()));
            case "POST denyAssignments" ->
                made(
                        "properties",
                        () -> world.plantDenyAssignment(Fields.of(body).arm()));
            case "POST groups" -> Answer.json(201, directory.group(Fields.of(body)));
            case "PATCH groups" -> ok(directory.regroup(Fields.of(body)));
            case "POST registryChildren" -> plant(RegistryChildJson.read(Fields.of(body)));
            case "POST resources" ->
                made(
                        "id",
                        () -> world.plantResource((ObjectNode) Fields.of(body).json()));
            case "PATCH resources" -> change(ResourceJson.read(Fields.of(body)));
            case "PUT registryClient" -> move(Fields.of(body).allow(Set.of("address", "subnet")));
            case "POST admissionRules" -> {
                world.refuse(AdmissionRuleJson.read(Fields.of(body)));
                yield Answer.empty(201);
            }
            case "GET applications" -> ok(directory.list());
            case "POST applications" -> Answer.json(201, directory.register(Fields.of(body)));
            case "DELETE directoryObjects" -> done(() -> directory.remove(Fields.of(body)));
            case "PATCH directoryObjects" -> ok(directory.extend(Fields.of(body)));
            default ->
                error(
                        404,
                        "There is no " + target + " here, only GET, POST or DELETE faults; GET or DELETE requests;"
                                + " POST reset; GET estate; GET or POST events; POST eventSubscriptions;"
                                + " POST roleAssignments; POST roleDefinitions; POST denyAssignments;"
                                + " POST or PATCH groups; POST registryChildren; POST or PATCH resources; PUT registryClient;"
                                + " POST admissionRules;"
                                + " GET or POST applications;"
                                + " PATCH or DELETE directoryObjects");
        };
    }

    private Answer publish(List<Event> events) {
        events.forEach(grid::publish);
        return Answer.json(202, Json.object().put("published", events.size()));
    }

    private Answer subscribe(EventSubscription subscription) {
        try {
            grid.subscribe(subscription);
        } catch (IllegalArgumentException refused) {
            throw new BadInput("destination", refused.getMessage());
        }
        return Answer.json(201, SubscriptionJson.write(subscription));
    }

    private Answer assign(Grant grant) {
        return made("role", () -> world.assign(grant));
    }

    private Answer plant(RegistryChildJson child) {
        return made("id", () -> world.plantRegistryChild(child.id(), child.properties(), child.createdBy()));
    }

    private Answer change(ResourceJson change) {
        try {
            return ok(world.changeResource(change.id(), change.changes()));
        } catch (IllegalArgumentException unknown) {
            throw new BadInput("id", unknown.getMessage());
        }
    }

    private Answer move(Fields fields) {
        return done(() -> world.moveRegistryClients(fields.required("address"), fields.text("subnet")));
    }

    private static Answer made(String unknown, Supplier<ObjectNode> maker) {
        try {
            return Answer.json(201, maker.get());
        } catch (IllegalArgumentException refused) {
            throw new BadInput(unknown, refused.getMessage());
        }
    }

    private static Answer ok(JsonNode body) {
        return Answer.json(200, body);
    }

    private static Answer done(Runnable action) {
        action.run();
        return Answer.empty(204);
    }

    private static Answer error(int status, String message) {
        return Answer.json(status, Json.object().put("error", message));
    }
}
