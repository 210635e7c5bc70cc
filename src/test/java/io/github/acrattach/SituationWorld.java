package io.github.acrattach;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.adapter.azure.Answered;
import io.github.acrattach.emulator.Client;
import io.github.acrattach.emulator.frontdoor.Fault;
import io.github.acrattach.emulator.http.Answer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The emulated Azure as people have left it, told in their words. */
final class SituationWorld {

    static final String KUBELET = Estates.SHOP_KUBELET;
    static final String CONTROL_PLANE = "3d4e5f60-7182-493a-b4c5-d6e7f8091021";
    static final String SERVICE_PRINCIPAL = "d8e9f0a1-b2c3-4d4e-9f5a-6b7c8d9e0f1a";
    static final String SUBSCRIPTION = "/subscriptions/" + Estates.PRODUCTION;
    static final String MANAGEMENT_GROUP = "/providers/Microsoft.Management/managementGroups/platform";
    static final String GROUP = SUBSCRIPTION + "/resourceGroups/platform";
    static final String SHOP = Estates.registry("acrshop");
    static final String DATA = Estates.registry("acrdata");
    static final String CLUSTER = Estates.cluster("aks-shop");
    static final Duration YEAR = Duration.ofDays(365);

    private static final String NODES =
            SUBSCRIPTION + "/resourceGroups/MC_platform_aks-shop_westeurope/providers/Microsoft.Network/";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final PullScene scene;
    private final PackagedProgram program;
    private final Client control;

    SituationWorld(PullScene scene, PackagedProgram program) {
        this.scene = scene;
        this.program = program;
        control = Client.of(scene.azure);
    }

    /** Given a year ago. */
    SituationWorld role(String principal, String role, String scope) {
        return role(principal, role, scope, YEAR);
    }

    SituationWorld role(String principal, String role, String scope, Duration age) {
        return plant("roleAssignments", assignment(principal, role, scope).put("createdOn", before(age)));
    }

    /** Given a year ago, and changed since. */
    SituationWorld changedRole(String principal, String role, String scope, Duration age) {
        return plant(
                "roleAssignments",
                assignment(principal, role, scope)
                        .put("createdOn", before(YEAR))
                        .put("updatedOn", before(age)));
    }

    /** With a condition upon the name of the repository: {@code StringEquals 'etl'}, say. */
    SituationWorld roleWhere(String principal, String role, String scope, String comparison) {
        return conditioned(
                principal,
                role,
                scope,
                "((!(ActionMatches{'Microsoft.ContainerRegistry/registries/repositories/content/read'}) AND"
                        + " !(ActionMatches{'Microsoft.ContainerRegistry/registries/repositories/metadata/read'})) OR"
                        + " (@Request[Microsoft.ContainerRegistry/registries/repositories:name] " + comparison + "))");
    }

    SituationWorld conditioned(String principal, String role, String scope, String condition) {
        return plant(
                "roleAssignments",
                assignment(principal, role, scope)
                        .put("createdOn", before(YEAR))
                        .put("condition", condition));
    }

    private static ObjectNode assignment(String principal, String role, String scope) {
        return JSON.createObjectNode()
                .put("scope", scope)
                .put("principalId", principal)
                .put("principalType", "ServicePrincipal")
                .put("role", role);
    }

    static String before(Duration age) {
        return Instant.now().minus(age).toString();
    }

