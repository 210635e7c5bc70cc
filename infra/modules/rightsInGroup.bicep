metadata description = 'What the app may do in one resource group.'

import { version } from '../contract.bicep'
import { given as givenType } from '../types.bicep'

@description('What this installation is called.')
param name string

@description('The object id of the identity of the app.')
param principalId string

@description('The roles.')
param given givenType[]

resource assignments 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for each in given: {
    name: guid(resourceGroup().id, principalId, each.role)
    properties: {
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', each.role)
      principalId: principalId
      principalType: 'ServicePrincipal'
      description: 'acr-attach ${version} (${name})'
      ...(empty(each.condition) ? {} : { condition: each.condition, conditionVersion: '2.0' })
    }
  }
]
