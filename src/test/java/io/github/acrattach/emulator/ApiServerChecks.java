package io.github.acrattach.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.emulator.http.Json;
import java.time.Instant;
import java.util.Base64;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** What holds for the small API server as for a real one: each check is run against both. */
interface ApiServerChecks {
    String NAMESPACES = "/api/v1/namespaces/";
    String DOCKER = ",'type':'kubernetes.io/dockerconfigjson','data':{'.dockerconfigjson':'";

    /** With every right. */
    Kube kube();

    /** Whose Entra the API server trusts. */
    Emulator emulator();

    String WEBHOOK = "judge.example.com";

    /** A namespace in which an admission webhook refuses secrets with this status. */
    String judged(String status);

    @Test
    default void aWebhookChoosesCodeAndReasonAndIsNamed() {
        String denied = "admission webhook \"" + WEBHOOK + "\" denied the request";
        assertRefused(inJudged("{}"), 400, "", denied + " without explanation");
        assertRefused(inJudged("{'message':'no'}"), 400, "", denied + ": no");
        assertRefused(inJudged("{'code':200,'reason':'Because'}"), 400, "Because", denied + ": Because");
        assertRefused(inJudged("{'code':403,'reason':'Forbidden','message':'no'}"), 403, "Forbidden", denied + ": no");
        assertRefused(inJudged("{'code':409,'message':'no'}"), 409, "", denied + ": no");
        assertRefused(inJudged("{'code':401,'reason':'Unauthorized'}"), 401, "Unauthorized", denied + ": Unauthorized");
    }

    private Client.Reply inJudged(String status) {
        return kube().secret(judged(status), "a", "");
    }

    @Test
    default void aSecretIsMadeReadReplacedAndDeleted() {
        String space = fresh("life");
        Client.Reply made = kube().secret(space, "a", ",'stringData':{'x':'y'}");
        JsonNode metadata = made.json().path("metadata");

        assertThat(made.status()).isEqualTo(201);
        assertThat(made.json().path("data").path("x").asText()).isEqualTo("eQ==");
        assertThat(made.json().has("stringData")).isFalse();
        assertThat(made.json().path("type").asText()).isEqualTo("Opaque");
        assertThat(metadata.path("uid").asText()).isNotEmpty();
        assertThat(metadata.path("namespace").asText()).isEqualTo(space);

        String path = NAMESPACES + space + "/secrets/a";
        ObjectNode read = (ObjectNode) kube().get(path).json();
        assertThat(read.path("metadata").path("resourceVersion")).isEqualTo(metadata.path("resourceVersion"));
        read.withObject("/data").put("x", "eg==");
        Client.Reply replaced = kube().put(path, read.toString());
        assertThat(replaced.status()).isEqualTo(200);
        assertThat(replaced.json().path("metadata").path("resourceVersion"))
                .isNotEqualTo(metadata.path("resourceVersion"));
        assertThat(replaced.json().path("metadata").path("uid")).isEqualTo(metadata.path("uid"));
        assertRefused(
                kube().put(path, read.toString()),
                409,
                "Conflict",
                "Operation cannot be fulfilled on secrets \"a\": the object has been modified; please apply your"
                        + " changes to the latest version and try again");

        assertThat(kube().put(path, Kube.secretBody("a", ",'data':{'x':'eg=='}"))
                        .json()
                        .path("metadata")
                        .path("resourceVersion"))
                .isEqualTo(replaced.json().path("metadata").path("resourceVersion"));
        assertThat(kube().delete(path).json().path("status").asText()).isEqualTo("Success");
        assertRefused(kube().get(path), 404, "NotFound", "secrets \"a\" not found");
        assertRefused(kube().delete(path), 404, "NotFound", "secrets \"a\" not found");
        assertRefused(kube().put(path, Kube.secretBody("a", "")), 404, "NotFound", "secrets \"a\" not found");
    }

    /** As fqdn and kubeconfig of a real cluster fit together. */
    @Test
    default void armShowsTheAddressThatKubeconfigsName() {
        Client.Reply cluster = Client.you(emulator()).get(Sample.AKS_SHOP);
        assertThat(cluster.json().path("properties").path("fqdn").asText())
                .isEqualTo(kube().server().getAuthority());
    }

