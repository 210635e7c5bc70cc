package io.github.acrattach.emulator.control;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.emulator.estate.Application;
import io.github.acrattach.emulator.estate.Applications;
import io.github.acrattach.emulator.estate.Credentials;
import io.github.acrattach.emulator.estate.DeletedItems;
import io.github.acrattach.emulator.estate.Directory;
import io.github.acrattach.emulator.estate.FederatedCredential;
import io.github.acrattach.emulator.estate.Group;
import io.github.acrattach.emulator.estate.Principal;
import io.github.acrattach.emulator.http.Json;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/** Registers and changes applications as anybody in the tenant may have done; nobody's rights are asked. */
public final class DirectoryControl {
    private final Directory directory;
    private final Applications applications;
    private final Clock clock;

    public DirectoryControl(Directory directory, Applications applications, Clock clock) {
        this.directory = directory;
        this.applications = applications;
        this.clock = clock;
    }

    /** Deleted ones come last. */
    ArrayNode list() {
        return Json.array(Stream.concat(
                applications.list().stream()
                        .map(each -> RegistrationJson.write(each, directory.byAppId(each.appId()), Optional.empty())),
                applications.deleted().all().stream().map(this::deleted)));
    }

    private ObjectNode deleted(DeletedItems.Item<Application> item) {
        return RegistrationJson.write(
                item.object(),
                directory.deletedByAppId(item.object().appId()).map(DeletedItems.Item::object),
                Optional.of(item.deleted()));
    }

    /** Answers the ids and, in this answer only, the passwords. */
    ObjectNode register(Fields fields) {
        Application application = RegistrationJson.read(fields, clock.instant());
        Optional<Principal> principal = RegistrationJson.readPrincipal(fields, application);
        if (applications.add(application) != Applications.Addition.ADDED) {
            throw new BadInput(
                    "uniqueName", "is taken: " + application.uniqueName().orElseThrow());
        }
        principal.ifPresent(directory::add);
        ObjectNode answer = RegistrationJson.passwords(application.id(), application.credentials())
                .put("appId", application.appId());
        principal.ifPresent(made ->
                answer.set("servicePrincipal", RegistrationJson.passwords(made.objectId(), made.credentials())));
        return answer;
    }

    /** A group of the directory; answers its object id, which is a new one where none is given. */
    ObjectNode group(Fields fields) {
        fields.allow(Set.of("objectId", "displayName", "members"));
        Group group = new Group(
                fields.text("objectId").orElseGet(() -> UUID.randomUUID().toString()),
                fields.required("displayName"),
                Set.copyOf(fields.texts("members")));
        directory.put(group);
        return shown(group);
    }

    /** Gives a group other members than it had. */
    ObjectNode regroup(Fields fields) {
        fields.allow(Set.of("objectId", "members"));
        String id = fields.required("objectId");
        Group before = directory.group(id).orElseThrow(() -> new BadInput("objectId", "there is no group " + id));
        Group after = new Group(before.objectId(), before.displayName(), Set.copyOf(fields.texts("members")));
        directory.put(after);
        return shown(after);
    }

    private static ObjectNode shown(Group group) {
        return Json.object()
                .put("objectId", group.objectId())
                .put("displayName", group.displayName())
                .set("members", Json.texts(group.members().stream().sorted()));
    }

    /**
     * Gives an application or a service principal more owners and credentials, or has its passwords end at another time,
     * disables it, or has its application be one of another tenant; answers the new passwords.
     */
    ObjectNode extend(Fields fields) {
        fields.allow(Set.of(
                "id",
                "owners",
                "passwords",
                "keyCredentials",
                "federatedIdentityCredentials",
                "passwordsEnd",
                "accountEnabled",
                "appOwnerOrganizationId"));
        String id = fields.required("id");
        Set<String> owners = Set.copyOf(fields.texts("owners"));
        Credentials credentials = RegistrationJson.credentials(fields, clock.instant());
        List<FederatedCredential> federated = RegistrationJson.federated(fields);
        boolean isApplication = applications.change(id, each -> each.and(credentials, federated, owners));
        if (!isApplication && !federated.isEmpty()) {
            throw new BadInput("federatedIdentityCredentials", "are those of an application, and " + id + " is none");
        }
        if (!isApplication && !directory.change(id, each -> each.and(credentials, owners))) {
            throw new BadInput("id", "there is no application or service principal " + id);
        }
        fields.instant("passwordsEnd").ifPresent(end -> endPasswords(id, end));
        if (fields.has("accountEnabled") || fields.has("appOwnerOrganizationId")) {
            stand(id, fields);
        }
        return RegistrationJson.passwords(id, credentials);
    }

    /** Those of an application, or all with which a service principal signs in. */
    private void endPasswords(String id, Instant end) {
        directory
                .byObjectId(id)
                .flatMap(Principal::appId)
                .flatMap(applications::byAppId)
                .map(Application::id)
                .or(() -> Optional.of(id))
                .ifPresent(each -> applications.change(
                        each, was -> was.with(was.credentials().endingAt(end))));
        directory.change(id, each -> each.with(each.credentials().endingAt(end)));
    }

    private void stand(String id, Fields fields) {
        Principal principal =
                directory.byObjectId(id).orElseThrow(() -> new BadInput("id", "there is no service principal " + id));
        boolean enabled = fields.has("accountEnabled") ? fields.flag("accountEnabled") : principal.enabled();
        Optional<String> home = fields.text("appOwnerOrganizationId");
        directory.change(id, each -> each.standing(enabled, home.or(each::homeTenant)));
        home.flatMap(tenant -> principal.appId()).ifPresent(applications::forget);
    }

    /** Somebody, a group or an application is gone, and not among what was deleted; its role assignments stay behind. */
    void remove(Fields fields) {
        String id = fields.allow(Set.of("id")).required("id");
        if (directory.byObjectId(id).isPresent()) {
            directory.remove(id);
            return;
        }
        applications.list().stream()
                .filter(each -> each.id().equalsIgnoreCase(id))
                .findFirst()
                .ifPresentOrElse(each -> applications.forget(each.appId()), () -> {
                    throw new BadInput("id", "there is no principal, group or application " + id);
                });
    }
}
