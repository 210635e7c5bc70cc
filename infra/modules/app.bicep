metadata description = 'The function app on Flex Consumption, and its settings.'

import { packageContainer } from '../contract.bicep'
import { extraRights as extraRightsType, instanceMemory, rule, tags as tagsType, worker as workerType } from '../types.bicep'

@description('The name of the app.')
param name string

@description('The name of its plan.')
param planName string

@description('The region.')
param location string

@description('Tags of the resources.')
param tags tagsType

@description('The name of the identity of the app.')
param identityName string

@description('The name of the storage account.')
param storageAccountName string

@description('The name of the Application Insights component.')
param telemetryName string

@description('What runs the functions.')
param worker workerType

@description('The memory of an instance.')
param instanceMemoryMB instanceMemory

@description('How many instances there are at most. Flex Consumption counts them for each group of functions.')
@minValue(40)
@maxValue(1000)
param maximumInstances int

@description('The resource id of the subnet of the app; empty: none.')
param subnetId string

@description('The pairing rules.')
param rules rule[]

@description('What the pull secrets may do beyond the rights of the method.')
param extraRights extraRightsType

@description('The clusters with Entra ID that are reached by Run Command all the same.')
param runCommandEntraClusters string[]

@description('The settings of the rules, as docs/configuration.md has them: what is left out has no setting.')
var ruleSettings = flatten(map(rules, rule => [
  { name: '${rule.name}_CLUSTERS_SUBSCRIPTIONS', value: join(rule.clusters.?subscriptions ?? [], ',') }
  { name: '${rule.name}_CLUSTERS_RESOURCE_GROUPS', value: join(rule.clusters.?resourceGroups ?? [], ',') }
  { name: '${rule.name}_CLUSTERS_NAMES', value: join(rule.clusters.?names ?? [], ',') }
  { name: '${rule.name}_CLUSTERS_TAGS', value: join(rule.clusters.?tags ?? [], ',') }
  { name: '${rule.name}_CLUSTERS_EXCLUDED_NAMES', value: join(rule.clusters.?excludedNames ?? [], ',') }
  { name: '${rule.name}_CLUSTERS_EXCLUDED_TAGS', value: join(rule.clusters.?excludedTags ?? [], ',') }
  { name: '${rule.name}_REGISTRIES_SUBSCRIPTIONS', value: join(rule.registries.?subscriptions ?? [], ',') }
  { name: '${rule.name}_REGISTRIES_RESOURCE_GROUPS', value: join(rule.registries.?resourceGroups ?? [], ',') }
  { name: '${rule.name}_REGISTRIES_NAMES', value: join(rule.registries.?names ?? [], ',') }
  { name: '${rule.name}_REGISTRIES_TAGS', value: join(rule.registries.?tags ?? [], ',') }
  { name: '${rule.name}_REGISTRIES_EXCLUDED_NAMES', value: join(rule.registries.?excludedNames ?? [], ',') }
  { name: '${rule.name}_REGISTRIES_EXCLUDED_TAGS', value: join(rule.registries.?excludedTags ?? [], ',') }
  { name: '${rule.name}_JOIN_ON_TAGS', value: join(rule.?joinOnTags ?? [], ',') }
  { name: '${rule.name}_EXCLUDED_PAIRS', value: join(rule.?excludedPairs ?? [], ',') }
  { name: '${rule.name}_METHOD', value: rule.?method ?? '' }
  { name: '${rule.name}_SECRET_CREDENTIAL', value: rule.?secret.?credential ?? '' }
  { name: '${rule.name}_SECRET_REPOSITORIES', value: join(rule.?secret.?repositories ?? [], ',') }
  { name: '${rule.name}_SECRET_NAMESPACES', value: join(rule.?secret.?namespaces ?? [], ',') }
  { name: '${rule.name}_SECRET_EXCLUDED_NAMESPACES', value: join(rule.?secret.?excludedNamespaces ?? [], ',') }
  { name: '${rule.name}_SECRET_NAMESPACE_LABELS', value: join(rule.?secret.?namespaceLabels ?? [], ',') }
  { name: '${rule.name}_SECRET_SERVICE_ACCOUNTS', value: join(rule.?secret.?serviceAccounts ?? [], ',') }
  {
    name: '${rule.name}_SECRET_LIFETIME'
    value: rule.?secret.?lifetimeDays == null ? '' : '${rule.?secret.?lifetimeDays}D'
  }
  {
    name: '${rule.name}_SECRET_RENEW_AFTER'
    value: rule.?secret.?renewAfterPercent == null ? '' : '0.${padLeft(rule.?secret.?renewAfterPercent ?? 0, 2, '0')}'
  }
]))

