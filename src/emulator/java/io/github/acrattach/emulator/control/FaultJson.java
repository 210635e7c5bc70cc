package io.github.acrattach.emulator.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.emulator.frontdoor.Fault;
import io.github.acrattach.emulator.frontdoor.Faults;
import io.github.acrattach.emulator.http.Answer;
import io.github.acrattach.emulator.http.Json;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;

/** Rules of misbehaviour as JSON. */
final class FaultJson {
    private static final Set<String> FIELDS = Set.of(
            "method",
            "path",
            "spared",
            "times",
            "delay",
            "status",
            "headers",
            "body",
            "contentType",
            "drop",
            "afterwards");

    private FaultJson() {}

    static Fault read(Fields fields) {
        fields.allow(FIELDS);
        Pattern path = pattern(fields.required("path"));
        Fault.Effect effect = effect(fields);
        return new Fault(
                fields.text("method").stream().collect(Collectors.toUnmodifiableSet()),
                path,
                fields.number("spared", 0, Integer.MAX_VALUE).orElse(0),
                fields.number("times", 1, Integer.MAX_VALUE),
                fields.duration("delay"),
                effect,
                fields.flag("afterwards"));
    }

    static ObjectNode write(Faults.Counted counted) {
        Fault fault = counted.fault();
        ObjectNode json = Json.object().put("number", counted.number());
        // Over HTTP a rule has one; one that a test makes can have several.
        if (!fault.methods().isEmpty()) {
            json.put("method", String.join(" ", new TreeSet<>(fault.methods())));
        }
        json.put("path", fault.path().pattern()).put("spared", fault.spared());
        fault.times().ifPresent(times -> json.put("times", times));
        json.put("delay", fault.delay().toString()).put("afterwards", fault.afterwards());
        if (fault.effect() instanceof Fault.Effect.Reply reply) {
            json.put("status", reply.answer().status());
        }
        return json.put("drop", fault.effect() instanceof Fault.Effect.Drop).put("strikes", counted.strikes());
    }

    private static Fault.Effect effect(Fields fields) {
        OptionalInt status = fields.number("status", 200, 599);
        if (fields.flag("drop")) {
            if (status.isPresent()) {
                throw new BadInput("status", "cannot be sent when the connection is dropped");
            }
            return new Fault.Effect.Drop();
        }
        if (status.isPresent()) {
            return new Fault.Effect.Reply(reply(status.getAsInt(), fields));
        }
        if (fields.has("body") || fields.has("headers")) {
            throw new BadInput("status", "is required beside headers and body");
        }
        if (fields.duration("delay").isZero()) {
            throw new BadInput("status", "is required, or drop, or a delay");
        }
        return new Fault.Effect.Delay();
    }

    /** A text is sent as it is, anything else as JSON. */
    private static Answer reply(int status, Fields fields) {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        Optional<JsonNode> body = Optional.ofNullable(fields.json().get("body"));
        body.ifPresent(any -> headers.put(
                "Content-Type",
                fields.text("contentType").orElse(any.isTextual() ? "text/html; charset=utf-8" : Answer.JSON)));
        fields.object("headers").ifPresent(object -> object.properties()
                .forEach(
                        header -> headers.put(header.getKey(), header.getValue().asText())));
        byte[] bytes = body.map(
                        any -> any.isTextual() ? any.textValue().getBytes(StandardCharsets.UTF_8) : Json.bytes(any))
                .orElse(new byte[0]);
        return new Answer(status, Map.copyOf(headers), bytes);
    }

    private static Pattern pattern(String path) {
        try {
            return Fault.compile(path);
        } catch (PatternSyntaxException malformed) {
            throw new BadInput("path", "must be a regular expression: " + malformed.getDescription());
        }
    }
}
