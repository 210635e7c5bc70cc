package io.github.acrattach.emulator.kubernetes;

import io.github.acrattach.emulator.http.Request;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a request is about: a resource, perhaps in a namespace, perhaps one object of it. */
record Target(String verb, String resource, Optional<String> namespace, Optional<String> name) {
    private static final Pattern PATH = Pattern.compile(
            "/api/v1(/namespaces/(?<namespace>[^/]+)(?=/))?/(?<resource>[^/]+)(/(?<name>[^/]+))?(?<rest>/.*)?");

    /** Empty when the path is not one of a resource. */
    static Optional<Target> of(Request request, String path) {
        Matcher matcher = PATH.matcher(path);
        if (!matcher.matches() || matcher.group("rest") != null) {
            return Optional.empty();
        }
        Optional<String> name = Optional.ofNullable(matcher.group("name"));
        String resource = matcher.group("resource");
        // The API server counts a namespace as lying in itself.
        Optional<String> namespace =
                resource.equals("namespaces") ? name : Optional.ofNullable(matcher.group("namespace"));
        return Optional.of(new Target(verb(request, name.isPresent()), resource, namespace, name));
    }

    Optional<Kind> kind() {
        return Kind.called(resource);
    }

    private static String verb(Request request, boolean one) {
        return switch (request.method()) {
            case "GET", "HEAD" -> one ? "get" : isWatch(request) ? "watch" : "list";
            case "POST" -> "create";
            case "PUT" -> "update";
            case "PATCH" -> "patch";
            case "DELETE" -> one ? "delete" : "deletecollection";
            default -> request.method();
        };
    }

    private static boolean isWatch(Request request) {
        return request.query()
                .get("watch")
                .filter(value -> !value.matches("0|false"))
                .isPresent();
    }
}
