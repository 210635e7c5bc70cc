metadata description = 'What the app may do in one subscription: custom roles of exactly what it needs, or built-in ones, at each scope.'

targetScope = 'subscription'

import { version } from '../contract.bicep'
import { actions, builtIn, dataActions, grants, makesSecrets, pullRolesOnly } from '../roles.bicep'
import { method as methodType, roleSource, scope as scopeType, extraRights as extraRightsType } from '../types.bicep'

@description('What this installation is called: it is part of the names of the custom roles, which are unique in a tenant.')
param name string

@description('The object id of the identity of the app.')
param principalId string

@description('The scopes in this subscription.')
param scopes scopeType[]

@description('A resource group of this subscription in which the app may read its own event subscription; empty: none.')
param ownResourceGroup string

@description('How clusters are let in.')
param method methodType

@description('What the pull secrets may do beyond that.')
param extraRights extraRightsType

@description('Where the rights come from.')
param roles roleSource

@description('Whether what it says about secrets is wanted.')
var secrets = makesSecrets(method)

@description('The custom roles that are wanted.')
var customRoles = filter(
  [
    {
      key: 'reading'
      title: 'reading'
      wanted: roles != 'built-in'
      actions: actions.reading
      dataActions: []
    }
    {
      key: 'granting'
      title: 'granting'
      wanted: roles == 'custom' && grants(method, extraRights)
      actions: actions.granting
      dataActions: []
    }
    {
      key: 'secrets'
      title: 'pull secrets'
      wanted: roles != 'built-in' && secrets
      actions: concat(
        actions.secrets,
        (extraRights.?adminCredential ?? false) ? actions.adminCredential : [],
        (extraRights.?runCommand ?? false) ? actions.runCommand : []
      )
      dataActions: dataActions
    }
  ],
  role => role.wanted
)

@description('What is given at each scope, by the GUID of a role; a condition where it has one.')
var given = concat(
  map(customRoles, role => {
    role: guid(subscription().id, name, role.key)
    condition: role.key == 'granting' ? pullRolesOnly : ''
  }),
  roles == 'custom' || !grants(method, extraRights) ? [] : [{ role: builtIn.granting, condition: pullRolesOnly }],
  roles == 'built-in' ? [{ role: builtIn.reading, condition: '' }] : [],
  roles == 'built-in' && secrets
    ? concat(
        [
          { role: builtIn.tokens, condition: '' }
          { role: builtIn.clusterUser, condition: '' }
          { role: builtIn.inCluster, condition: '' }
        ],
        (extraRights.?adminCredential ?? false) ? [{ role: builtIn.clusterAdmin, condition: '' }] : [],
        (extraRights.?runCommand ?? false) ? [{ role: builtIn.runCommand, condition: '' }] : []
      )
    : []
)

@description('The role for reading.')
var reading = roles == 'built-in' ? builtIn.reading : guid(subscription().id, name, 'reading')

@description('Whether the whole subscription is a scope: then nothing below it needs a right of its own.')
var whole = contains(map(scopes, scope => scope.kind), 'subscription')

@description('The resource groups that are scopes.')
var groups = whole ? [] : filter(scopes, scope => scope.kind == 'resourceGroup')

@description('Their names.')
var groupNames = map(groups, group => toLower(group.resourceGroup))

@description('The registries that are scopes.')
var registries = whole ? [] : filter(scopes, scope => scope.kind == 'registry')

resource definitions 'Microsoft.Authorization/roleDefinitions@2022-04-01' = [
  for role in customRoles: {
    name: guid(subscription().id, name, role.key)
    properties: {
      roleName: 'acr-attach ${role.title} (${name}, ${subscription().subscriptionId})'
      description: 'What acr-attach ${version} needs for ${role.title}, and nothing else.'
      type: 'CustomRole'
      permissions: [
        {
          actions: role.actions
          notActions: []
          dataActions: role.dataActions
          notDataActions: []
        }
      ]
      assignableScopes: [subscription().id]
    }
  }
]

resource inSubscription 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for each in (whole ? given : []): {
    name: guid(subscription().id, principalId, each.role)
    properties: {
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', each.role)
      principalId: principalId
      principalType: 'ServicePrincipal'
      description: 'acr-attach ${version} (${name})'
      ...(empty(each.condition) ? {} : { condition: each.condition, conditionVersion: '2.0' })
    }
    dependsOn: [definitions]
  }
]

module inGroups 'rightsInGroup.bicep' = [
  for group in groups: {
    scope: resourceGroup(group.resourceGroup)
    params: {
      name: name
      principalId: principalId
      given: given
    }
    dependsOn: [definitions]
  }
]

module inOwnGroup 'rightsInGroup.bicep' = if (!empty(ownResourceGroup) && !whole && !contains(
  groupNames,
  toLower(ownResourceGroup)
)) {
  scope: resourceGroup(ownResourceGroup)
  params: {
    name: name
    principalId: principalId
    given: [{ role: reading, condition: '' }]
  }
  dependsOn: [definitions]
}

module atRegistries 'rightsAtRegistry.bicep' = [
  for registry in registries: {
    scope: resourceGroup(registry.resourceGroup)
    params: {
      name: name
      principalId: principalId
      registryName: registry.registry
      given: given
    }
    dependsOn: [definitions]
  }
]
