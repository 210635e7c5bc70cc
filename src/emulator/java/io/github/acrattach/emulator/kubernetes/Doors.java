package io.github.acrattach.emulator.kubernetes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Where the API servers are reached, from outside and from inside their network, and by which local accounts. */
public final class Doors {
    private final URI emulator;
    private final InsidePorts inside;
    private final String pass = secret();
    private final Map<String, ApiServer> servers = new ConcurrentHashMap<>();
    private final Map<String, String> accounts = new ConcurrentHashMap<>();
    private final Map<String, String> insiders = new ConcurrentHashMap<>();

    public Doors(URI emulator, InsidePorts inside) {
        this.emulator = emulator;
        this.inside = inside;
    }

    /** From now on a real API server stands for the cluster, whatever its state. */
    public void use(String clusterId, ApiServer server) {
        servers.put(key(clusterId), server);
    }

    public Optional<ApiServer> server(AksCluster cluster) {
        return Optional.ofNullable(servers.get(key(cluster.id())));
    }

    /** What a kubeconfig names as the server. */
    public URI address(AksCluster cluster) {
        if (cluster.isPrivate()) {
            return URI.create("https://" + cluster.privateHost() + ":443");
        }
        return server(cluster).map(ApiServer::server).orElseGet(() -> URI.create(emulator + path(cluster)));
    }

    /** The resource as ARM shows it: with the address that kubeconfigs name, and a port where it is not https' own. */
    public ObjectNode addressed(ObjectNode body) {
        AksCluster cluster = new AksCluster(body);
        ObjectNode shown = body.deepCopy();
        ObjectNode properties = shown.withObject("/properties");
        if (cluster.hasNoAddressYet()) {
            return shown;
        }
        if (cluster.isPrivate()) {
            properties.put("privateFQDN", cluster.privateHost());
        } else {
            properties.put("fqdn", address(cluster).getAuthority());
        }
        return shown;
    }

    /** Where a pod of the cluster finds it. */
    public URI insideAddress(AksCluster cluster) {
        return server(cluster).map(ApiServer::server).orElseGet(() -> inside.to("/_inside/" + pass + path(cluster)));
    }

    /** The token in the kubeconfig of the local accounts. */
    public String localAccount(AksCluster cluster) {
        return accounts.computeIfAbsent(key(cluster.id()), id -> secret());
    }

    /** The token of Run Command's pod, good even where local accounts are not. */
    public String insider(AksCluster cluster) {
        return insiders.computeIfAbsent(key(cluster.id()), id -> secret());
    }

    boolean isPass(String other) {
        return other != null && same(pass, other);
    }

    boolean isLocalAccount(AksCluster cluster, String authorization) {
        return cluster.hasLocalAccounts() && same("Bearer " + localAccount(cluster), authorization)
                || same("Bearer " + insider(cluster), authorization);
    }

    private static String path(AksCluster cluster) {
        return "/_clusters/" + cluster.key();
    }

    private static boolean same(String secret, String other) {
        return MessageDigest.isEqual(secret.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }

    private static String key(String id) {
        return id.toLowerCase(Locale.ROOT);
    }

    private static String secret() {
        byte[] bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
