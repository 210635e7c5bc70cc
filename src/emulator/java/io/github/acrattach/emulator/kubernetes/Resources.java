package io.github.acrattach.emulator.kubernetes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.emulator.http.Answer;
import io.github.acrattach.emulator.http.Request;

/** The objects of one kind, in one namespace or in all, over HTTP. */
record Resources(Cluster cluster, Kind kind, String namespace, AdmissionRules.Judge judge) {

    Answer answer(Request request, Target target) {
        Shape shape = Shape.asked(request);
        String name = target.name().orElse("");
        byte[] body = request.body();
        return switch (target.verb()) {
            case "list" -> shaped(200, shape, cluster.list(kind, namespace, request.query()));
            case "get" -> shaped(200, shape, cluster.get(kind, namespace, name));
            case "create" -> {
                check(name.isEmpty() && (!kind.isNamespaced() || !namespace.isEmpty()));
                checkBody(request);
                yield shaped(201, shape, cluster.create(kind, namespace, body, judge));
            }
            case "update" -> {
                check(!name.isEmpty());
                checkBody(request);
                yield shaped(200, shape, cluster.replace(kind, namespace, name, body, judge));
            }
            case "patch" -> {
                check(!name.isEmpty());
                yield shaped(200, shape, cluster.patch(kind, namespace, name, request, judge));
            }
            case "delete" -> Answer.json(200, cluster.delete(kind, namespace, name, body, judge));
            default -> throw Refusal.wrongMethod();
        };
    }

    private static Answer shaped(int status, Shape shape, ObjectNode object) {
        return Answer.json(status, shape.applied(object));
    }

    private static void check(boolean allowed) {
        if (!allowed) {
            throw Refusal.wrongMethod();
        }
    }

    /** Protobuf and YAML, which a real server reads too, are beyond this one. */
    private static void checkBody(Request request) {
        String type = request.header("Content-Type")
                .orElse("application/json")
                .split(";")[0]
                .strip();
        if (!type.equalsIgnoreCase("application/json")) {
            throw Refusal.unsupportedBody();
        }
    }
}