    @Test
    default void aPullSecretMustHoldJson() {
        String space = fresh("pull");
        Client.Reply bad = kube().secret(space, "p", DOCKER + "bm90anNvbg=='}");

        assertThat(kube().secret(space, "good", DOCKER + "e30='}").status()).isEqualTo(201);
        assertRefused(bad, 422, "Invalid", "Secret \"p\" is invalid: data[.dockerconfigjson]: Invalid value:");
        assertThat(bad.json().path("message").asText())
                .contains("<secret contents redacted>")
                .doesNotContain("notjson");
        assertRefused(
                kube().secret(space, "p", ",'type':'kubernetes.io/dockerconfigjson'"),
                422,
                "Invalid",
                "Secret \"p\" is invalid: data[.dockerconfigjson]: Required value");
        assertRefused(
                kube().secret(space, "p", ",'type':'kubernetes.io/dockercfg','data':{'.dockercfg':'eA=='}"),
                422,
                "Invalid",
                "Secret \"p\" is invalid: data[.dockercfg]: Invalid value:");
        assertRefused(
                kube().secret(space, "p", ",'type':'kubernetes.io/tls'"),
                422,
                "Invalid",
                "Secret \"p\" is invalid: [data[tls.crt]: Required value, data[tls.key]: Required value]");
    }

    @Test
    default void theTypeOfASecretNeverChanges() {
        String space = fresh("type");
        kube().secret(space, "a", "");

        assertRefused(
                kube().put(NAMESPACES + space + "/secrets/a", Kube.secretBody("a", DOCKER + "e30='}")),
                422,
                "Invalid",
                "Secret \"a\" is invalid: type: Invalid value: \"kubernetes.io/dockerconfigjson\": field is immutable");
        assertRefused(
                kube().patch(NAMESPACES + space + "/secrets/a", "merge-patch", "{'type':'foo'}"),
                422,
                "Invalid",
                "Secret \"a\" is invalid: type: Invalid value: \"foo\": field is immutable");
    }

    @Test
    default void anImmutableSecretKeepsItsData() {
        String space = fresh("immutable");
        String path = NAMESPACES + space + "/secrets/a";
        kube().secret(space, "a", ",'immutable':true,'data':{'x':'eA=='}");

        assertRefused(
                kube().put(path, Kube.secretBody("a", ",'immutable':true,'data':{'x':'eQ=='}")),
                422,
                "Invalid",
                "Secret \"a\" is invalid: data: Forbidden: field is immutable when `immutable` is set");
        assertRefused(
                kube().put(path, Kube.secretBody("a", ",'data':{'x':'eQ=='}")),
                422,
                "Invalid",
                "Secret \"a\" is invalid: [immutable: Forbidden: field is immutable when `immutable` is set, data:"
                        + " Forbidden: field is immutable when `immutable` is set]");
        assertThat(kube().patch(path, "merge-patch", "{'metadata':{'labels':{'a':'b'}}}")
                        .status())
                .isEqualTo(200);
    }

    @Test
    default void namesLabelsAndKeysHaveRules() {
        String space = fresh("rules");

        assertRefused(
                kube().secret(space, "P_x", ",'data':{'a b':'eA=='}"),
                422,
                "Invalid",
                "Secret \"P_x\" is invalid: [metadata.name: Invalid value: \"P_x\": a lowercase RFC 1123 subdomain must"
                        + " consist of lower case alphanumeric characters, '-' or '.', and must start and end with an"
                        + " alphanumeric character (e.g. 'example.com', regex used for validation is"
                        + " '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*'), data[a b]: Invalid value:"
                        + " \"a b\": a valid config key must consist of");
        assertRefused(
                kube().post(
                                NAMESPACES + space + "/secrets",
                                "{'apiVersion':'v1','kind':'Secret','metadata':{'labels':{'a':'-'}}}"),
                422,
                "Invalid",
                "Secret \"\" is invalid: [metadata.name: Required value: name or generateName is required,"
                        + " metadata.labels: Invalid value: \"-\": a valid label must be an empty string or consist of");
        assertRefused(
                kube().namespace("Dying"),
                422,
                "Invalid",
                "Namespace \"Dying\" is invalid: metadata.name: Invalid value: \"Dying\": a lowercase RFC 1123 label must");
        assertRefused(
                kube().secret(space, "big", tooLarge()), 422, "Invalid", "Secret \"big\" is invalid: data: Too long:");
        assertThat(kube().post(
                                NAMESPACES + space + "/secrets",
                                "{'apiVersion':'v1','kind':'Secret','metadata':{'generateName':'gen-'}}")
                        .json()
                        .path("metadata")
                        .path("name")
                        .asText())
                .matches("gen-[a-z0-9]{5}");
    }

