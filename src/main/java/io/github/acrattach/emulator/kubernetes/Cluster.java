package io.github.acrattach.emulator.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.emulator.http.Json;
import io.github.acrattach.emulator.http.Query;
import io.github.acrattach.emulator.http.Request;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is in one cluster, and every way to change it; each change is checked and made in one step. */
final class Cluster {
    private static final List<String> SYSTEM = List.of("default", "kube-system", "kube-public", "kube-node-lease");
    private static final String SUFFIX = "bcdfghjklmnpqrstvwxz2456789";

    private final Objects objects = new Objects();
    private final Admission admission = new Admission(objects);
    private final Controllers controllers;

    /** With the namespaces that every cluster has, and with those of the estate, by name with their labels. */
    Cluster(Map<String, Map<String, String>> namespaces, Controllers controllers) {
        this.controllers = controllers;
        Stream.concat(SYSTEM.stream(), namespaces.keySet().stream()).forEach(name -> {
            ObjectNode namespace = Json.object().put("kind", "Namespace").put("apiVersion", "v1");
            ObjectNode labels =
                    namespace.withObject("/metadata").put("name", name).withObject("/labels");
            namespaces.getOrDefault(name, Map.of()).forEach(labels::put);
            store(Kind.NAMESPACE, born(Kind.NAMESPACE, namespace));
            makeDefaultAccount(name);
        });
    }

    synchronized ObjectNode get(Kind kind, String namespace, String name) {
        return shown(kind, existing(kind, namespace, name));
    }

    synchronized ObjectNode list(Kind kind, String namespace, Query query) {
        ObjectNode list = Listing.of(kind, objects.list(kind, namespace), objects.version(), query);
        list.path("items").forEach(item -> shown(kind, (ObjectNode) item));
        return list;
    }

    synchronized ObjectNode create(Kind kind, String namespace, byte[] body) {
        ObjectNode object = Wellformed.read(kind, body);
        place(kind, namespace, object);
        String name = Objects.text(object, "name");
        if (kind.isNamespaced()) {
            admission.checkNamespace(kind, namespace, name);
        }
        if (!Objects.text(object, "resourceVersion").isEmpty()) {
            throw Refusal.internal("resourceVersion should not be set on objects to be created");
        }
        String prefix = Objects.text(object, "generateName");
        if (name.isEmpty() && !prefix.isEmpty()) {
            name = prefix + suffix();
            object.withObject("/metadata").put("name", name);
        }
        refuse(kind, name, Rules.check(kind, object));
        if (kind.isNamespaced()) {
            admission.checkQuota(kind, namespace, name);
        }
        if (objects.get(kind, namespace, name).isPresent()) {
            throw Refusal.alreadyExists(kind, name);
        }
        ObjectNode made = store(kind, born(kind, object));
        if (kind == Kind.NAMESPACE) {
            String fresh = name;
            controllers.soon(() -> makeDefaultAccount(fresh));
        }
        return shown(kind, made);
    }

    synchronized ObjectNode replace(Kind kind, String namespace, String name, byte[] body) {
        return write(kind, namespace, name, Wellformed.read(kind, body));
    }

    synchronized ObjectNode patch(Kind kind, String namespace, String name, Request request) {
        Patch patch = Patch.read(request);
        return write(kind, namespace, name, Wellformed.read(kind, patch.applied(existing(kind, namespace, name))));
    }

    /** The object as it was, or still is when it takes its time; a secret is gone without a trace of its data. */
    synchronized ObjectNode delete(Kind kind, String namespace, String name, byte[] options) {
        if (kind == Kind.NAMESPACE) {
            Admission.checkMortal(name);
        }
        ObjectNode object = existing(kind, namespace, name);
        checkPreconditions(kind, object, options);
        if (kind == Kind.NAMESPACE) {
            return Admission.isTerminating(object) ? object : terminate(name, object);
        }
        objects.remove(kind, namespace, name);
        if (kind == Kind.SERVICE_ACCOUNT && name.equals("default")) {
            controllers.soon(() -> makeDefaultAccount(namespace));
        }
        return kind == Kind.SECRET ? success(kind, object) : shown(kind, object);
    }

    /** For those who look in from outside: names, never contents. */
    synchronized ObjectNode describe() {
        ObjectNode namespaces = Json.object();
        objects.list(Kind.NAMESPACE, "").values().forEach(namespace -> {
            String name = Objects.text(namespace, "name");
            ObjectNode one = namespaces
                    .putObject(name)
                    .put("phase", namespace.at("/status/phase").asText());
            one.set("labels", namespace.path("metadata").path("labels"));
            Stream.of(Kind.SECRET, Kind.SERVICE_ACCOUNT)
                    .forEach(kind -> one.set(
                            kind.plural(),
                            Json.texts(objects.list(kind, name).values().stream()
                                    .map(each -> Objects.text(each, "name")))));
        });
        return namespaces;
    }

