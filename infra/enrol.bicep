metadata description = 'One more subscription for an installation that is there: its events, and the rights of the app in it.'

targetScope = 'subscription'

import {
  checkedExtraRights
  checkedId
  checkedName
  checkedObjectId
  checkedScopes
  checkedTags
  checkedTopics
} from 'checks.bicep'
import {
  delivery as deliveryType
  existingTopic
  extraRights as extraRightsType
  method as methodType
  roleSource
  scope as scopeType
  tags as tagsType
} from 'types.bicep'

@description('What the installation is called.')
@minLength(3)
@maxLength(24)
param name string = 'acr-attach'

@description('The region of the resource group for the topic.')
@minLength(1)
param location string = deployment().location

@description('Tags of all resources.')
param tags tagsType = {}

@description('The object id of the identity of the app: an output of security.bicep and main.bicep.')
@minLength(36)
@maxLength(36)
param principalId string

@description('The resource id of the identity that events are delivered with: an output of security.bicep and main.bicep.')
@minLength(1)
param senderId string

@description('The resource id of the storage account: an output of security.bicep and main.bicep.')
@minLength(1)
param storageAccountId string

@description('The resource id of the app: an output of workload.bicep and main.bicep.')
@minLength(1)
param appId string

@description('Where rights are given in this subscription.')
@minLength(1)
param scopes scopeType[] = [{ kind: 'subscription', subscriptionId: subscription().subscriptionId }]

@description('How clusters are let in.')
param method methodType = 'role'

@description('What the pull secrets may do beyond the rights of the method.')
param extraRights extraRightsType = {}

@description('Where our own rights come from.')
param roles roleSource = 'custom'

@description('How events come.')
param delivery deliveryType = 'queue'

@description('The system topic that this subscription already has, if it has one.')
@maxLength(1)
param existingTopics existingTopic[] = []

@description('The resource id of the action group that alerts tell; empty: none.')
param actionGroupId string = ''

@description('How many dead letters in an hour are borne before an alert speaks.')
@minValue(0)
param deadLetterThreshold int = 0

@description('The topic that is there already, if one is.')
var existing = empty(filter(existingTopics, topic => toLower(topic.subscriptionId) != subscription().subscriptionId))
  ? first(checkedTopics(existingTopics, delivery))
  : fail('existingTopics: "${first(existingTopics).?subscriptionId}" is not the subscription that is enrolled.')

@description('The subscriptions that are not this one.')
var foreign = filter(map(scopes, each => toLower(each.subscriptionId)), id => id != subscription().subscriptionId)

@description('The parts of the id of the storage account: its subscription, resource group and name are among them.')
var storage = split(checkedId('storageAccountId', 'Microsoft.Storage/storageAccounts', storageAccountId), '/')

@description('The identity of the topic that is there already; empty: it has none.')
var senderPrincipalId = existing.?principalId ?? ''

module rights 'modules/rights.bicep' = {
  params: {
    name: checkedName(name)
    principalId: checkedObjectId('principalId', principalId)
    scopes: empty(foreign)
      ? checkedScopes(scopes)
      : fail('scopes: "${first(foreign)}" is not the subscription that is enrolled.')
    ownResourceGroup: ''
    method: method
    extraRights: checkedExtraRights(extraRights, method)
    roles: roles
  }
}

module senderRights 'modules/senderRights.bicep' = if (!empty(senderPrincipalId)) {
  scope: resourceGroup(storage[2], storage[4])
  params: {
    accountName: storage[8]
    senderPrincipalId: senderPrincipalId
  }
}

module events 'modules/events.bicep' = {
  params: {
    name: name
    location: location
    tags: checkedTags(tags)
    existing: existing
    senderId: checkedId('senderId', 'Microsoft.ManagedIdentity/userAssignedIdentities', senderId)
    storageAccountId: checkedId('storageAccountId', 'Microsoft.Storage/storageAccounts', storageAccountId)
    delivery: delivery
    appId: checkedId('appId', 'Microsoft.Web/sites', appId)
    actionGroupId: checkedId('actionGroupId', 'Microsoft.Insights/actionGroups', actionGroupId)
    deadLetterThreshold: deadLetterThreshold
  }
  dependsOn: [senderRights]
}
