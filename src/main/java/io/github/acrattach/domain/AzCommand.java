package io.github.acrattach.domain;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** The {@code az} commands that mend what went wrong, ready to be copied. */
public final class AzCommand {

    /** Role Based Access Control Administrator: may assign roles, and read everything; the least that can grant. */
    private static final String GRANTING_ROLE = "Role Based Access Control Administrator";

    private static final String UNKNOWN_CALLER = "<object id of this program's identity>";

    /** The built-in roles that allow an action and are made for it, by the action in lower case. */
    private static final Map<String, String> ROLES = Map.of(
            "microsoft.containerservice/managedclusters/listclusterusercredential/action",
            "Azure Kubernetes Service Cluster User Role",
            "microsoft.containerservice/managedclusters/listclusteradmincredential/action",
            "Azure Kubernetes Service Cluster Admin Role",
            "microsoft.containerservice/managedclusters/runcommand/action",
            "Azure Kubernetes Service Contributor Role",
            "microsoft.containerservice/managedclusters/commandresults/read",
            "Azure Kubernetes Service Contributor Role",
            "microsoft.storage/storageaccounts/queueservices/queues/read",
            "Storage Queue Data Reader",
            "microsoft.storage/storageaccounts/blobservices/containers/blobs/read",
            "Storage Blob Data Reader");

    /** May make tokens, scope maps and passwords; no other built-in role may, but those that may do everything. */
    private static final String TOKEN_ROLE =
            "Container Registry Contributor and Data Access Configuration Administrator";

    private static final Pattern TOKEN_ACTION =
            Pattern.compile("microsoft\\.containerregistry/registries/(?:tokens|scopemaps|generatecredentials)/");

    /** The client id of Microsoft Graph, the same in every tenant. */
    private static final String GRAPH = "00000003-0000-0000-c000-000000000000";

    /** With the caller, the id of the permission, that of Microsoft Graph, and the permission's name. */
    private static final String APP_ROLE_ASSIGNMENT = """
            az rest --method POST \
            --url "https://graph.microsoft.com/v1.0/servicePrincipals/%1$s/appRoleAssignments" \
            --body "{\\"principalId\\":\\"%1$s\\",\\"appRoleId\\":\\"%2$s\\",\
            \\"resourceId\\":\\"$(az ad sp show --id %3$s --query id --output tsv)\\"}\"   (%4$s)""";

    private static final String DELETED_ITEMS = "https://graph.microsoft.com/v1.0/directory/deletedItems/";

    private AzCommand() {}

    /** Does by hand what this program would do. */
    public static String grantPull(PullGrant grant) {
        return "az role assignment create --assignee-object-id \"" + grant.principal()
                + "\" --assignee-principal-type ServicePrincipal"
                + roleAt(grant.role().azureName(), grant.registry().toString());
    }

    /** The same for a service principal of which the object id is not known: az looks it up. */
    public static String grantPull(UUID clientId, PullRole role, ArmId registry) {
        return "az role assignment create --assignee \"" + clientId + '"'
                + roleAt(role.azureName(), registry.toString());
    }

    /** Gives the caller the right to an action at a scope, by the nearest built-in role where there is one to name. */
    public static String allow(String action, String scope, Optional<String> caller) {
        String role = roleFor(action);
        String command = assign(caller, role, scope);
        return isGrantingRole(role)
                ? command + " --condition-version 2.0 --condition \"" + pullRolesOnly() + '"'
                : command;
    }

    /** Shows the conditions of the caller's role assignments, and says what they have to allow. */
    public static String conditions(String action, String scope, Optional<String> caller) {
        return "az role assignment list --assignee \"" + caller.orElse(UNKNOWN_CALLER) + "\" --scope \"" + scope
                + "\" --include-inherited --query \"[?condition].{role: roleDefinitionName, scope: scope, condition:"
                + " condition}\"   (shows it: it has to allow "
                + (isGrantingRole(roleFor(action))
                        ? "both pull roles for principals of the type ServicePrincipal, as the one in"
                                + " docs/permissions.md does: " + pullRolesOnly() + ')'
                        : action + " there)");
    }

