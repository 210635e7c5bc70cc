package io.github.acrattach.adapter.kubernetes;

import io.github.acrattach.domain.ArmId;
import io.github.acrattach.domain.PullSecret;
import java.util.List;
import java.util.Locale;

/**
 * The least that this program needs in a cluster whose rights are Kubernetes' own, as docs/kubernetes-role.yaml says it.
 *
 * @param registry of which the pull secrets are: Kubernetes can bind all but their creation to their name
 */
record KubernetesRights(Way way, ArmId registry) {

    /** The ways into a cluster; in the command pod there is kubectl, which lists and patches. */
    enum Way {
        API_SERVER("acr-attach", "get,update,delete", "list,get,update"),
        COMMAND_POD("acr-attach-run-command", "list,get,update,delete", "list,get,patch");

        private final String role;
        private final String onSecret;
        private final String onAccounts;

        Way(String role, String onSecret, String onAccounts) {
            this.role = role;
            this.onSecret = onSecret;
            this.onAccounts = onAccounts;
        }
    }

    /** Gives them to a user, by Kubernetes' own means: one command makes one rule, so each is a role of its own. */
    String allow(String user) {
        String one = "of-" + registry.name().toLowerCase(Locale.ROOT);
        return role("namespaces", "list", "namespaces")
                + role("secrets", "create", "secrets")
                + role(one, way.onSecret, "secrets --resource-name=" + PullSecret.nameFor(registry))
                + role("accounts", way.onAccounts, "serviceaccounts")
                + "for what in " + String.join(" ", List.of("namespaces", "secrets", one, "accounts"))
                + "; do kubectl create clusterrolebinding " + way.role + "-$what --clusterrole=" + way.role
                + "-$what --user=" + user + "; done";
    }

    private String role(String what, String verbs, String resource) {
        return "kubectl create clusterrole " + way.role + '-' + what + " --verb=" + verbs + " --resource=" + resource
                + "; ";
    }
}
