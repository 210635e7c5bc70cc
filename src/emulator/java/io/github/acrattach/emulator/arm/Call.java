package io.github.acrattach.emulator.arm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.emulator.entra.Caller;
import io.github.acrattach.emulator.http.Json;
import io.github.acrattach.emulator.http.Request;
import java.net.URI;
import java.util.Map;

/** A request that found its route: its caller, and the variables of its path. */
public record Call(Request request, Caller caller, Map<String, String> variables, URI arm) {

    public String variable(String name) {
        return variables.get(name);
    }

    public String subscription() {
        return variable("subscription");
    }

    public String apiVersion() {
        return request.query().get("api-version").orElseThrow();
    }

    public String url() {
        return arm + request.path() + "?" + request.query().text();
    }

    public ObjectNode body() {
        return Json.parseObject(request.body())
                .orElseThrow(() -> ArmError.badRequest(
                        "InvalidRequestContent",
                        "The request content was invalid and could not be deserialized: a JSON object is expected."));
    }
}
