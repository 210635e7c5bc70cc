package io.github.acrattach;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.emulator.Aks;
import io.github.acrattach.emulator.Client;
import io.github.acrattach.emulator.Emulator;
import io.github.acrattach.emulator.Kube;
import io.github.acrattach.emulator.estate.Estate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Many clusters, each with a registry of its own that a rule pairs it with by a pull secret, and all that there is of
 * each pair, seen with an owner's eyes.
 */
final class Fleet {

    /** Where the rules want the secrets. */
    static final List<String> NAMESPACES = List.of("shop", "web");

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String GRAPH = "https://graph.microsoft.com";
    private static final String KUBERNETES = "6dae42f8-4368-4678-94ff-3960e28e3630";

    private final Emulator emulator;
    private final Client owner;
    private final Client directory;
    private final Map<String, Function<String, Optional<JsonNode>>> clusters = new HashMap<>();

    Fleet(Emulator emulator) {
        this.emulator = emulator;
        owner = Client.you(emulator);
        directory = Client.of(emulator).with(emulator.tokenOf(Estates.PROGRAM, GRAPH));
    }

    /** What a secret is made of. */
    enum Kind {
        ACR_TOKEN,
        SERVICE_PRINCIPAL;

        String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        private String letter() {
            return this == ACR_TOKEN ? "t" : "p";
        }
    }

    /** A cluster and its registry. */
    record Pair(Kind kind, int number) {

        String name() {
            return kind.letter() + String.format("%03d", number);
        }

        String cluster() {
            return Estates.cluster("aks-" + name());
        }

        String registry() {
            return Estates.registry("acr" + name());
        }

        String loginServer() {
            return "acr" + name() + ".azurecr.io";
        }

        String secret() {
            return "acr-attach-acr" + name();
        }

        Map<String, String> body() {
            return Map.of("cluster", cluster(), "registry", registry());
        }

        @Override
        public String toString() {
            return name();
        }
    }

    /** A pull secret as it stands in a namespace. */
    record Standing(String namespace, String username, String password, boolean referred) {}

    static List<Pair> pairs(Kind kind, int count) {
        return IntStream.range(0, count)
                .mapToObj(number -> new Pair(kind, number))
                .toList();
    }

    /** So many pairs of each kind, in place of the sample's. */
    static Estate estate(int ofEach) {
        return estate(ofEach, nothing -> {});
    }

    static Estate estate(int ofEach, Consumer<ObjectNode> change) {
        return Estates.changed(estate -> {
            ObjectNode cluster = Estates.resource(estate, "aks-shop");
            ObjectNode registry = Estates.resource(estate, "acrshop");
            ArrayNode resources = estate.putArray("resources");
            ArrayNode repositories = estate.putArray("repositories");
            ObjectNode kubernetes = estate.putObject("kubernetes");
            Stream.of(Kind.values())
                    .flatMap(kind -> pairs(kind, ofEach).stream())
                    .forEach(pair -> {
                        resources.add(renamed(cluster, "aks-shop", "aks-" + pair, pair));
                        resources.add(renamed(registry, "acrshop", "acr" + pair, pair));
                        repositories
                                .addObject()
                                .put("registry", "acr" + pair)
                                .put("name", "shop/web")
                                .putArray("tags")
                                .add("1.0");
                        ObjectNode namespaces =
                                kubernetes.putObject("aks-" + pair).putObject("namespaces");
                        NAMESPACES.forEach(name -> namespaces.putObject(name).putObject("labels"));
                    });
            change.accept(estate);
        });
    }

