package io.github.acrattach.adapter.kubernetes.access;

import io.github.acrattach.domain.CredentialKey;
import io.github.acrattach.domain.PullSecretOwner;
import java.util.List;

/**
 * The least that this program needs in a cluster whose rights are Kubernetes' own, as docs/kubernetes-role.yaml says it.
 *
 * @param owner of the pull secrets: Kubernetes can bind all but their creation to their names
 */
public record KubernetesRights(Way way, PullSecretOwner owner) {

    private static final String APPLY = " --dry-run=client -o yaml | kubectl apply -f -";

    /** The ways into a cluster; in the command pod there is kubectl, which lists, and reads what it patches. */
    public enum Way {
        API_SERVER("acr-attach", "get,patch,delete", "list,patch"),
        RUN_COMMAND("acr-attach-run-command", "list,get,patch,delete", "list,get,patch");

        private final String role;
        private final String onSecret;
        private final String onAccounts;

        Way(String role, String onSecret, String onAccounts) {
            this.role = role;
            this.onSecret = onSecret;
            this.onAccounts = onAccounts;
        }
    }

    /**
     * Gives them to a user, by Kubernetes' own means: one command makes one rule, so each is a role of its own. Roles that
     * are there already, from an earlier version that updated where this one patches, are changed.
     */
    String allow(String user) {
        String one = "of-" + owner.secretName().substring(CredentialKey.PREFIX.length());
        return role("namespaces", "list", "namespaces")
                + role("secrets", "create", "secrets")
                + role(
                        one,
                        way.onSecret,
                        "secrets --resource-name=" + String.join(" --resource-name=", owner.secretNames()))
                + role("accounts", way.onAccounts, "serviceaccounts")
                + "for what in " + String.join(" ", List.of("namespaces", "secrets", one, "accounts"))
                // Applied, a binding would lose its other users.
                + "; do kubectl create clusterrolebinding " + way.role + "-$what --clusterrole=" + way.role
                + "-$what --user=" + user + " || kubectl set subject clusterrolebinding " + way.role + "-$what --user="
                + user + "; done";
    }

    private String role(String what, String verbs, String resource) {
        return "kubectl create clusterrole " + way.role + '-' + what + " --verb=" + verbs + " --resource=" + resource
                + APPLY + "; ";
    }
}
