package io.github.acrattach.adapter.kubernetes.access;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.adapter.kubernetes.manifest.PullSecretManifest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * One request to an API server, in the words in which Kubernetes judges it. One that changes something names the version
 * that it is meant for, so that the server refuses it with 409 Conflict when somebody else was faster.
 */
public record ApiRequest(
        Verb verb, String resource, Optional<String> namespace, Optional<String> name, Optional<ObjectNode> body) {

    /** What Kubernetes allows or refuses, and the method that stands for it. */
    public enum Verb {
        GET("GET", "read"),
        LIST("GET", "read"),
        CREATE("POST", "write"),
        PATCH("PATCH", "write"),
        DELETE("DELETE", "delete");

        private final String method;
        private final String inAzure;

        Verb(String method, String inAzure) {
            this.method = method;
            this.inAzure = inAzure;
        }
    }

    public static final String SECRETS = "secrets";
    public static final String SERVICE_ACCOUNTS = "serviceaccounts";
    public static final String NAMESPACES = "namespaces";

    public static ApiRequest get(String resource, String namespace, String name) {
        return new ApiRequest(Verb.GET, resource, Optional.of(namespace), Optional.of(name), Optional.empty());
    }

    /** All of the cluster. */
    public static ApiRequest list(String resource) {
        return new ApiRequest(Verb.LIST, resource, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** All of a namespace; none where there is no such namespace. */
    public static ApiRequest list(String resource, String namespace) {
        return new ApiRequest(Verb.LIST, resource, Optional.of(namespace), Optional.empty(), Optional.empty());
    }

    /** Refused with 409 when there is one. */
    public static ApiRequest create(String resource, String namespace, ObjectNode manifest) {
        return new ApiRequest(Verb.CREATE, resource, Optional.of(namespace), Optional.empty(), Optional.of(manifest));
    }

    /** A merge patch (RFC 7386), with the version in it that it is meant for; it never creates. */
    public static ApiRequest patch(String resource, String namespace, String name, ObjectNode patch) {
        return new ApiRequest(Verb.PATCH, resource, Optional.of(namespace), Optional.of(name), Optional.of(patch));
    }

    /** Deletes the one that was observed, and none that has taken its place; finalizers can keep it. */
    public static ApiRequest delete(
            String resource, String namespace, String name, String uid, String resourceVersion) {
        ObjectNode options = JsonNodeFactory.instance.objectNode();
        options.put("apiVersion", "v1").put("kind", "DeleteOptions");
        options.set("preconditions", PullSecretManifest.version(uid, resourceVersion));
        return new ApiRequest(Verb.DELETE, resource, Optional.of(namespace), Optional.of(name), Optional.of(options));
    }

    String method() {
        return verb.method;
    }

    String contentType() {
        return verb == Verb.PATCH ? "application/merge-patch+json" : "application/json";
    }

    String path() {
        return "/api/v1/"
                + namespace.map(each -> "namespaces/" + encoded(each) + '/').orElse("") + resource
                + name.map(each -> '/' + encoded(each)).orElse("");
    }

    /** A name that Kubernetes cannot have made is one that is not there, never another path. */
    private static String encoded(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** The same for a script: verb, resource, namespace and name. */
    public String words() {
        return verb.name().toLowerCase(Locale.ROOT)
                + ' '
                + resource
                + ' '
                + namespace.orElse("-")
                + ' '
                + name.orElse("-");
    }

    /** The right as Azure RBAC names it. */
    String action() {
        return "Microsoft.ContainerService/managedClusters/" + resource + '/' + verb.inAzure;
    }

    /** The right as Kubernetes names it; a body can hold a secret. */
    @Override
    public String toString() {
        return verb.name().toLowerCase(Locale.ROOT)
                + ' '
                + resource
                + namespace.map(each -> " in the namespace " + each).orElse(" of the whole cluster");
    }
}
