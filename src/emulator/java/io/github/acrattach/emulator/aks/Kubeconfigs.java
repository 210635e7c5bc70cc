package io.github.acrattach.emulator.aks;

import io.github.acrattach.emulator.kubernetes.AksCluster;
import io.github.acrattach.emulator.kubernetes.ApiServer;
import io.github.acrattach.emulator.kubernetes.Doors;
import java.util.Optional;

/** Writes kubeconfigs for a cluster: for its users, for its local accounts, and for a pod inside it. */
public record Kubeconfigs(String tenant, String emulatorCa, Doors doors) {

    String user(AksCluster cluster) {
        return outside(
                cluster, "clusterUser", cluster.isEntra() ? new Kubeconfig.Login.Entra(tenant) : localAccount(cluster));
    }

    String admin(AksCluster cluster) {
        return outside(cluster, "clusterAdmin", localAccount(cluster));
    }

    /** With the token that came with the command, or else with all rights. */
    String inside(AksCluster cluster, Optional<String> token) {
        Kubeconfig.Login login = token.<Kubeconfig.Login>map(Kubeconfig.Login.Token::new)
                .orElseGet(() -> doors.server(cluster)
                        .map(Kubeconfigs::certificate)
                        .orElseGet(() -> new Kubeconfig.Login.Token(doors.insider(cluster))));
        return new Kubeconfig(cluster.name(), doors.insideAddress(cluster), ca(cluster), "command", login).yaml();
    }

    private String outside(AksCluster cluster, String role, Kubeconfig.Login login) {
        return new Kubeconfig(
                        cluster.name(),
                        doors.address(cluster),
                        ca(cluster),
                        role + "_" + cluster.group() + "_" + cluster.name(),
                        login)
                .yaml();
    }

    private Kubeconfig.Login localAccount(AksCluster cluster) {
        return doors.server(cluster)
                .map(Kubeconfigs::certificate)
                .orElseGet(() -> new Kubeconfig.Login.Token(doors.localAccount(cluster)));
    }

    private String ca(AksCluster cluster) {
        return doors.server(cluster).map(ApiServer::ca).orElse(emulatorCa);
    }

    private static Kubeconfig.Login certificate(ApiServer server) {
        return new Kubeconfig.Login.Certificate(server.adminCertificate(), server.adminKey());
    }
}
