package io.github.acrattach.emulator.control;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.emulator.frontdoor.RecordedRequest;
import io.github.acrattach.emulator.http.Json;

/** Recorded requests as JSON. */
final class RequestJson {
    private RequestJson() {}

    static ObjectNode write(RecordedRequest request) {
        return Json.object()
                .put("number", request.number())
                .put("start", request.start().toString())
                .put("end", request.end().toString())
                .put("method", request.method())
                .put("path", request.path())
                .put("query", request.query())
                .put("caller", request.caller().orElse(null))
                .put("status", request.status());
    }
}