    /** Shows what is forbidden at a scope, for which there is no command of its own. */
    public static String denyAssignments(String scope) {
        return "az rest --method GET --url \"" + scope
                + "/providers/Microsoft.Authorization/denyAssignments?api-version=2022-04-01\"   (shows it: what made it, a"
                + " deployment stack or a managed application, is where it is changed)";
    }

    /** Tells whether somebody is in a group itself. */
    public static String isMember(UUID group, UUID principal) {
        return "az ad group member check --group \"" + group + "\" --member-id \"" + principal + "\"";
    }

    /** Shows a role assignment, its condition too. */
    public static String show(String assignmentId) {
        return "az rest --method GET --url \"" + assignmentId + "?api-version=2022-04-01\"";
    }

    /** Takes a role assignment back. */
    public static String removeAssignment(String id) {
        return "az role assignment delete --ids \"" + id + '"';
    }

    /** Whether it is the role by which the commands let this program assign roles. */
    public static boolean isGrantingRole(String role) {
        return role.equals(GRANTING_ROLE);
    }

    /**
     * Gives an assignment of that role the condition that bounds it, where it stands: a creation by its name is an update to
     * Azure (learn.microsoft.com/rest/api/authorization/role-assignments/create). Without the name, az reports the one that
     * is there as created, and leaves it as it is.
     */
    public static String boundAssignment(String id, String scope, Optional<String> caller) {
        return allow("Microsoft.Authorization/roleAssignments/write", scope, caller) + " --name \""
                + id.substring(id.lastIndexOf('/') + 1) + '"';
    }

    /** Takes the caller out of a group of the directory. */
    public static String leaveGroup(UUID group, String caller) {
        return "az ad group member remove --group \"" + group + "\" --member-id \"" + caller + '"';
    }

    private static String roleFor(String action) {
        String what = action.toLowerCase(Locale.ROOT);
        if (ROLES.containsKey(what)) {
            return ROLES.get(what);
        }
        if (TOKEN_ACTION.matcher(what).lookingAt()) {
            return TOKEN_ROLE;
        }
        if (what.endsWith("/read")) {
            return "Reader";
        }
        return what.startsWith("microsoft.authorization/roleassignments/")
                ? GRANTING_ROLE
                : "<a role that allows " + action + ">";
    }

    /** Gives the caller an application permission of Microsoft Graph, for which there is no command of its own. */
    public static String allowInDirectory(String permission, UUID appRole, Optional<String> caller) {
        return APP_ROLE_ASSIGNMENT.formatted(caller.orElse(UNKNOWN_CALLER), appRole, GRAPH, permission);
    }

    /** Ends a directory object that was deleted, and with it what it holds: its name, and its place in the quota. */
    public static String deleteForGood(UUID objectId) {
        return "az rest --method DELETE --url \"" + DELETED_ITEMS + objectId + '"';
    }

    /** Lists the applications that were deleted, and not for good. */
    public static String deletedApplications() {
        return "az rest --url \"" + DELETED_ITEMS
                + "microsoft.graph.application\" --query \"value[].[id, displayName, deletedDateTime]\"";
    }

    /** Lets the caller read and write in a cluster that asks Azure RBAC. */
    public static String allowInCluster(ArmId cluster, Optional<String> caller) {
        return assign(caller, "Azure Kubernetes Service RBAC Writer", cluster.toString());
    }

    /**
     * Has Azure do its last operation on a cluster again, without a change of it
     * (learn.microsoft.com/troubleshoot/azure/azure-kubernetes/availability-performance/cluster-node-virtual-machine-failed-state).
     */
    public static String reconcile(ArmId cluster) {
        return "az aks update" + which(cluster);
    }

    /** Starts a cluster that is stopped. */
    public static String start(ArmId cluster) {
        return "az aks start" + which(cluster);
    }

    /** Gives a cluster nodes again, in a pool that somebody stopped. */
    public static String startPool(ArmId cluster, String pool) {
        return "az aks nodepool start" + whichPool(cluster) + " --nodepool-name \"" + pool + '"';
    }

    /** Gives a cluster a node again, in a pool that has none. */
    public static String scalePool(ArmId cluster, String pool) {
        return "az aks nodepool scale" + whichPool(cluster) + " --name \"" + pool + "\" --node-count 1";
    }

