metadata description = 'What the identity that events are delivered with may do: put events into the queue, and dead letters into their container.'

import { deadLetterContainer, eventQueue } from '../contract.bicep'
import { builtIn } from '../roles.bicep'

@description('The name of the storage account.')
param accountName string

@description('The object id of the identity.')
param senderPrincipalId string

resource account 'Microsoft.Storage/storageAccounts@2025-08-01' existing = {
  name: accountName

  resource blobs 'blobServices' existing = {
    name: 'default'

    resource deadLetters 'containers' existing = {
      name: deadLetterContainer
    }
  }

  resource queues 'queueServices' existing = {
    name: 'default'

    resource events 'queues' existing = {
      name: eventQueue
    }
  }
}

resource queue 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: account::queues::events
  name: guid(account::queues::events.id, senderPrincipalId, builtIn.queueSender)
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', builtIn.queueSender)
    principalId: senderPrincipalId
    principalType: 'ServicePrincipal'
  }
}

resource deadLetters 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: account::blobs::deadLetters
  name: guid(account::blobs::deadLetters.id, senderPrincipalId, builtIn.deadLetters)
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', builtIn.deadLetters)
    principalId: senderPrincipalId
    principalType: 'ServicePrincipal'
  }
}