    @Test
    default void whatIsNoSecretIsRefusedAsABadRequest() {
        String space = fresh("bad");
        String path = NAMESPACES + space + "/secrets";

        assertRefused(
                kube().secret(space, "p", ",'data':{'x':'not base64!'}"),
                400,
                "BadRequest",
                "Secret in version \"v1\" cannot be handled as a Secret: ");
        assertRefused(
                kube().secret(space, "p", ",'data':{'x':1}"),
                400,
                "BadRequest",
                "Secret in version \"v1\" cannot be handled as a Secret: ");
        assertRefused(
                kube().post(path, "{'apiVersion':'v1','kind':'ConfigMap','metadata':{'name':'p'}}"),
                400,
                "BadRequest",
                "ConfigMap in version \"v1\" cannot be handled as a Secret: ");
        assertRefused(
                kube().post(path, "{"),
                400,
                "BadRequest",
                "the object provided is unrecognized (must be of type Secret)");
        assertRefused(
                kube().post(path, "{'apiVersion':'v1','kind':'Secret','metadata':{'name':'p','namespace':'other'}}"),
                400,
                "BadRequest",
                "the namespace of the provided object does not match the namespace sent on the request");
        assertRefused(
                kube().put(path + "/a", Kube.secretBody("b", "")),
                400,
                "BadRequest",
                "the name of the object (b) does not match the name on the URL (a)");
        assertRefused(
                kube().post(path, "{'apiVersion':'v1','kind':'Secret','metadata':{'name':'p','resourceVersion':'7'}}"),
                500,
                "",
                "resourceVersion should not be set on objects to be created");
        assertThat(kube().send("POST", path, "x", "Content-Type", "text/plain").status())
                .isEqualTo(415);
        assertThat(kube().send("PATCH", path + "/a", "{}", "Content-Type", "application/json")
                        .status())
                .isEqualTo(415);
        assertRefused(kube().get("/api/v1/foos"), 404, "NotFound", "the server could not find the requested resource");
        assertThat(kube().post(path + "/a", "{}").status()).isEqualTo(405);
    }

    @Test
    default void anObjectGoesWhereANamespaceIs() {
        assertRefused(kube().secret("none", "a", ""), 404, "NotFound", "namespaces \"none\" not found");
        assertRefused(kube().get(NAMESPACES + "none/secrets/a"), 404, "NotFound", "secrets \"a\" not found");
        assertThat(kube().get(NAMESPACES + "none/secrets").json().path("items")).isEmpty();
        String space = fresh("twice");
        kube().secret(space, "a", "");
        assertRefused(kube().secret(space, "a", ""), 409, "AlreadyExists", "secrets \"a\" already exists");
        assertRefused(kube().namespace(space), 409, "AlreadyExists", "namespaces \"" + space + "\" already exists");
    }

    @Test
    default void aTerminatingNamespaceTakesNothingNew() {
        String space = "dying-" + Long.toString(System.nanoTime(), 36);
        kube().post(
                        "/api/v1/namespaces",
                        "{'apiVersion':'v1','kind':'Namespace','metadata':{'name':'" + space
                                + "','finalizers':['example.com/hold']}}");
        Client.Reply deleted = kube().delete(NAMESPACES + space);
        Client.Reply refused = kube().secret(space, "a", "");

        assertThat(deleted.status()).isEqualTo(200);
        assertThat(deleted.json().path("status").path("phase").asText()).isEqualTo("Terminating");
        assertRefused(
                refused,
                403,
                "Forbidden",
                "secrets \"a\" is forbidden: unable to create new content in namespace " + space
                        + " because it is being terminated");
        assertThat(refused.json()
                        .path("details")
                        .path("causes")
                        .get(0)
                        .path("reason")
                        .asText())
                .isEqualTo("NamespaceTerminating");

        kube().patch(NAMESPACES + space, "merge-patch", "{'metadata':{'finalizers':null}}");
        await(() -> kube().get(NAMESPACES + space).status() == 404);
        assertThat(kube().get(NAMESPACES + space + "/serviceaccounts").json().path("items"))
                .isEmpty();
        assertRefused(
                kube().delete(NAMESPACES + "default"),
                403,
                "Forbidden",
                "namespaces \"default\" is forbidden: this namespace may not be deleted");
    }

    @Test
    default void aQuotaLimitsTheSecrets() {
        String space = fresh("quota");
        String quota = NAMESPACES + space + "/resourcequotas";
        await(() -> kube().get(NAMESPACES + space + "/serviceaccounts/default").status() == 200);
        kube().secret(space, "first", "");
        kube().post(
                        quota,
                        "{'apiVersion':'v1','kind':'ResourceQuota','metadata':{'name':'few'},'spec':{'hard':{'secrets':'1'}}}");
        await(() ->
                kube().get(quota + "/few").json().path("status").path("used").has("secrets"));
        Client.Reply refused = kube().secret(space, "second", "");

        assertRefused(
                refused,
                403,
                "Forbidden",
                "secrets \"second\" is forbidden: exceeded quota: few, requested: secrets=1, used: secrets=");
        assertThat(refused.json().path("details").has("causes")).isFalse();
    }