    /** A role of these permissions, as ARM shows them; apostrophes stand for quotation marks. */
    SituationWorld customRole(String name, String permissions) {
        return plant(
                "roleDefinitions",
                json("{'name':'" + UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8))
                        + "','properties':{'roleName':'" + name + "','assignableScopes':['" + SUBSCRIPTION
                        + "'],'permissions':[" + permissions + "]}}"));
    }

    SituationWorld group(String id, String... members) {
        ObjectNode group = JSON.createObjectNode().put("objectId", id).put("displayName", "group-" + id);
        List.of(members).forEach(group.putArray("members")::add);
        return plant("groups", group);
    }

    SituationWorld roleOfGroup(String group, String role, String scope) {
        return plant(
                "roleAssignments",
                assignment(group, role, scope).put("principalType", "Group").put("createdOn", before(YEAR)));
    }

    /** To everybody but those who are excluded: by default this program, which could look at nothing else. */
    SituationWorld denial(String scope, String permissions, String more) {
        String spared = more.isEmpty()
                ? ",'excludePrincipals':[{'id':'" + Estates.PROGRAM + "','type':'ServicePrincipal'}]"
                : more;
        return deny(scope, "{'id':'00000000-0000-0000-0000-000000000000','type':'SystemDefined'}", permissions, spared);
    }

    SituationWorld deny(String scope, String principal, String permissions, String more) {
        return plant(
                "denyAssignments",
                json("{'properties':{'denyAssignmentName':'stack','scope':'" + scope + "','principals':[" + principal
                        + "],'permissions':[" + permissions + "]" + more + "}}"));
    }

    SituationWorld registry(String id, String properties) {
        return change(id, "'properties':{" + properties + "}");
    }

    SituationWorld cluster(String properties) {
        return change(CLUSTER, "'properties':{" + properties + "}");
    }

    SituationWorld change(String id, String fields) {
        return change(json("{'id':'" + id + "'," + fields + "}"));
    }

    private SituationWorld change(ObjectNode body) {
        control.control("PATCH", "resources", text(body));
        return this;
    }

    /** As the copy of another resource. */
    SituationWorld copy(String id, String name, String otherName, String properties) {
        try {
            ObjectNode body = (ObjectNode) JSON.readTree(
                    scene.azure.resource(id).orElseThrow().toString().replace(name, otherName));
            ((ObjectNode) body.path("properties")).setAll(json("{" + properties + "}"));
            return plant("resources", body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The nodes go out through a load balancer by these addresses; those who try to pull come from the first. */
    SituationWorld egress(String... addresses) {
        return through("loadBalancer", "loadBalancerProfile", addresses);
    }

    SituationWorld natGateway(String... addresses) {
        return through("managedNATGateway", "natGatewayProfile", addresses);
    }

    private SituationWorld through(String outbound, String profile, String... addresses) {
        ObjectNode change = json("{'id':'" + CLUSTER + "','properties':{'networkProfile':{'networkPlugin':'azure',"
                + "'loadBalancerSku':'standard','outboundType':'" + outbound + "'}}}");
        ArrayNode ids = ((ObjectNode) change.at("/properties/networkProfile"))
                .putObject(profile)
                .putArray("effectiveOutboundIPs");
        for (String address : addresses) {
            String id = NODES + "publicIPAddresses/ip-" + address;
            ids.addObject().put("id", id);
            plant(
                    "resources",
                    json("{'id':'" + id + "','name':'ip-" + address + "','type':'Microsoft.Network/publicIPAddresses',"
                            + "'location':'westeurope','properties':{'ipAddress':'" + address + "'}}"));
        }
        scene.azure.moveRegistryClients(addresses[0]);
        return change(change);
    }

    SituationWorld nodesComeFrom(String address) {
        scene.azure.moveRegistryClients(address);
        return this;
    }

    /** A service principal that changed. */
    SituationWorld directory(String id, String fields) {
        control.control("PATCH", "directoryObjects", text(json("{'id':'" + id + "'," + fields + "}")));
        return this;
    }

    SituationWorld gone(String principal) {
        control.control("DELETE", "directoryObjects", text(json("{'id':'" + principal + "'}")));
        return this;
    }

    /** What the program asks for there is refused, as ARM refuses. */
    SituationWorld refused(String path) {
        return answered(
                path,
                403,
                "AuthorizationFailed",
                "The client 'e4a1b2c3-d4e5-4f60-8171-92a3b4c5d6e7' with object id '" + Estates.PROGRAM
                        + "' does not have authorization to perform action 'Microsoft.Some/thing/read' over scope '/' or"
                        + " the scope is invalid. If access was recently granted, please refresh your credentials.");
    }

    SituationWorld answered(String path, int status, String code, String message) {
        scene.azure.faults().add(Fault.reply(path, notNow(status, code, message)));
        return this;
    }

    /** What is not to be had now is so for longer than the program waits: the test does not wait for it either. */
    private static Answer notNow(int status, String code, String message) {
        return Answered.error(status, code, message).with("Retry-After", "120");
    }

    /** Who is asked what reaches an identity through groups answers so; what is at the registry is told. */
    SituationWorld answeredGroups(int status) {
        scene.azure
                .faults()
                .add(Fault.reply(
                                "/acrshop/providers/Microsoft.Authorization/roleAssignments$",
                                notNow(status, "AuthorizationFailed", "No."))
                        .sparing(1));
        return this;
    }

    SituationWorld token(String properties) {
        return owner("PATCH", SHOP + "/tokens/" + token(), "{'properties':{" + properties + "}}");
    }

    SituationWorld scopeMap(String properties) {
        return owner("PATCH", SHOP + "/scopeMaps/" + token(), "{'properties':{" + properties + "}}");
    }

    SituationWorld withoutToken() {
        return owner("DELETE", SHOP + "/tokens/" + token(), "");
    }

    private String token() {
        return shown(SHOP + "/tokens").path("value").path(0).path("name").asText();
    }

    /** Somebody wrote another password into it. */
    SituationWorld edited(String secret) {
        ObjectNode body = (ObjectNode) seen(secret);
        String other = "{\"auths\":{\"acrshop.azurecr.io\":{\"username\":\"x\",\"password\":\"y\",\"auth\":\"eDp5\"}}}";
        ((ObjectNode) body.path("data"))
                .put(".dockerconfigjson", Base64.getEncoder().encodeToString(other.getBytes(StandardCharsets.UTF_8)));
        return kubernetes("PUT", secret, body.toString());
    }

    /** Somebody made another of the same name in its place. */
    SituationWorld disowned(String secret) {
        ObjectNode body = (ObjectNode) seen(secret);
        kubernetes("DELETE", secret, "");
        String name = body.at("/metadata/name").asText();
        body.putObject("metadata").put("name", name);
        return kubernetes("POST", secret.substring(0, secret.lastIndexOf('/')), body.toString());
    }

    SituationWorld unreferenced() {
        String account = "/api/v1/namespaces/shop/serviceaccounts/default";
        ObjectNode body = (ObjectNode) seen(account);
        body.remove("imagePullSecrets");
        return kubernetes("PUT", account, body.toString());
    }

    SituationWorld attached(String method) {
        return posted("attach", Map.of("cluster", CLUSTER, "registry", SHOP, "method", method));
    }

    private SituationWorld posted(String route, Map<String, String> body) {
        var answer = program.post("/api/" + route, body);
        if (answer.statusCode() != 200) {
            throw new AssertionError(route + ": " + answer.asString());
        }
        return this;
    }

    /** What the owner of the subscription does. */
    SituationWorld owner(String method, String path, String body) {
        PullScene.Answer answer = scene.arm(method, path, body.replace('\'', '"'));
        if (answer.status() >= 400) {
            throw new AssertionError(method + " " + path + ": " + answer);
        }
        return this;
    }

    /** What ARM shows the owner. */
    JsonNode shown(String path) {
        return scene.arm(path);
    }

    /** What an administrator of the cluster does. */
    SituationWorld kubernetes(String method, String path, String body) {
        PullScene.Answer answer = scene.kubernetes(method, path, body.replace('\'', '"'));
        if (answer.status() >= 400) {
            throw new AssertionError(method + " " + path + ": " + answer);
        }
        return this;
    }

    /** What the administrator of the cluster sees. */
    JsonNode seen(String path) {
        return scene.get(path);
    }

    private SituationWorld plant(String what, ObjectNode body) {
        control.control("POST", what, text(body));
        return this;
    }

    private static ObjectNode json(String text) {
        try {
            return (ObjectNode) JSON.readTree(text.replace('\'', '"'));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The client makes quotation marks of apostrophes. */
    private static String text(JsonNode json) {
        return json.toString().replace("'", "\\u0027");
    }
}
