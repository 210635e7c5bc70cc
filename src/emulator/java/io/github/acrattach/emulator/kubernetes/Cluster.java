package io.github.acrattach.emulator.kubernetes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.emulator.http.Json;
import io.github.acrattach.emulator.http.Query;
import io.github.acrattach.emulator.http.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What is in one cluster, and every way to change it; each change is checked and made in one step. */
final class Cluster {
    private static final List<String> SYSTEM = List.of("default", "kube-system", "kube-public", "kube-node-lease");

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
            store(Kind.NAMESPACE, Birth.of(Kind.NAMESPACE, namespace));
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

    synchronized ObjectNode create(Kind kind, String namespace, byte[] body, AdmissionRules.Judge judge) {
        ObjectNode object = Wellformed.read(kind, body);
        Birth.place(kind, namespace, object);
        String name = Objects.text(object, "name");
        if (kind.isNamespaced()) {
            admission.checkNamespace(kind, namespace, name);
        }
        if (!Objects.text(object, "resourceVersion").isEmpty()) {
            throw Refusal.internal("resourceVersion should not be set on objects to be created");
        }
        String prefix = Objects.text(object, "generateName");
        if (name.isEmpty() && !prefix.isEmpty()) {
            name = prefix + Birth.suffix();
            object.withObject("/metadata").put("name", name);
        }
        refuse(kind, name, Rules.check(kind, object));
        judge.check(kind, namespace, name);
        if (kind.isNamespaced()) {
            admission.checkQuota(kind, namespace, name);
        }
        if (objects.get(kind, namespace, name).isPresent()) {
            throw Refusal.alreadyExists(kind, name);
        }
        ObjectNode made = store(kind, Birth.of(kind, object));
        if (kind == Kind.NAMESPACE) {
            String fresh = name;
            controllers.soon(() -> makeDefaultAccount(fresh));
        }
        return shown(kind, made);
    }

    synchronized ObjectNode replace(Kind kind, String namespace, String name, byte[] body, AdmissionRules.Judge judge) {
        return write(kind, namespace, name, Wellformed.read(kind, body), judge);
    }

    synchronized ObjectNode patch(
            Kind kind, String namespace, String name, Request request, AdmissionRules.Judge judge) {
        Patch patch = Patch.read(request);
        return write(
                kind, namespace, name, Wellformed.read(kind, patch.applied(existing(kind, namespace, name))), judge);
    }

    /** The object as it was, or still is when it takes its time; a secret is gone without a trace of its data. */
    synchronized ObjectNode delete(
            Kind kind, String namespace, String name, byte[] options, AdmissionRules.Judge judge) {
        if (kind == Kind.NAMESPACE) {
            Admission.checkMortal(name);
        }
        ObjectNode object = existing(kind, namespace, name);
        Preconditions.checkDelete(kind, object, options);
        judge.check(kind, namespace, name);
        if (kind == Kind.NAMESPACE) {
            return Admission.isTerminating(object) ? object : terminate(name, object);
        }
        objects.remove(kind, namespace, name);
        if (kind == Kind.SERVICE_ACCOUNT && name.equals("default")) {
            controllers.soon(() -> makeDefaultAccount(namespace));
        }
        return kind == Kind.SECRET ? Birth.gone(kind, object) : shown(kind, object);
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

    private ObjectNode write(Kind kind, String namespace, String name, ObjectNode object, AdmissionRules.Judge judge) {
        Preconditions.checkName(name, object);
        Birth.place(kind, namespace, object);
        ObjectNode before = existing(kind, namespace, name);
        Preconditions.checkReplace(kind, object, before);
        List<Cause> causes = new ArrayList<>(Rules.check(kind, object));
        if (kind == Kind.SECRET) {
            causes.addAll(SecretRules.checkChange(before, object));
        }
        refuse(kind, name, causes);
        judge.check(kind, namespace, name);
        Birth.kept(kind, object, before);
        ObjectNode after = shown(kind, store(kind, object));
        if (kind == Kind.NAMESPACE && Admission.isTerminating(object)) {
            controllers.soon(() -> finish(name));
        }
        return after;
    }

    private ObjectNode terminate(String name, ObjectNode namespace) {
        namespace.withObject("/metadata").put("deletionTimestamp", Birth.now());
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
            store(Kind.SERVICE_ACCOUNT, Birth.of(Kind.SERVICE_ACCOUNT, account));
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

    private static void refuse(Kind kind, String name, List<Cause> causes) {
        if (!causes.isEmpty()) {
            throw Refusal.invalid(kind, name, causes);
        }
    }
}