    @Test
    default void theDefaultServiceAccountComesByItself() {
        String space = fresh("account");
        String path = NAMESPACES + space + "/serviceaccounts/default";
        await(() -> kube().get(path).status() == 200);

        kube().patch(path, "strategic-merge-patch", "{'imagePullSecrets':[{'name':'a'}]}");
        Client.Reply replaced = kube().patch(path, "strategic-merge-patch", "{'imagePullSecrets':[{'name':'b'}]}");
        assertThat(replaced.json().path("imagePullSecrets")).hasSize(1);
        assertThat(replaced.json().path("imagePullSecrets").get(0).path("name").asText())
                .isEqualTo("b");
        assertThat(kube().patch(path, "json-patch", "[{'op':'add','path':'/imagePullSecrets/-','value':{'name':'c'}}]")
                        .json()
                        .path("imagePullSecrets"))
                .hasSize(2);
        assertThat(kube().patch(path, "json-patch", "[{'op':'add','path':'/none/-','value':{'name':'c'}}]")
                        .status())
                .isEqualTo(422);
        assertThat(kube().patch(path, "merge-patch", "{'metadata':{'resourceVersion':'3'}}")
                        .status())
                .isEqualTo(409);
        String uid = kube().get(path).json().path("metadata").path("uid").asText();
        assertThat(kube().delete(path).status()).isEqualTo(200);
        await(() -> kube().get(path).status() == 200
                && !kube().get(path)
                        .json()
                        .path("metadata")
                        .path("uid")
                        .asText()
                        .equals(uid));
    }

    @Test
    default void aDeleteHonoursItsPreconditions() {
        String space = fresh("delete");
        String path = NAMESPACES + space + "/secrets/a";
        JsonNode metadata = kube().secret(space, "a", "").json().path("metadata");

        assertRefused(
                kube().delete(path, "{'preconditions':{'uid':'nope'}}"),
                409,
                "Conflict",
                "Operation cannot be fulfilled on Secret \"a\": the UID in the precondition (nope) does not match");
        assertRefused(
                kube().delete(path, "{'preconditions':{'resourceVersion':'nope'}}"),
                409,
                "Conflict",
                "Operation cannot be fulfilled on Secret \"a\": the ResourceVersion in the precondition (nope) does not");
        assertThat(kube().delete(
                                path,
                                "{'preconditions':{'uid':'"
                                        + metadata.path("uid").asText() + "','resourceVersion':'"
                                        + metadata.path("resourceVersion").asText() + "'}}")
                        .status())
                .isEqualTo(200);
    }

    @Test
    default void listsAreChosenAndCut() {
        String space = fresh("list");
        for (String name : new String[] {"a", "b", "c"}) {
            kube().post(
                            NAMESPACES + space + "/secrets",
                            "{'apiVersion':'v1','kind':'Secret','metadata':{'name':'" + name + "','labels':{'run':'"
                                    + space + "','it':'" + name + "'}}}");
        }
        String everywhere = "/api/v1/secrets?labelSelector=run%3D" + space;

        assertThat(names(everywhere)).isEqualTo("a b c");
        assertThat(names(everywhere + ",it!%3Db")).isEqualTo("a c");
        assertThat(names(everywhere + ",it%20in%20(a,b)")).isEqualTo("a b");
        assertThat(names(everywhere + ",it%20notin%20(a,b)")).isEqualTo("c");
        assertThat(names(everywhere + ",!none")).isEqualTo("a b c");
        assertThat(names(everywhere + ",none")).isEmpty();
        assertThat(names("/api/v1/secrets?fieldSelector=metadata.name%3Db,metadata.namespace%3D" + space))
                .isEqualTo("b");
        JsonNode first = kube().get(everywhere + "&limit=2").json();
        assertThat(first.path("items")).hasSize(2);
        assertThat(first.path("items").get(0).has("kind")).isFalse();
        assertThat(names(everywhere + "&limit=2&continue="
                        + first.path("metadata").path("continue").asText()))
                .isEqualTo("c");
        assertRefused(
                kube().get("/api/v1/namespaces?fieldSelector=metadata.foo%3Dx"),
                400,
                "BadRequest",
                "field label not supported: metadata.foo");
        assertThat(kube().get("/api/v1/namespaces?labelSelector=%3D%3D").status())
                .isEqualTo(400);
        assertThat(kube().get("/api/v1/namespaces?limit=x").status()).isEqualTo(400);
        assertThat(kube().get("/api/v1/namespaces?continue=xx").status()).isEqualTo(400);
    }

