metadata description = 'What the app may do in the storage account: by queue and container, but for the blobs of the host, which asks for the account.'

import { eventQueue, poisonQueue } from '../contract.bicep'
import { builtIn } from '../roles.bicep'

@description('The name of the account.')
param accountName string

@description('The object id of the identity of the app.')
param appPrincipalId string

@description('What the app may do at each queue: take events, and put those aside that it cannot take.')
var queueRoles = [
  { queue: eventQueue, role: builtIn.queueReader }
  { queue: eventQueue, role: builtIn.queueProcessor }
  { queue: poisonQueue, role: builtIn.queueReader }
  { queue: poisonQueue, role: builtIn.queueSender }
]

resource account 'Microsoft.Storage/storageAccounts@2025-08-01' existing = {
  name: accountName

  resource queues 'queueServices' existing = {
    name: 'default'
  }
}

resource queues 'Microsoft.Storage/storageAccounts/queueServices/queues@2025-08-01' existing = [
  for each in queueRoles: {
    parent: account::queues
    name: each.queue
  }
]

// The host keeps leases, keys and the state of the timer in containers that it makes itself.
resource hostBlobs 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: account
  name: guid(account.id, appPrincipalId, builtIn.blobs)
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', builtIn.blobs)
    principalId: appPrincipalId
    principalType: 'ServicePrincipal'
  }
}

resource hostQueues 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for (each, i) in queueRoles: {
    scope: queues[i]
    name: guid(queues[i].id, appPrincipalId, each.role)
    properties: {
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', each.role)
      principalId: appPrincipalId
      principalType: 'ServicePrincipal'
    }
  }
]