@description('The cloud, as the program calls it.')
var clouds = {
  AzureCloud: 'public'
  AzureChinaCloud: 'china'
  AzureUSGovernment: 'us-government'
}

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' existing = {
  name: identityName
}

resource account 'Microsoft.Storage/storageAccounts@2025-08-01' existing = {
  name: storageAccountName
}

resource telemetry 'Microsoft.Insights/components@2020-02-02' existing = {
  name: telemetryName
}

resource plan 'Microsoft.Web/serverfarms@2025-03-01' = {
  name: planName
  location: location
  tags: tags
  kind: 'functionapp'
  sku: { name: 'FC1', tier: 'FlexConsumption' }
  properties: { reserved: true }
}

resource app 'Microsoft.Web/sites@2025-03-01' = {
  name: name
  location: location
  // azd finds the app by this tag.
  tags: { ...tags, 'azd-service-name': 'acr-attach' }
  kind: 'functionapp,linux'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: { '${identity.id}': {} }
  }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    clientAffinityEnabled: false
    keyVaultReferenceIdentity: identity.id
    ...(empty(subnetId) ? {} : { virtualNetworkSubnetId: subnetId })
    siteConfig: {
      minTlsVersion: '1.2'
      scmMinTlsVersion: '1.2'
      ftpsState: 'Disabled'
      http20Enabled: true
    }
    functionAppConfig: {
      // The image of Java 17 has a glibc that the executable does not run on; the Java worker runs on it.
      runtime: worker == 'custom'
        ? { name: 'custom', version: '1.0' }
        : { name: 'java', version: worker == 'java' ? '17' : '21' }
      scaleAndConcurrency: {
        instanceMemoryMB: instanceMemoryMB
        maximumInstanceCount: maximumInstances
      }
      deployment: {
        storage: {
          type: 'blobContainer'
          value: '${account.properties.primaryEndpoints.blob}${packageContainer}'
          authentication: {
            type: 'UserAssignedIdentity'
            userAssignedIdentityResourceId: identity.id
          }
        }
      }
    }
  }

  resource settings 'config' = {
    name: 'appsettings'
    properties: {
      AzureWebJobsStorage__blobServiceUri: account.properties.primaryEndpoints.blob
      AzureWebJobsStorage__queueServiceUri: account.properties.primaryEndpoints.queue
      AzureWebJobsStorage__tableServiceUri: account.properties.primaryEndpoints.table
      AzureWebJobsStorage__credential: 'managedidentity'
      AzureWebJobsStorage__clientId: identity.properties.clientId
      APPLICATIONINSIGHTS_CONNECTION_STRING: telemetry.properties.ConnectionString
      APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=${identity.properties.clientId};Authorization=AAD'
      AZURE_CLIENT_ID: identity.properties.clientId
      ACR_ATTACH_AZURE_CLOUD: clouds[environment().name]
      ...(worker == 'java'
        ? {
            QUARKUS_HTTP_HOST_ENABLED: 'false'
            languageWorkers__java__arguments: '-XX:+ExitOnOutOfMemoryError'
          }
        : {})
      ...((extraRights.?adminCredential ?? false) ? { ACR_ATTACH_KUBERNETES_ADMIN_CREDENTIAL: 'true' } : {})
      ...((extraRights.?runCommand ?? false) ? { ACR_ATTACH_KUBERNETES_RUN_COMMAND: 'true' } : {})
      ...(empty(runCommandEntraClusters)
        ? {}
        : { ACR_ATTACH_KUBERNETES_RUN_COMMAND_ENTRA_CLUSTERS: join(runCommandEntraClusters, ',') })
      ...toObject(
        filter(ruleSettings, setting => !empty(setting.value)),
        setting => 'ACR_ATTACH_RULES_${setting.name}',
        setting => setting.value
      )
    }
  }

  resource ftp 'basicPublishingCredentialsPolicies' = {
    name: 'ftp'
    properties: { allow: false }
  }

  resource scm 'basicPublishingCredentialsPolicies' = {
    name: 'scm'
    properties: { allow: false }
  }
}

@description('The resource id of the app.')
output id string = app.id

@description('Under what name it is called.')
output hostName string = app.properties.defaultHostName
