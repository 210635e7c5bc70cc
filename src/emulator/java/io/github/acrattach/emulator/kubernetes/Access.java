package io.github.acrattach.emulator.kubernetes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.acrattach.emulator.arm.authorization.Rights;
import io.github.acrattach.emulator.http.Json;

/** Who may do what in a cluster: Azure's roles when the cluster asks Azure, else its admin groups alone. */
record Access(Rights rights) {
    /** learn.microsoft.com/azure/aks/manage-azure-rbac. */
    private static final String PROVIDER = "Microsoft.ContainerService/managedClusters/";

    void check(User user, AksCluster cluster, Target target) {
        if (user.master() || allows(user, cluster, target)) {
            return;
        }
        ObjectNode details = Json.object();
        target.name().ifPresent(name -> details.put("name", name));
        details.put("kind", target.resource());
        throw Refusal.denied(
                target.resource()
                        + target.name().map(name -> " \"" + name + "\"").orElse("") + " is forbidden: User \""
                        + user.name() + "\" cannot " + target.verb() + " resource \"" + target.resource()
                        + "\" in API group \"\" "
                        + target.namespace()
                                .map(name -> "in the namespace \"" + name + "\"")
                                .orElse("at the cluster scope")
                        + (cluster.asksAzure()
                                ? ": User does not have access to the resource in Azure. Update role assignment to allow"
                                        + " access."
                                : ""),
                details);
    }

    private boolean allows(User user, AksCluster cluster, Target target) {
        if (!cluster.asksAzure()) {
            return cluster.adminGroups().contains(user.name());
        }
        String action =
                switch (target.verb()) {
                    case "get", "list", "watch" -> "read";
                    case "delete", "deletecollection" -> "delete";
                    default -> "write";
                };
        String scope = cluster.id()
                + target.namespace().map(name -> "/namespaces/" + name).orElse("");
        return rights.allowData(user.name(), PROVIDER + target.resource() + "/" + action, scope);
    }
}
