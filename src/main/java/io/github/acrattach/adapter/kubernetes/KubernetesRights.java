package io.github.acrattach.adapter.kubernetes;

/**
 * The least that this program needs in a cluster: list namespaces; get, create, update and delete secrets (of one fixed
 * name for each registry, which Kubernetes cannot say for create); get, list and update service accounts, where list is
 * for removing references alone. Through the command pod of a cluster with Entra ID, it also lists secrets of that name
 * and patches service accounts.
 */
final class KubernetesRights {

    private KubernetesRights() {}

    /** Gives them to a user, by Kubernetes' own means. */
    static String allow(String user) {
        return "kubectl create clusterrole acr-attach-namespaces --verb=list --resource=namespaces;"
                + " kubectl create clusterrole acr-attach-secrets --verb=get,create,update,delete --resource=secrets;"
                + " kubectl create clusterrole acr-attach-accounts --verb=get,list,update --resource=serviceaccounts;"
                + " for what in namespaces secrets accounts; do kubectl create clusterrolebinding acr-attach-$what"
                + " --clusterrole=acr-attach-$what --user=" + user + "; done";
    }
}
