metadata description = 'The half that needs no more than Contributor on the resource group: the app, its events and its alerts. It takes what security.bicep made.'

targetScope = 'resourceGroup'

import {
  checkedAddresses
  checkedEntraClusters
  checkedExtraRights
  checkedId
  checkedName
  checkedRules
  checkedTags
  checkedTopics
  checkedUri
} from 'checks.bicep'
import { namesOf } from 'names.bicep'
import {
  alertThresholds as alertThresholdsType
  delivery as deliveryType
  existingTopic
  extraRights as extraRightsType
  instanceMemory
  method as methodType
  network as networkType
  rule
  tags as tagsType
  worker as workerType
} from 'types.bicep'

@description('What this installation is called, as in security.bicep.')
@minLength(3)
@maxLength(24)
param name string = 'acr-attach'

@description('The region.')
@minLength(1)
param location string = resourceGroup().location

@description('Tags of all resources.')
param tags tagsType = {}

@description('Whether the events of this subscription are heard.')
param hearsThisSubscription bool = true

@description('How clusters are let in, as in security.bicep.')
param method methodType = 'role'

@description('What the pull secrets may do beyond the rights of the method, as in security.bicep.')
param extraRights extraRightsType = {}

@description('The pairing rules. Without one, nothing is attached by itself.')
param rules rule[] = []

@description('The clusters with Entra ID that are reached by Run Command all the same: read docs/permissions.md first.')
param runCommandEntraClusters string[] = []

@description('How events come.')
param delivery deliveryType = 'queue'

@description('The system topics that the subscriptions already have: infra/hooks/find-topics.sh lists them.')
param existingTopics existingTopic[] = []

@description('What runs the functions.')
param worker workerType = 'custom'

@description('The memory of an instance, in megabytes.')
param instanceMemoryMB instanceMemory = worker == 'java' ? 2048 : 512

@description('How many instances there are at most.')
@minValue(40)
@maxValue(1000)
param maximumInstances int = 40

@description('Whether the app is in a virtual network of its own, as in security.bicep.')
param network networkType = 'public'

@description('The addresses of that network: a /24 at least.')
@minLength(9)
param vnetAddressPrefix string = '10.71.0.0/24'

@description('Where the package is; empty: it is deployed later, by azd deploy.')
param packageUri string = ''

@description('Whether the code is there already, though packageUri is empty. Event Grid subscribes a function only then.')
param codeDeployed bool = false

@description('The resource id of the action group that alerts tell; empty: none.')
param actionGroupId string = ''

@description('When the alerts speak.')
param alertThresholds alertThresholdsType = {
  refused: 0
  postponed: 0
  expiryDays: 14
  poison: 0
  deadLetters: 0
  timerHours: 3
}

@description('What everything is called.')
var names = namesOf(checkedName(name), uniqueString(subscription().subscriptionId, resourceGroup().name, name))

@description('The topic of this subscription, where one is there.')
var existing = first(filter(
  checkedTopics(existingTopics, delivery),
  topic => toLower(topic.subscriptionId) == subscription().subscriptionId
))

@description('Whether the topic is subscribed to in this deployment.')
var subscribes = hearsThisSubscription && (delivery == 'queue' || codeDeployed || !empty(packageUri))

module vnet 'modules/network.bicep' = if (network == 'private') {
  params: {
    name: names.network
    location: location
    tags: tags
    addressPrefix: checkedAddresses(vnetAddressPrefix, network)
    storageAccountName: names.storage
  }
}

module app 'modules/app.bicep' = {
  params: {
    name: names.app
    planName: names.plan
    location: location
    tags: checkedTags(tags)
    identityName: names.identity
    storageAccountName: names.storage
    telemetryName: names.telemetry
    worker: worker
    instanceMemoryMB: instanceMemoryMB
    maximumInstances: maximumInstances
    subnetId: network == 'private' ? vnet!.outputs.appSubnetId : ''
    rules: checkedRules(rules, method, extraRights)
    extraRights: checkedExtraRights(extraRights, method)
    runCommandEntraClusters: checkedEntraClusters(runCommandEntraClusters, extraRights)
  }
}

module package 'modules/package.bicep' = if (!empty(packageUri)) {
  params: {
    appName: names.app
    packageUri: checkedUri(packageUri)
  }
  dependsOn: [app]
}

module topic 'modules/topic.bicep' = if (subscribes) {
  scope: resourceGroup(existing.?resourceGroup ?? resourceGroup().name)
  params: {
    name: names.topic
    subscriptionName: names.subscription
    existing: existing
    senderId: resourceId('Microsoft.ManagedIdentity/userAssignedIdentities', names.sender)
    storageAccountId: resourceId('Microsoft.Storage/storageAccounts', names.storage)
    delivery: delivery
    appId: app.outputs.id
    tags: tags
  }
  dependsOn: [package]
}

module alerts 'modules/alerts.bicep' = {
  params: {
    name: name
    location: location
    tags: tags
    telemetryName: names.telemetry
    actionGroupId: checkedId('actionGroupId', 'Microsoft.Insights/actionGroups', actionGroupId)
    thresholds: alertThresholds
  }
}

module deadLetterAlert 'modules/deadLetterAlert.bicep' = if (subscribes) {
  params: {
    name: name
    tags: tags
    topicId: topic!.outputs.id
    subscriptionName: names.subscription
    actionGroupId: checkedId('actionGroupId', 'Microsoft.Insights/actionGroups', actionGroupId)
    threshold: alertThresholds.deadLetters
  }
}

@description('The name of the app.')
output appName string = names.app

@description('The resource id of the app: enrol.bicep takes it.')
output appId string = app.outputs.id

@description('Where the app is called.')
output appUrl string = 'https://${app.outputs.hostName}'
