metadata description = 'The storage account: package, keys of the host, and queues. Whoever writes there acts as the app.'

import { deadLetterContainer, eventQueue, packageContainer, poisonQueue } from '../contract.bicep'
import { network as networkType, tags as tagsType } from '../types.bicep'

@description('The name of the account.')
@minLength(3)
@maxLength(24)
param name string

@description('The region.')
param location string

@description('Tags of the resource.')
param tags tagsType

@description('Whether the account answers everywhere, or only in the virtual network and to services of Azure that are trusted.')
param network networkType

@description('Whether a lock keeps the account from being deleted.')
param lock bool

@description('The workspace that reads and writes in the account are logged to; empty: none.')
param auditWorkspaceId string

@description('The services whose reads, writes and deletes are logged.')
var audited = empty(auditWorkspaceId) ? [] : ['blob', 'queue']

resource account 'Microsoft.Storage/storageAccounts@2025-08-01' = {
  name: name
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: { name: 'Standard_LRS' }
  properties: {
    accessTier: 'Hot'
    allowBlobPublicAccess: false
    allowCrossTenantReplication: false
    allowSharedKeyAccess: false
    defaultToOAuthAuthentication: true
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
    // Event Grid delivers as a trusted service, which needs the public endpoint, closed to all others.
    publicNetworkAccess: 'Enabled'
    networkAcls: {
      bypass: 'AzureServices'
      defaultAction: network == 'private' ? 'Deny' : 'Allow'
    }
  }

  resource blobs 'blobServices' = {
    name: 'default'
    properties: {
      deleteRetentionPolicy: { enabled: true, days: 7 }
      containerDeleteRetentionPolicy: { enabled: true, days: 7 }
    }

    resource containers 'containers' = [
      for container in [packageContainer, deadLetterContainer]: {
        name: container
        properties: { publicAccess: 'None' }
      }
    ]
  }

  resource queues 'queueServices' = {
    name: 'default'

    resource queue 'queues' = [
      for queue in [eventQueue, poisonQueue]: {
        name: queue
      }
    ]
  }
}

resource doNotDelete 'Microsoft.Authorization/locks@2020-05-01' = if (lock) {
  scope: account
  name: 'acr-attach'
  properties: {
    level: 'CanNotDelete'
    notes: 'Holds the package, the keys and the events of acr-attach.'
  }
}

#disable-next-line use-recent-api-versions // Category groups are in no later and in no stable version.
resource blobAudit 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = if (contains(audited, 'blob')) {
  scope: account::blobs
  name: 'acr-attach'
  properties: {
    workspaceId: auditWorkspaceId
    logs: [{ categoryGroup: 'audit', enabled: true }]
  }
}

#disable-next-line use-recent-api-versions // Category groups are in no later and in no stable version.
resource queueAudit 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = if (contains(audited, 'queue')) {
  scope: account::queues
  name: 'acr-attach'
  properties: {
    workspaceId: auditWorkspaceId
    logs: [{ categoryGroup: 'audit', enabled: true }]
  }
}

@description('The resource id of the account.')
output id string = account.id
