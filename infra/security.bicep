metadata description = 'The half that needs an Owner: the identities, what they may do, and the storage account and telemetry that they may do it with. The security team reviews and runs it once.'

targetScope = 'subscription'

import {
  checkedExtraRights
  checkedGroup
  checkedId
  checkedName
  checkedScopes
  checkedTags
  checkedTopics
  subscriptionsOf
} from 'checks.bicep'
import { namesOf } from 'names.bicep'
import {
  delivery as deliveryType
  existingTopic
  extraRights as extraRightsType
  method as methodType
  network as networkType
  roleSource
  scope as scopeType
  tags as tagsType
} from 'types.bicep'

@description('What this installation is called; all names are made of it.')
@minLength(3)
@maxLength(24)
param name string = 'acr-attach'

@description('The region.')
@minLength(1)
param location string = deployment().location

@description('Tags of all resources.')
param tags tagsType = {}

@description('The resource group that holds all of it.')
@minLength(1)
@maxLength(90)
param resourceGroupName string = 'rg-${name}'

@description('Where rights are given: the subscriptions, resource groups and registries that are looked after.')
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

@description('The system topics that the subscriptions already have: infra/hooks/find-topics.sh lists them.')
param existingTopics existingTopic[] = []

@description('Whether the storage account answers everywhere, or in a virtual network of its own.')
param network networkType = 'public'

@description('The resource id of a workspace to take; empty: one is made.')
param existingWorkspaceId string = ''

@description('Whether a lock keeps the storage account from being deleted. Take it away before you take down.')
param lockStorage bool = false

@description('The resource id of the workspace that reads and writes in the storage account are logged to; empty: none.')
param auditWorkspaceId string = ''

@description('What everything is called.')
var names = namesOf(checkedName(name), uniqueString(subscription().subscriptionId, resourceGroupName, name))

@description('The scopes.')
var checked = checkedScopes(scopes)

@description('The subscriptions in which the app may do anything.')
var subscriptions = subscriptionsOf(checked)

@description('Whom the topics that are there already deliver with. Those of several subscriptions may share an identity.')
var senders = union(
  map(
    filter(checkedTopics(existingTopics, delivery), topic => topic.?principalId != null),
    topic => toLower(topic.?principalId ?? '')
  ),
  []
)

resource group 'Microsoft.Resources/resourceGroups@2025-04-01' = {
  name: checkedGroup(resourceGroupName)
  location: location
  tags: checkedTags(tags)
}

module identity 'modules/identity.bicep' = {
  scope: group
  params: { name: names.identity, location: location, tags: tags }
}

module sender 'modules/identity.bicep' = {
  scope: group
  params: { name: names.sender, location: location, tags: tags }
}

module storage 'modules/storage.bicep' = {
  scope: group
  params: {
    name: names.storage
    location: location
    tags: tags
    network: network
    lock: lockStorage
    auditWorkspaceId: checkedId('auditWorkspaceId', 'Microsoft.OperationalInsights/workspaces', auditWorkspaceId)
  }
}

module storageRights 'modules/storageRights.bicep' = {
  scope: group
  params: {
    accountName: names.storage
    #disable-next-line what-if-short-circuiting // The object id is known only when the identity is made.
    appPrincipalId: identity.outputs.principalId
  }
  dependsOn: [storage]
}

module senderRights 'modules/senderRights.bicep' = {
  scope: group
  params: {
    accountName: names.storage
    #disable-next-line what-if-short-circuiting // The object id is known only when the identity is made.
    senderPrincipalId: sender.outputs.principalId
  }
  dependsOn: [storage]
}

module topicRights 'modules/senderRights.bicep' = [
  for principalId in senders: {
    scope: group
    params: {
      accountName: names.storage
      senderPrincipalId: principalId
    }
    dependsOn: [storage]
  }
]

module telemetry 'modules/telemetry.bicep' = {
  scope: group
  params: {
    name: names.telemetry
    workspaceName: names.workspace
    existingWorkspaceId: checkedId(
      'existingWorkspaceId',
      'Microsoft.OperationalInsights/workspaces',
      existingWorkspaceId
    )
    location: location
    tags: tags
    #disable-next-line what-if-short-circuiting // The object id is known only when the identity is made.
    appPrincipalId: identity.outputs.principalId
  }
}

module rights 'modules/rights.bicep' = [
  for id in subscriptions: {
    scope: subscription(id)
    params: {
      name: name
      #disable-next-line what-if-short-circuiting // The object id is known only when the identity is made.
      principalId: identity.outputs.principalId
      scopes: filter(checked, each => toLower(each.subscriptionId) == id)
      ownResourceGroup: id == subscription().subscriptionId ? group.name : ''
      method: method
      extraRights: checkedExtraRights(extraRights, method)
      roles: roles
    }
  }
]

@description('The resource group, for the other half.')
output resourceGroupName string = group.name

@description('The object id of the identity of the app: enrol.bicep takes it.')
output principalId string = identity.outputs.principalId

@description('The resource id of the identity that events are delivered with: enrol.bicep takes it.')
output senderId string = sender.outputs.id

@description('The resource id of the storage account: enrol.bicep takes it.')
output storageAccountId string = storage.outputs.id
