metadata description = 'acr-attach in one deployment, by an Owner: both halves, and the events of each subscription.'

targetScope = 'subscription'

import {
  checkedAddresses
  checkedEntraClusters
  checkedExtraRights
  checkedGroup
  checkedId
  checkedName
  checkedRules
  checkedScopes
  checkedTags
  checkedTopics
  checkedUri
  subscriptionsOf
} from 'checks.bicep'
import {
  alertThresholds as alertThresholdsType
  delivery as deliveryType
  existingTopic
  extraRights as extraRightsType
  instanceMemory
  method as methodType
  network as networkType
  roleSource
  rule
  scope as scopeType
  tags as tagsType
  worker as workerType
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

@description('Where clusters and registries are looked after: subscriptions, resource groups and registries. Rights are given there, and the events of their subscriptions are heard.')
@minLength(1)
param scopes scopeType[] = [{ kind: 'subscription', subscriptionId: subscription().subscriptionId }]

@description('How clusters are let in. It decides which rights are given.')
param method methodType = 'role'

@description('What the pull secrets may do beyond the rights of the method.')
param extraRights extraRightsType = {}

@description('Where our own rights come from.')
param roles roleSource = 'custom'

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

@description('Whether the storage account answers everywhere, or in a virtual network of its own.')
param network networkType = 'public'

@description('The addresses of that network: a /24 at least.')
@minLength(9)
param vnetAddressPrefix string = '10.71.0.0/24'

@description('The resource id of a workspace to take; empty: one is made.')
param existingWorkspaceId string = ''

@description('Whether a lock keeps the storage account from being deleted. Take it away before you take down.')
param lockStorage bool = false

@description('The resource id of the workspace that reads and writes in the storage account are logged to; empty: none.')
param auditWorkspaceId string = ''

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

@description('The subscriptions whose events are heard.')
var heard = subscriptionsOf(checkedScopes(scopes))

@description('Those of them that the app is not in, once there is something to subscribe to.')
var others = delivery == 'queue' || codeDeployed || !empty(packageUri)
  ? filter(heard, id => id != subscription().subscriptionId)
  : []

@description('The names of topics of subscriptions that nothing is looked after in.')
var strangers = map(
  filter(existingTopics, topic => !contains(heard, toLower(topic.subscriptionId))),
  topic => topic.name
)

@description('The topics that are there already.')
var topics = empty(strangers)
  ? checkedTopics(existingTopics, delivery)
  : fail('existingTopics: the subscription of ${first(strangers)} is in none of the scopes.')

// Each is checked here, too, and not by the halves alone: so nothing is made before all of them can be meant.
module security 'security.bicep' = {
  params: {
    name: checkedName(name)
    location: location
    tags: checkedTags(tags)
    resourceGroupName: checkedGroup(resourceGroupName)
    scopes: scopes
    method: method
    extraRights: checkedExtraRights(extraRights, method)
    roles: roles
    delivery: delivery
    existingTopics: topics
    network: network
    existingWorkspaceId: checkedId(
      'existingWorkspaceId',
      'Microsoft.OperationalInsights/workspaces',
      existingWorkspaceId
    )
    lockStorage: lockStorage
    auditWorkspaceId: checkedId('auditWorkspaceId', 'Microsoft.OperationalInsights/workspaces', auditWorkspaceId)
  }
}

module workload 'workload.bicep' = {
  scope: resourceGroup(resourceGroupName)
  params: {
    name: name
    location: location
    tags: tags
    hearsThisSubscription: contains(heard, subscription().subscriptionId)
    method: method
    extraRights: extraRights
    rules: checkedRules(rules, method, extraRights)
    runCommandEntraClusters: checkedEntraClusters(runCommandEntraClusters, extraRights)
    delivery: delivery
    existingTopics: topics
    worker: worker
    instanceMemoryMB: instanceMemoryMB
    maximumInstances: maximumInstances
    network: network
    vnetAddressPrefix: checkedAddresses(vnetAddressPrefix, network)
    packageUri: checkedUri(packageUri)
    codeDeployed: codeDeployed
    actionGroupId: checkedId('actionGroupId', 'Microsoft.Insights/actionGroups', actionGroupId)
    alertThresholds: alertThresholds
  }
  dependsOn: [security]
}

module events 'modules/events.bicep' = [
  for id in others: {
    scope: subscription(id)
    params: {
      name: name
      location: location
      tags: tags
      existing: first(filter(topics, topic => toLower(topic.subscriptionId) == id))
      senderId: security.outputs.senderId
      storageAccountId: security.outputs.storageAccountId
      delivery: delivery
      appId: workload.outputs.appId
      actionGroupId: actionGroupId
      deadLetterThreshold: alertThresholds.deadLetters
    }
  }
]

@description('The resource group.')
output AZURE_RESOURCE_GROUP string = security.outputs.resourceGroupName

@description('What the installation is called.')
output ACR_ATTACH_NAME string = name

@description('The name of the app.')
output ACR_ATTACH_APP string = workload.outputs.appName

@description('The resource id of the app: enrol.bicep takes it.')
output ACR_ATTACH_APP_ID string = workload.outputs.appId

@description('Where the app is called.')
output ACR_ATTACH_URL string = workload.outputs.appUrl

@description('The object id of the identity of the app: enrol.bicep takes it.')
output ACR_ATTACH_PRINCIPAL_ID string = security.outputs.principalId

@description('The resource id of the identity that events are delivered with: enrol.bicep takes it.')
output ACR_ATTACH_SENDER_ID string = security.outputs.senderId

@description('The resource id of the storage account: enrol.bicep takes it.')
output ACR_ATTACH_STORAGE_ID string = security.outputs.storageAccountId

@description('The subscriptions whose events are heard, with a comma between: the hooks ask each of them.')
output ACR_ATTACH_SUBSCRIPTIONS string = join(heard, ',')