    @Test
    default void metadataCanBeHadAlone() {
        String space = fresh("partial");
        kube().secret(space, "a", ",'stringData':{'x':'hidden'}");
        String as = "application/json;as=PartialObjectMetadata%s;g=meta.k8s.io;v=v1";
        JsonNode one = kube().get(NAMESPACES + space + "/secrets/a", "Accept", as.formatted(""))
                .json();
        JsonNode list = kube().get(NAMESPACES + space + "/secrets", "Accept", as.formatted("List"))
                .json();

        assertThat(one.path("kind").asText()).isEqualTo("PartialObjectMetadata");
        assertThat(one.path("metadata").path("name").asText()).isEqualTo("a");
        assertThat(one.has("data")).isFalse();
        assertThat(list.path("kind").asText()).isEqualTo("PartialObjectMetadataList");
        list.path("items").forEach(item -> {
            assertThat(item.path("kind").asText()).isEqualTo("PartialObjectMetadata");
            assertThat(item.has("data")).isFalse();
        });
        assertThat(kube().get(NAMESPACES + space + "/secrets", "Accept", as.formatted(""))
                        .status())
                .isEqualTo(406);
        assertThat(kube().get(NAMESPACES + space + "/secrets", "Accept", "application/vnd.foo")
                        .status())
                .isEqualTo(406);
    }

    @Test
    default void aTokenMustBeForTheClusterAndHaveRights() {
        assertRefused(kube().with("").get("/api/v1/secrets"), 401, "Unauthorized", "Unauthorized");
        assertRefused(kube().with("garbage").get("/api/v1/secrets"), 401, "Unauthorized", "Unauthorized");
        String forArm = Client.attach(emulator()).token();
        assertRefused(kube().with(forArm).get("/api/v1/secrets"), 401, "Unauthorized", "Unauthorized");
        Kube stranger = kube().with(Client.of(emulator())
                .signedIn(Sample.LEGACY_APP, Sample.LEGACY_SECRET, Kube.AUDIENCE)
                .token());
        String user = "User \"d8e9f0a1-b2c3-4d4e-9f5a-6b7c8d9e0f1a\" cannot ";
        assertRefused(
                stranger.get("/api/v1/secrets"),
                403,
                "Forbidden",
                "secrets is forbidden: " + user + "list resource \"secrets\" in API group \"\" at the cluster scope");
        assertRefused(
                stranger.get(NAMESPACES + "default/secrets/a"),
                403,
                "Forbidden",
                "secrets \"a\" is forbidden: " + user
                        + "get resource \"secrets\" in API group \"\" in the namespace \"default\"");
        assertRefused(
                stranger.get(NAMESPACES + "default"),
                403,
                "Forbidden",
                "namespaces \"default\" is forbidden: " + user
                        + "get resource \"namespaces\" in API group \"\" in the namespace \"default\"");
        assertRefused(
                stranger.secret("default", "a", ""),
                403,
                "Forbidden",
                "secrets is forbidden: " + user
                        + "create resource \"secrets\" in API group \"\" in the namespace \"default\"");
        assertThat(stranger.get("/version").status()).isEqualTo(200);
    }

    private String names(String path) {
        StringBuilder names = new StringBuilder();
        kube().get(path).json().path("items").forEach(item -> names.append(' ')
                .append(item.path("metadata").path("name").asText()));
        return names.toString().strip();
    }

    default String fresh(String name) {
        String space = name + "-" + Long.toString(System.nanoTime(), 36);
        assertThat(kube().namespace(space).status()).isEqualTo(201);
        return space;
    }

    private static String tooLarge() {
        ObjectNode data = Json.object().put("x", Base64.getEncoder().encodeToString(new byte[1024 * 1024 + 1]));
        return ",'data':" + data;
    }

    private static void await(BooleanSupplier holds) {
        Instant limit = Instant.now().plusSeconds(20);
        while (!holds.getAsBoolean()) {
            assertThat(Instant.now()).isBefore(limit);
        }
    }

    private static void assertRefused(Client.Reply reply, int status, String reason, String message) {
        assertThat(reply.status()).as(reply.text()).isEqualTo(status);
        assertThat(reply.json().path("kind").asText()).isEqualTo("Status");
        assertThat(reply.json().path("code").asInt()).isEqualTo(status);
        assertThat(reply.json().path("reason").asText()).isEqualTo(reason);
        assertThat(reply.json().path("message").asText()).startsWith(message);
    }
}
