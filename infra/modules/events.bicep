metadata description = 'The events of a subscription that the app is not in: a resource group for the topic and its alert, unless the topic is there.'

targetScope = 'subscription'

import { delivery as deliveryType, existingTopic as existingTopicType, tags as tagsType } from '../types.bicep'
import { namesOf } from '../names.bicep'

@description('What the installation is called.')
param name string

@description('The region of the resource group.')
param location string

@description('Tags of the resources.')
param tags tagsType

@description('The topic that is there already.')
param existing existingTopicType?

@description('The resource id of the identity that a topic made here delivers with.')
param senderId string

@description('The resource id of the storage account with the queue and the dead letters.')
param storageAccountId string

@description('How events come.')
param delivery deliveryType

@description('The resource id of the app.')
param appId string

@description('The resource id of the action group that is told; empty: none.')
param actionGroupId string

@description('How many dead letters are borne.')
param deadLetterThreshold int

@description('What it is called.')
var names = namesOf(name, uniqueString(subscription().subscriptionId, name))

resource group 'Microsoft.Resources/resourceGroups@2025-04-01' = {
  name: 'rg-${name}-events'
  location: location
  tags: tags
}

module topic 'topic.bicep' = {
  scope: resourceGroup(existing.?resourceGroup ?? group.name)
  params: {
    name: names.topic
    subscriptionName: names.subscription
    existing: existing
    senderId: senderId
    storageAccountId: storageAccountId
    delivery: delivery
    appId: appId
    tags: tags
  }
}

module deadLetterAlert 'deadLetterAlert.bicep' = {
  scope: group
  params: {
    name: name
    tags: tags
    topicId: topic.outputs.id
    subscriptionName: names.subscription
    actionGroupId: actionGroupId
    threshold: deadLetterThreshold
  }
}
