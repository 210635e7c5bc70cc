package io.github.acrattach.emulator.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.emulator.http.Json;

/** What a write presupposes of the object as it is: its name, its identity and its version. */
final class Preconditions {
    private Preconditions() {}

    static void checkName(String name, ObjectNode object) {
        String sent = Objects.text(object, "name");
        if (sent.isEmpty()) {
            throw Refusal.badRequest(
                    "the name of the object (" + name + " based on URL) was undeterminable: name must be provided");
        }
        if (!sent.equals(name)) {
            throw Refusal.badRequest(
                    "the name of the object (" + sent + ") does not match the name on the URL (" + name + ")");
        }
    }

    static void checkReplace(Kind kind, ObjectNode object, ObjectNode before) {
        String name = Objects.text(before, "name");
        String version = Objects.text(object, "resourceVersion");
        if (!version.isEmpty() && !version.equals("0") && !version.equals(Objects.text(before, "resourceVersion"))) {
            throw Refusal.conflict(
                    kind.plural(),
                    name,
                    "the object has been modified; please apply your changes to the latest version and try again");
        }
        String uid = Objects.text(object, "uid");
        if (!uid.isEmpty() && !uid.equals(Objects.text(before, "uid"))) {
            throw Refusal.conflict(
                    kind.plural(),
                    name,
                    "StorageError: invalid object, Code: 4, Key: /registry/" + kind.plural() + "/"
                            + Objects.text(before, "namespace") + "/"
                            + name
                            + ", ResourceVersion: 0, AdditionalErrorMsg: Precondition failed: UID in precondition: "
                            + uid
                            + ", UID in object meta: " + Objects.text(before, "uid"));
        }
    }

    static void checkDelete(Kind kind, ObjectNode object, byte[] options) {
        if (options.length == 0) {
            return;
        }
        JsonNode preconditions = Json.parseObject(options)
                .orElseThrow(() -> Refusal.internal("couldn't get version/kind; json parse error"))
                .path("preconditions");
        String name = Objects.text(object, "name");
        String uid = Objects.text(object, "uid");
        Json.text(preconditions, "uid").filter(wanted -> !wanted.equals(uid)).ifPresent(wanted -> {
            throw Refusal.conflict(
                    kind.title(),
                    name,
                    "the UID in the precondition (" + wanted + ") does not match the UID in record (" + uid
                            + "). The object might have been deleted and then recreated");
        });
        String version = Objects.text(object, "resourceVersion");
        Json.text(preconditions, "resourceVersion")
                .filter(wanted -> !wanted.equals(version))
                .ifPresent(wanted -> {
                    throw Refusal.conflict(
                            kind.title(),
                            name,
                            "the ResourceVersion in the precondition (" + wanted
                                    + ") does not match the ResourceVersion in record (" + version
                                    + "). The object might have been modified");
                });
    }
}
