metadata description = 'Application Insights, which takes no key, and the right of the app to write there.'

import { builtIn } from '../roles.bicep'
import { tags as tagsType } from '../types.bicep'

@description('The name of the Application Insights component.')
param name string

@description('The name of the workspace that is made for it.')
param workspaceName string

@description('The resource id of a workspace to take instead; empty: one is made.')
param existingWorkspaceId string

@description('The region.')
param location string

@description('Tags of the resources.')
param tags tagsType

@description('The object id of the identity of the app.')
param appPrincipalId string

resource workspace 'Microsoft.OperationalInsights/workspaces@2025-07-01' = if (empty(existingWorkspaceId)) {
  name: workspaceName
  location: location
  tags: tags
  properties: {
    sku: { name: 'PerGB2018' }
    retentionInDays: 30
    features: { disableLocalAuth: true }
  }
}

resource component 'Microsoft.Insights/components@2020-02-02' = {
  name: name
  location: location
  tags: tags
  kind: 'web'
  properties: {
    Application_Type: 'web'
    DisableLocalAuth: true
    WorkspaceResourceId: empty(existingWorkspaceId) ? workspace.id : existingWorkspaceId
  }
}

resource write 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: component
  name: guid(component.id, appPrincipalId, builtIn.telemetry)
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', builtIn.telemetry)
    principalId: appPrincipalId
    principalType: 'ServicePrincipal'
  }
}
