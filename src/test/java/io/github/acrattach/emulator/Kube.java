package io.github.acrattach.emulator;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.time.Duration;

/** Calls one API server, whichever it is. */
public record Kube(HttpClient http, URI server, String token) {
    static final String AUDIENCE = "6dae42f8-4368-4678-94ff-3960e28e3630/.default";
    private static final String NAMESPACES = "/api/v1/namespaces/";

    /** As the program's identity, at the small API of a cluster of the sample estate. */
    public static Kube attach(Emulator emulator, String clusterId) {
        Client client = Client.of(emulator).signedIn(Sample.ATTACH_APP, Sample.ATTACH_SECRET, AUDIENCE);
        return new Kube(client.http(), URI.create(server(emulator, clusterId)), client.token());
    }

    static String server(Emulator emulator, String clusterId) {
        String yaml = Aks.kubeconfig(Client.you(emulator).post(clusterId + "/listClusterUserCredential", ""));
        return yaml.lines()
                .filter(line -> line.strip().startsWith("server: "))
                .findFirst()
                .orElseThrow()
                .strip()
                .substring("server: ".length());
    }

    public Kube with(String otherToken) {
        return new Kube(http, server, otherToken);
    }

    public Client.Reply get(String path, String... headers) {
        return send("GET", path, "", headers);
    }

    public Client.Reply post(String path, String body) {
        return send("POST", path, body, "Content-Type", "application/json");
    }

    public Client.Reply put(String path, String body) {
        return send("PUT", path, body, "Content-Type", "application/json");
    }

    public Client.Reply delete(String path, String... body) {
        return send("DELETE", path, String.join("", body), "Content-Type", "application/json");
    }

    public Client.Reply patch(String path, String type, String body) {
        return send("PATCH", path, body, "Content-Type", "application/" + type + "+json");
    }

    public Client.Reply namespace(String name) {
        return post("/api/v1/namespaces", "{'apiVersion':'v1','kind':'Namespace','metadata':{'name':'" + name + "'}}");
    }

    /** More of the body follows the metadata, beginning with a comma. */
    Client.Reply secret(String namespace, String name, String more) {
        return post(NAMESPACES + namespace + "/secrets", secretBody(name, more));
    }

    static String secretBody(String name, String more) {
        return "{'apiVersion':'v1','kind':'Secret','metadata':{'name':'" + name + "'}" + more + "}";
    }

    Client.Reply send(String method, String path, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server + path.replace(" ", "%20")))
                .timeout(Duration.ofSeconds(10))
                .method(method, HttpRequest.BodyPublishers.ofString(body.replace('\'', '"')));
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        return new Client(http, server, token).send(request.build());
    }
}
