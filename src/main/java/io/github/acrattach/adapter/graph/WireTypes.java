package io.github.acrattach.adapter.graph;

import com.azure.resourcemanager.authorization.fluent.models.CollectionOfServicePrincipal;
import com.azure.resourcemanager.authorization.fluent.models.MicrosoftGraphServicePrincipalInner;
import com.azure.resourcemanager.authorization.fluent.models.OdataErrorMain;
import com.azure.resourcemanager.authorization.fluent.models.ServicePrincipalsServicePrincipalSelect;
import io.quarkus.runtime.annotations.RegisterForReflection;

/** What the SDK finds by reflection: how to read the outermost bodies, and the constructors of its open enums. */
@RegisterForReflection(
        targets = {
            CollectionOfServicePrincipal.class,
            MicrosoftGraphServicePrincipalInner.class,
            OdataErrorMain.class,
            ServicePrincipalsServicePrincipalSelect.class
        })
final class WireTypes {

    private WireTypes() {}
}