    private ObjectNode write(Kind kind, String namespace, String name, ObjectNode object) {
        String sent = Objects.text(object, "name");
        if (sent.isEmpty()) {
            throw Refusal.badRequest(
                    "the name of the object (" + name + " based on URL) was undeterminable: name must be provided");
        }
        if (!sent.equals(name)) {
            throw Refusal.badRequest(
                    "the name of the object (" + sent + ") does not match the name on the URL (" + name + ")");
        }
        place(kind, namespace, object);
        ObjectNode before = existing(kind, namespace, name);
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
                    "StorageError: invalid object, Code: 4, Key: /registry/" + kind.plural() + "/" + namespace + "/"
                            + name
                            + ", ResourceVersion: 0, AdditionalErrorMsg: Precondition failed: UID in precondition: "
                            + uid
                            + ", UID in object meta: " + Objects.text(before, "uid"));
        }
        List<Cause> causes = new ArrayList<>(Rules.check(kind, object));
        if (kind == Kind.SECRET) {
            causes.addAll(SecretRules.checkChange(before, object));
        }
        refuse(kind, name, causes);
        ObjectNode metadata = object.withObject("/metadata");
        List.of("uid", "creationTimestamp", "deletionTimestamp", "generateName").forEach(field -> {
            metadata.remove(field);
            Optional.ofNullable(before.path("metadata").get(field)).ifPresent(kept -> metadata.set(field, kept));
        });
        if (kind == Kind.NAMESPACE) {
            object.set("spec", before.get("spec"));
            object.set("status", before.get("status"));
        }
        ObjectNode after = shown(kind, store(kind, object));
        if (kind == Kind.NAMESPACE && Admission.isTerminating(object)) {
            controllers.soon(() -> finish(name));
        }
        return after;
    }

    private ObjectNode terminate(String name, ObjectNode namespace) {
        namespace.withObject("/metadata").put("deletionTimestamp", now());
        namespace.withObject("/status").put("phase", "Terminating");
        ObjectNode terminating = store(Kind.NAMESPACE, namespace);
        controllers.soon(() -> finish(name));
        return terminating;
    }

    /** A namespace with finalizers of others stays until they are taken away. */
    private synchronized void finish(String name) {
        objects.get(Kind.NAMESPACE, "", name)
                .filter(Admission::isTerminating)
                .filter(namespace ->
                        namespace.path("metadata").path("finalizers").isEmpty())
                .ifPresent(namespace -> objects.removeNamespace(name));
    }

    private synchronized void makeDefaultAccount(String namespace) {
        boolean alive = objects.get(Kind.NAMESPACE, "", namespace)
                .filter(there -> !Admission.isTerminating(there))
                .isPresent();
        if (alive && objects.get(Kind.SERVICE_ACCOUNT, namespace, "default").isEmpty()) {
            ObjectNode account = Json.object().put("kind", "ServiceAccount").put("apiVersion", "v1");
            account.withObject("/metadata").put("name", "default").put("namespace", namespace);
            store(Kind.SERVICE_ACCOUNT, born(Kind.SERVICE_ACCOUNT, account));
        }
    }

    private ObjectNode store(Kind kind, ObjectNode object) {
        return objects.put(kind, object);
    }

    private ObjectNode existing(Kind kind, String namespace, String name) {
        return objects.get(kind, namespace, name).orElseThrow(() -> Refusal.notFound(kind, name));
    }

    /** What the quota controller would have counted by now. */
    private ObjectNode shown(Kind kind, ObjectNode object) {
        if (kind == Kind.RESOURCE_QUOTA) {
            ObjectNode used = Json.object();
            object.path("spec").path("hard").properties().forEach(limit -> Kind.called(
                            limit.getKey().replace("count/", ""))
                    .ifPresent(counted -> used.put(
                            limit.getKey(),
                            String.valueOf(objects.list(counted, Objects.text(object, "namespace"))
                                    .size()))));
            ObjectNode status = object.putObject("status");
            status.set("hard", object.path("spec").path("hard").deepCopy());
            status.set("used", used);
        }
        return object;
    }

    private static void place(Kind kind, String namespace, ObjectNode object) {
        String sent = Objects.text(object, "namespace");
        if (!kind.isNamespaced()) {
            object.withObject("/metadata").remove("namespace");
            return;
        }
        if (!sent.isEmpty() && !sent.equals(namespace)) {
            throw Refusal.badRequest(
                    "the namespace of the provided object does not match the namespace sent on the request");
        }
        object.withObject("/metadata").put("namespace", namespace);
    }

    private static ObjectNode born(Kind kind, ObjectNode object) {
        ObjectNode metadata = object.withObject("/metadata");
        metadata.remove("deletionTimestamp");
        metadata.put("uid", java.util.UUID.randomUUID().toString()).put("creationTimestamp", now());
        if (metadata.path("labels").isEmpty()) {
            metadata.remove("labels");
        }
        if (kind == Kind.NAMESPACE) {
            // Since 1.22 every namespace carries its own name as a label.
            metadata.withObject("/labels").set("kubernetes.io/metadata.name", metadata.get("name"));
            object.putObject("spec").putArray("finalizers").add("kubernetes");
            object.putObject("status").put("phase", "Active");
        }
        return object;
    }

    private static void checkPreconditions(Kind kind, ObjectNode object, byte[] options) {
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

    private static ObjectNode success(Kind kind, ObjectNode object) {
        ObjectNode status = Json.object().put("kind", "Status").put("apiVersion", "v1");
        status.putObject("metadata");
        status.put("status", "Success")
                .putObject("details")
                .put("name", Objects.text(object, "name"))
                .put("kind", kind.plural())
                .put("uid", Objects.text(object, "uid"));
        return status;
    }

    private static void refuse(Kind kind, String name, List<Cause> causes) {
        if (!causes.isEmpty()) {
            throw Refusal.invalid(kind, name, causes);
        }
    }

    private static String suffix() {
        return ThreadLocalRandom.current()
                .ints(5, 0, SUFFIX.length())
                .mapToObj(at -> SUFFIX.substring(at, at + 1))
                .collect(Collectors.joining());
    }

    private static String now() {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
