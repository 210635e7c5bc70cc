package io.github.acrattach.adapter.arm;

import com.azure.core.management.exception.ManagementError;
import com.azure.resourcemanager.authorization.fluent.models.RoleAssignmentInner;
import com.azure.resourcemanager.authorization.models.PrincipalType;
import com.azure.resourcemanager.authorization.models.RoleAssignmentCreateParameters;
import com.azure.resourcemanager.authorization.models.RoleAssignmentListResult;
import com.azure.resourcemanager.containerregistry.fluent.models.RegistryInner;
import com.azure.resourcemanager.containerregistry.models.Action;
import com.azure.resourcemanager.containerregistry.models.AzureADAuthenticationAsArmPolicyStatus;
import com.azure.resourcemanager.containerregistry.models.ConnectionStatus;
import com.azure.resourcemanager.containerregistry.models.DefaultAction;
import com.azure.resourcemanager.containerregistry.models.NetworkRuleBypassOptions;
import com.azure.resourcemanager.containerregistry.models.ProvisioningState;
import com.azure.resourcemanager.containerregistry.models.PublicNetworkAccess;
import com.azure.resourcemanager.containerregistry.models.RegistryListResult;
import com.azure.resourcemanager.containerregistry.models.RoleAssignmentMode;
import com.azure.resourcemanager.containerregistry.models.SkuName;
import com.azure.resourcemanager.containerservice.fluent.models.ManagedClusterInner;
import com.azure.resourcemanager.containerservice.models.Code;
import com.azure.resourcemanager.containerservice.models.ManagedClusterListResult;
import com.azure.resourcemanager.containerservice.models.NodeProvisioningMode;
import com.azure.resourcemanager.containerservice.models.OutboundType;
import com.azure.resourcemanager.resources.models.SubscriptionListResult;
import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * What the SDK finds by reflection: how to read and write the outermost bodies, and the constructors of its open enums.
 * Without the latter the SDK takes every value of them for null, and says nothing.
 */
@RegisterForReflection(
        targets = {
            Action.class,
            AzureADAuthenticationAsArmPolicyStatus.class,
            Code.class,
            ConnectionStatus.class,
            DefaultAction.class,
            ManagedClusterInner.class,
            ManagedClusterListResult.class,
            ManagementError.class,
            NetworkRuleBypassOptions.class,
            OutboundType.class,
            NodeProvisioningMode.class,
            PrincipalType.class,
            ProvisioningState.class,
            PublicNetworkAccess.class,
            RegistryInner.class,
            RegistryListResult.class,
            RoleAssignmentCreateParameters.class,
            RoleAssignmentInner.class,
            RoleAssignmentListResult.class,
            RoleAssignmentMode.class,
            SkuName.class,
            SubscriptionListResult.class
        })
final class WireTypes {

    private WireTypes() {}
}