    private static String whichPool(ArmId cluster) {
        return " --subscription \"" + cluster.subscription() + "\" --resource-group \"" + cluster.resourceGroup()
                + "\" --cluster-name \"" + cluster.name() + '"';
    }

    /** Makes another password for the application of a cluster's service principal, and has the cluster use it. */
    public static String renewSecret(ArmId cluster, UUID clientId) {
        return resetServicePrincipal(
                cluster,
                clientId.toString(),
                "$(az ad app credential reset --id \"" + clientId + "\" --append --query password --output tsv)");
    }

    /** Has a cluster use that service principal. */
    public static String resetServicePrincipal(ArmId cluster, String clientId, String secret) {
        return "az aks update-credentials" + which(cluster) + " --reset-service-principal --service-principal \""
                + clientId + "\" --client-secret \"" + secret + '"';
    }

    /** Lists the passwords of an application, without their values. */
    public static String passwords(UUID clientId) {
        return "az ad app credential list --id \"" + clientId + '"';
    }

    /** Lets a service principal sign in again. */
    public static String enable(UUID servicePrincipal) {
        return "az ad sp update --id \"" + servicePrincipal + "\" --set accountEnabled=true";
    }

    /** Has the directory know an application by a service principal of its own: in its tenant, or another one. */
    public static String makeServicePrincipal(UUID clientId) {
        return "az ad sp create --id \"" + clientId + '"';
    }

    /** Finds resources of the same type and name in the same subscription. */
    public static String find(ArmId resource) {
        return "az resource list --subscription \"" + resource.subscription() + "\" --resource-type \""
                + resource.type() + "\" --name \"" + resource.name() + "\" --query \"[].id\"";
    }

    /** Shows what Azure is doing with a cluster. */
    public static String showCluster(ArmId cluster) {
        return "az aks show" + which(cluster)
                + " --query \"{provisioningState: provisioningState, power: powerState.code}\"";
    }

    /** Shows what Azure is doing with a registry. */
    public static String showRegistry(ArmId registry) {
        return "az acr show" + which(registry)
                + " --query \"{provisioningState: provisioningState, loginServer: loginServer}\"";
    }

    /** Which resource is meant, for the many commands that take no id. */
    public static String which(ArmId resource) {
        return " --subscription \"" + resource.subscription() + "\" --resource-group \"" + resource.resourceGroup()
                + "\" --name \"" + resource.name() + '"';
    }

    /** Keeps a cluster or registry out of every rule, and its other tags as they are. */
    public static String keepOut(ArmId resource) {
        return "az tag update --resource-id \"" + resource + "\" --operation Merge --tags " + Exclusion.TAG + "="
                + Exclusion.OFF;
    }

    private static String assign(Optional<String> caller, String role, String scope) {
        return "az role assignment create --assignee-object-id \"" + caller.orElse(UNKNOWN_CALLER)
                + "\" --assignee-principal-type ServicePrincipal" + roleAt(role, scope);
    }

    private static String roleAt(String role, String scope) {
        return " --role \"" + role + "\" --scope \"" + scope + '"';
    }

    /** Lets the caller assign the two pull roles to service principals, remove them again, and nothing else. */
    private static String pullRolesOnly() {
        return ("((!(ActionMatches{'Microsoft.Authorization/roleAssignments/write'})) OR"
                        + " (@Request[Microsoft.Authorization/roleAssignments:RoleDefinitionId]"
                        + " ForAnyOfAnyValues:GuidEquals {%1$s, %2$s}"
                        + " AND @Request[Microsoft.Authorization/roleAssignments:PrincipalType]"
                        + " ForAnyOfAnyValues:StringEqualsIgnoreCase {'ServicePrincipal'}))"
                        + " AND ((!(ActionMatches{'Microsoft.Authorization/roleAssignments/delete'})) OR"
                        + " (@Resource[Microsoft.Authorization/roleAssignments:RoleDefinitionId]"
                        + " ForAnyOfAnyValues:GuidEquals {%1$s, %2$s}"
                        + " AND @Resource[Microsoft.Authorization/roleAssignments:PrincipalType]"
                        + " ForAnyOfAnyValues:StringEqualsIgnoreCase {'ServicePrincipal'}))")
                .formatted(PullRole.ACR_PULL.definition(), PullRole.REPOSITORY_READER.definition());
    }
}
