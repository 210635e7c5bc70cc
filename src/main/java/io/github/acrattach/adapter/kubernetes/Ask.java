package io.github.acrattach.adapter.kubernetes;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/** One request to an API server, in the words in which Kubernetes judges it. */
record Ask(Verb verb, String resource, Optional<String> namespace, Optional<String> name) {

    /** What Kubernetes allows or refuses, and the method that stands for it. */
    enum Verb {
        GET("GET", "read"),
        LIST("GET", "read"),
        CREATE("POST", "write"),
        UPDATE("PUT", "write"),
        PATCH("PATCH", "write"),
        DELETE("DELETE", "delete");

        private final String method;
        private final String inAzure;

        Verb(String method, String inAzure) {
            this.method = method;
            this.inAzure = inAzure;
        }
    }

    static final String SECRETS = "secrets";
    static final String ACCOUNTS = "serviceaccounts";
    static final String NAMESPACES = "namespaces";

    static Ask of(Verb verb, String resource, String namespace, String name) {
        return new Ask(verb, resource, Optional.of(namespace), Optional.of(name));
    }

    /** Makes a new one; its name is in the body. */
    static Ask create(String resource, String namespace) {
        return new Ask(Verb.CREATE, resource, Optional.of(namespace), Optional.empty());
    }

    /** All of the cluster. */
    static Ask list(String resource) {
        return new Ask(Verb.LIST, resource, Optional.empty(), Optional.empty());
    }

    String method() {
        return verb.method;
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

    /** The right as Azure RBAC names it. */
    String action() {
        return "Microsoft.ContainerService/managedClusters/" + resource + '/' + verb.inAzure;
    }

    /** The right as Kubernetes names it. */
    @Override
    public String toString() {
        return verb.name().toLowerCase(Locale.ROOT)
                + ' '
                + resource
                + namespace.map(each -> " in the namespace " + each).orElse(" of the whole cluster");
    }
}
