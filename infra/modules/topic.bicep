metadata description = 'The events of one subscription: its system topic, made here or used as it is, and our subscription to it.'

import {
  deadLetterContainer
  eventFunction
  eventQueue
  eventTypes
  operations
  subjects
} from '../contract.bicep'
import { delivery as deliveryType, existingTopic as existingTopicType, tags as tagsType } from '../types.bicep'

@description('The name of the topic, where one is made.')
param name string

@description('What our subscription to it is called.')
@minLength(3)
@maxLength(64)
param subscriptionName string

@description('The topic that is there already, in this resource group.')
param existing existingTopicType?

@description('The resource id of the user-assigned identity that a topic made here delivers with.')
param senderId string

@description('The resource id of the storage account with the queue and the dead letters.')
param storageAccountId string

@description('How events come.')
param delivery deliveryType

@description('The resource id of the app.')
param appId string

@description('Tags of the resource.')
param tags tagsType

@description('The topic that is subscribed to.')
var topicName = existing.?name ?? name

@description('What events and dead letters are delivered with.')
var deliverWith = existing == null
  ? { type: 'UserAssigned', userAssignedIdentity: senderId }
  : existing.?userAssignedIdentity == null
      ? { type: 'SystemAssigned' }
      : { type: 'UserAssigned', userAssignedIdentity: existing.?userAssignedIdentity }

@description('Whether the topic has an identity. One without can deliver to the function alone, and its events have no dead letters.')
var hasIdentity = existing == null || existing.?principalId != null

@description('Where events go.')
var destination = delivery == 'function'
  ? {
      destination: {
        endpointType: 'AzureFunction'
        properties: {
          resourceId: '${appId}/functions/${eventFunction}'
          maxEventsPerBatch: 1
          preferredBatchSizeInKilobytes: 64
        }
      }
    }
  : {
      deliveryWithResourceIdentity: {
        identity: deliverWith
        destination: {
          endpointType: 'StorageQueue'
          properties: {
            resourceId: storageAccountId
            queueName: eventQueue
            queueMessageTimeToLiveInSeconds: 604800
          }
        }
      }
    }

resource made 'Microsoft.EventGrid/systemTopics@2025-02-15' = if (existing == null) {
  name: name
  // The events of a subscription belong to no region.
  location: 'global'
  tags: tags
  identity: { type: 'UserAssigned', userAssignedIdentities: { '${senderId}': {} } }
  properties: {
    source: subscription().id
    topicType: 'Microsoft.Resources.Subscriptions'
  }
}

resource topic 'Microsoft.EventGrid/systemTopics@2025-02-15' existing = {
  name: topicName
}

resource events 'Microsoft.EventGrid/systemTopics/eventSubscriptions@2025-02-15' = {
  parent: topic
  name: subscriptionName
  properties: {
    eventDeliverySchema: 'CloudEventSchemaV1_0'
    ...destination
    ...(hasIdentity
      ? {
          deadLetterWithResourceIdentity: {
            identity: deliverWith
            deadLetterDestination: {
              endpointType: 'StorageBlob'
              properties: {
                resourceId: storageAccountId
                blobContainerName: deadLetterContainer
              }
            }
          }
        }
      : {})
    filter: {
      includedEventTypes: eventTypes
      enableAdvancedFilteringOnArrays: false
      advancedFilters: [
        { operatorType: 'StringIn', key: 'data.operationName', values: operations }
        { operatorType: 'StringContains', key: 'subject', values: subjects }
      ]
    }
    retryPolicy: {
      maxDeliveryAttempts: 30
      eventTimeToLiveInMinutes: 1440
    }
  }
  dependsOn: [made]
}

@description('The resource id of the topic.')
output id string = topic.id
