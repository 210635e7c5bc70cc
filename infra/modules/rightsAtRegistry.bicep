metadata description = 'What the app may do at one registry.'

import { version } from '../contract.bicep'
import { given as givenType } from '../types.bicep'

@description('What this installation is called.')
param name string

@description('The object id of the identity of the app.')
param principalId string

@description('The name of the registry.')
param registryName string

@description('The roles.')
param given givenType[]

resource registry 'Microsoft.ContainerRegistry/registries@2025-11-01' existing = {
  name: registryName
}

resource assignments 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for each in given: {
    scope: registry
    name: guid(registry.id, principalId, each.role)
    properties: {
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', each.role)
      principalId: principalId
      principalType: 'ServicePrincipal'
      description: 'acr-attach ${version} (${name})'
      ...(empty(each.condition) ? {} : { condition: each.condition, conditionVersion: '2.0' })
    }
  }
]
