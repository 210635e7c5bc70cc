metadata description = 'A user-assigned identity: it exists before the app, so that its rights have spread when the app starts, and outlives it.'

import { tags as tagsType } from '../types.bicep'

@description('The name of the identity.')
param name string

@description('The region.')
param location string

@description('Tags of the resource.')
param tags tagsType

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = {
  name: name
  location: location
  tags: tags
}

@description('The resource id of the identity.')
output id string = identity.id

@description('The object id, which roles are assigned to.')
output principalId string = identity.properties.principalId
