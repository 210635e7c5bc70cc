package io.github.acrattach.adapter.acr;

import com.azure.core.management.polling.PollResult;
import com.azure.resourcemanager.containerregistry.fluent.models.GenerateCredentialsResultInner;
import com.azure.resourcemanager.containerregistry.fluent.models.ScopeMapInner;
import com.azure.resourcemanager.containerregistry.fluent.models.TokenInner;
import com.azure.resourcemanager.containerregistry.models.GenerateCredentialsParameters;
import com.azure.resourcemanager.containerregistry.models.ProvisioningState;
import com.azure.resourcemanager.containerregistry.models.ScopeMapListResult;
import com.azure.resourcemanager.containerregistry.models.ScopeMapUpdateParameters;
import com.azure.resourcemanager.containerregistry.models.TokenCertificateName;
import com.azure.resourcemanager.containerregistry.models.TokenPasswordName;
import com.azure.resourcemanager.containerregistry.models.TokenStatus;
import com.azure.resourcemanager.containerregistry.models.TokenUpdateParameters;
import io.quarkus.runtime.annotations.RegisterForReflection;

/** What the SDK finds by reflection: how to read and write the outermost bodies, and the constructors of its open enums. */
@RegisterForReflection(
        targets = {
            GenerateCredentialsParameters.class,
            GenerateCredentialsResultInner.class,
            PollResult.class,
            ProvisioningState.class,
            ScopeMapInner.class,
            ScopeMapListResult.class,
            ScopeMapUpdateParameters.class,
            TokenCertificateName.class,
            TokenInner.class,
            TokenPasswordName.class,
            TokenStatus.class,
            TokenUpdateParameters.class
        })
final class WireTypes {

    private WireTypes() {}
}
