/** Clusters, registries and role assignments in Azure Resource Manager, through the Azure SDK. */
package io.github.acrattach.adapter.arm;