    private static ObjectNode renamed(ObjectNode resource, String from, String to, Pair pair) {
        try {
            ObjectNode other = (ObjectNode) JSON.readTree(resource.toString().replace(from, to));
            other.putObject("tags").put("pair", pair.name());
            return other;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A rule for the pairs of each kind. */
    static Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>();
        for (Kind kind : Kind.values()) {
            String rule = "ACR_ATTACH_RULES_" + kind.letter().toUpperCase(Locale.ROOT) + "_";
            settings.put(rule + "CLUSTERS_NAMES", "aks-" + kind.letter() + "*");
            settings.put(rule + "REGISTRIES_NAMES", "acr" + kind.letter() + "*");
            settings.put(rule + "JOIN_ON_TAGS", "pair");
            settings.put(rule + "METHOD", "secret");
            settings.put(rule + "SECRET_CREDENTIAL", kind.word());
            settings.put(rule + "SECRET_NAMESPACES", String.join(",", NAMESPACES));
            settings.put(rule + "SECRET_SERVICE_ACCOUNTS", "default");
        }
        return settings;
    }

    /** The secrets of a pair, in the order of their namespaces. */
    List<Standing> standing(Pair pair) {
        return NAMESPACES.stream()
                .flatMap(namespace -> standing(pair, namespace).stream())
                .toList();
    }

    Optional<Standing> standing(Pair pair, String namespace) {
        return object(pair, namespace, "secrets/" + pair.secret()).map(secret -> {
            JsonNode config = decoded(secret.path("data").path(".dockerconfigjson"));
            JsonNode login = config.path("auths").path(pair.loginServer());
            return new Standing(
                    namespace,
                    login.path("username").asText(),
                    login.path("password").asText(),
                    references(account(pair, namespace)).contains(pair.secret()));
        });
    }

    private static List<String> references(JsonNode account) {
        return each(account.path("imagePullSecrets"))
                .map(each -> each.path("name").asText())
                .toList();
    }

    private JsonNode account(Pair pair, String namespace) {
        return object(pair, namespace, "serviceaccounts/default").orElseThrow();
    }

    /** Whether the registry's token service lets somebody pull. */
    boolean pulls(Pair pair, Standing standing) {
        String login = standing.username() + ":" + standing.password();
        Client.Reply reply = Client.of(emulator)
                .send(java.net.http.HttpRequest.newBuilder(
                                java.net.URI.create(emulator.registryTokenService(pair.loginServer()) + "?service="
                                        + pair.loginServer() + "&scope=repository:shop/web:pull"))
                        .header(
                                "Authorization",
                                "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8)))
                        .build());
        if (reply.status() != 200) {
            return false;
        }
        String token = reply.json().path("access_token").asText();
        return !json(Base64.getUrlDecoder().decode(token.split("\\.")[1]))
                .path("access")
                .isEmpty();
    }

    /** The passwords of a pair that have not ended, by whatever tells them apart. */
    List<String> livePasswords(Pair pair) {
        return passwords(pair)
                .filter(each -> Instant.parse(each.path("expiry")
                                .asText(each.path("endDateTime").asText()))
                        .isAfter(Instant.now()))
                .map(each -> each.path("keyId")
                        .asText(each.path("name").asText()
                                + each.path("creationTime").asText()))
                .toList();
    }

    private Stream<JsonNode> passwords(Pair pair) {
        return pair.kind() == Kind.ACR_TOKEN
                ? tokens(pair)
                        .flatMap(token -> each(
                                token.path("properties").path("credentials").path("passwords")))
                : applications(pair).flatMap(application -> each(application.path("passwordCredentials")));
    }

    /** All that there is of this program's for a pair: each thing as a phrase, sorted. */
    List<String> traces(Pair pair) {
        List<String> traces = new ArrayList<>();
        tokens(pair).forEach(token -> traces.add("token"));
        each(owner.get(pair.registry() + "/scopeMaps").json().path("value"))
                .filter(map -> !map.path("name").asText().startsWith("_"))
                .forEach(map -> traces.add("scope map"));
        applications(pair).forEach(application -> {
            traces.add("application");
            each(directory
                            .get("/v1.0/servicePrincipals?$filter=appId eq '"
                                    + application.path("appId").asText() + "'")
                            .json()
                            .path("value"))
                    .forEach(principal -> traces.add("service principal"));
        });
        emulator.roleAssignments().stream()
                .filter(each -> each.id().startsWith(pair.registry() + "/"))
                .forEach(each -> traces.add("role assignment"));
        for (String namespace : NAMESPACES) {
            object(pair, namespace, "secrets/" + pair.secret())
                    .ifPresent(secret -> traces.add("secret in " + namespace));
            JsonNode account = account(pair, namespace);
            references(account).forEach(name -> traces.add("reference in " + namespace));
            if (account.path("metadata").path("annotations").has("acr-attach/added")) {
                traces.add("note of a reference in " + namespace);
            }
        }
        return traces.stream().sorted().toList();
    }

    /** What there is to be of a pair that pulls. */
    static List<String> whole(Kind kind) {
        Stream<String> ofKind = kind == Kind.ACR_TOKEN
                ? Stream.of("token", "scope map")
                : Stream.of("application", "service principal", "role assignment");
        return Stream.concat(
                        ofKind,
                        NAMESPACES.stream()
                                .flatMap(each -> Stream.of(
                                        "secret in " + each, "reference in " + each, "note of a reference in " + each)))
                .sorted()
                .toList();
    }

    private Stream<JsonNode> tokens(Pair pair) {
        return each(owner.get(pair.registry() + "/tokens").json().path("value"));
    }

    private Stream<JsonNode> applications(Pair pair) {
        return each(directory.get("/v1.0/applications?$top=999").json().path("value"))
                .filter(each -> each.path("notes").asText().endsWith("/registries/acr" + pair));
    }

    private Optional<JsonNode> object(Pair pair, String namespace, String path) {
        return cluster(pair).apply("/api/v1/namespaces/" + namespace + '/' + path);
    }

    /** What is in a cluster: its API server shows it, or where nobody reaches that from outside, a command pod. */
    private synchronized Function<String, Optional<JsonNode>> cluster(Pair pair) {
        return clusters.computeIfAbsent(pair.name(), name -> {
            boolean secluded = owner.get(pair.cluster())
                    .json()
                    .at("/properties/apiServerAccessProfile/enablePrivateCluster")
                    .asBoolean();
            return secluded ? path -> fromCommandPod(pair, path) : fromApiServer(pair);
        });
    }

    private Function<String, Optional<JsonNode>> fromApiServer(Pair pair) {
        Kube server = Kube.attach(emulator, pair.cluster()).with(emulator.tokenOf(Estates.PROGRAM, KUBERNETES));
        return path -> Optional.of(server.get(path))
                .filter(reply -> reply.status() != 404)
                .map(Client.Reply::json);
    }

    private Optional<JsonNode> fromCommandPod(Pair pair, String path) {
        String command = "{'command':'kubectl get --raw " + path + "'}";
        JsonNode result = Aks.result(owner, owner.post(pair.cluster() + "/runCommand", command))
                .json()
                .path("properties");
        return Optional.of(result.path("logs").asText())
                .filter(printed -> result.path("exitCode").asInt() == 0)
                .map(printed -> json(printed.getBytes(StandardCharsets.UTF_8)));
    }

    private static JsonNode decoded(JsonNode base64) {
        return json(Base64.getDecoder().decode(base64.asText()));
    }

    private static JsonNode json(byte[] bytes) {
        try {
            return JSON.readTree(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<JsonNode> each(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
