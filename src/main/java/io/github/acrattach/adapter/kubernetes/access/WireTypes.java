package io.github.acrattach.adapter.kubernetes.access;

import com.azure.resourcemanager.containerservice.fluent.models.CredentialResultsInner;
import com.azure.resourcemanager.containerservice.fluent.models.RunCommandResultInner;
import com.azure.resourcemanager.containerservice.models.ManagedClustersGetCommandResultHeaders;
import com.azure.resourcemanager.containerservice.models.ManagedClustersGetCommandResultResponse;
import com.azure.resourcemanager.containerservice.models.RunCommandRequest;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.quarkus.runtime.annotations.RegisterResources;

/**
 * What the SDK finds by reflection: how to read and write the outermost bodies, and the constructors of what it wraps
 * them in; and the scripts for the command pod.
 */
@RegisterForReflection(
        targets = {
            CredentialResultsInner.class,
            ManagedClustersGetCommandResultHeaders.class,
            ManagedClustersGetCommandResultResponse.class,
            RunCommandRequest.class,
            RunCommandResultInner.class
        })
@RegisterResources(globs = "kubernetes/*")
final class WireTypes {

    private WireTypes() {}
}
