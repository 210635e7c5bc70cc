package io.github.acrattach.emulator.host;

import java.net.http.HttpHeaders;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One request to a handler, byte by byte what it says.
 *
 * @param target path and query as they stand in the request line
 * @param chunked whether the body comes in chunks, without a Content-Length
 */
record HandlerRequest(String method, String target, HttpHeaders headers, byte[] body, boolean chunked) {

    static HandlerRequest get(String target, String host) {
        return new HandlerRequest("GET", target, headers(Map.of("Host", List.of(host))), new byte[0], false);
    }

    static HttpHeaders headers(Map<String, List<String>> headers) {
        return HttpHeaders.of(headers, (name, value) -> true);
    }

    /** Behind what a caller has sent under that name. */
    HandlerRequest adding(String name, String separator, String value) {
        List<String> values = new ArrayList<>(headers.allValues(name));
        values.add(value);
        return setting(name, String.join(separator, values));
    }

    HandlerRequest setting(String name, String value) {
        Map<String, List<String>> more = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        more.putAll(headers.map());
        more.put(name, List.of(value));
        return new HandlerRequest(method, target, headers(more), body, chunked);
    }
}
