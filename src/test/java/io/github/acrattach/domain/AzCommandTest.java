package io.github.acrattach.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class AzCommandTest {

    private static final String CALLER = "b7e2c9d4-1a3f-4c5e-8b6d-0f1e2d3c4b5a";

    @Test
    void grantByHandIsTheGrantOfTheProgram() {
        assertThat(AzCommand.grantPull(Samples.GRANT))
                .isEqualTo("az role assignment create --assignee-object-id \"" + Samples.KUBELET
                        + "\" --assignee-principal-type ServicePrincipal --role \"AcrPull\" --scope \""
                        + Samples.REGISTRY
                        + "\"");
    }

    @Test
    void rightToGrantIsLimitedToThePullRoles() {
        String command = AzCommand.allow(
                "Microsoft.Authorization/roleAssignments/write", Samples.REGISTRY.toString(), Optional.of(CALLER));
        assertThat(command)
                .startsWith("az role assignment create --assignee-object-id \"" + CALLER
                        + "\" --assignee-principal-type ServicePrincipal")
                .contains("--role \"Role Based Access Control Administrator\"")
                .contains("--scope \"" + Samples.REGISTRY + "\"")
                .contains("--condition")
                .contains(
                        PullRole.ACR_PULL.definition().toString(),
                        PullRole.REPOSITORY_READER.definition().toString());
    }

    @Test
    void rightInTheClusterIsGivenToAServicePrincipal() {
        assertThat(AzCommand.allowInCluster(Samples.CLUSTER, Optional.of(CALLER)))
                .isEqualTo("az role assignment create --assignee-object-id \"" + CALLER
                        + "\" --assignee-principal-type ServicePrincipal"
                        + " --role \"Azure Kubernetes Service RBAC Writer\" --scope \"" + Samples.CLUSTER + "\"");
    }

    @Test
    void resourceIsNamedByItsPartsWhereNoIdIsTaken() {
        assertThat(AzCommand.which(Samples.CLUSTER))
                .isEqualTo(" --subscription \"" + Samples.SUBSCRIPTION
                        + "\" --resource-group \"platform\" --name \"aks-shop\"");
    }

    @Test
    void rightThatNoKnownRoleGivesIsNamed() {
        assertThat(AzCommand.allow(
                        "Microsoft.ManagedIdentity/userAssignedIdentities/assign/action",
                        Samples.CLUSTER.toString(),
                        Optional.of(CALLER)))
                .contains("a role that allows Microsoft.ManagedIdentity/userAssignedIdentities/assign/action");
    }

    @Test
    void rightToReadIsTheReaderRole() {
        assertThat(AzCommand.allow(
                        "Microsoft.ContainerService/managedClusters/read",
                        Samples.CLUSTER.toString(),
                        Optional.empty()))
                .contains("--role \"Reader\"", "object id of this program's identity");
    }

    @Test
    void rightToMakeTokensIsTheRoleForThem() {
        for (String action : List.of("tokens/write", "tokens/read", "scopeMaps/delete", "generateCredentials/action")) {
            assertThat(AzCommand.allow(
                            "Microsoft.ContainerRegistry/registries/" + action,
                            Samples.REGISTRY.toString(),
                            Optional.of(CALLER)))
                    .contains(
                            "--role \"Container Registry Contributor and Data Access Configuration Administrator\"",
                            "--scope \"" + Samples.REGISTRY + "\"");
        }
    }

    @Test
    void permissionInTheDirectoryIsGivenToTheCaller() {
        assertThat(AzCommand.allowInDirectory(
                        "Application.ReadWrite.OwnedBy",
                        UUID.fromString("18a4783c-866b-4cc7-a460-3d5e5662c884"),
                        Optional.of(CALLER)))
                .startsWith("az rest --method POST")
                .contains(
                        "/servicePrincipals/" + CALLER + "/appRoleAssignments",
                        "\\\"appRoleId\\\":\\\"18a4783c-866b-4cc7-a460-3d5e5662c884\\\"",
                        "Application.ReadWrite.OwnedBy");
    }
}
