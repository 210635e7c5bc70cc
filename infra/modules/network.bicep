metadata description = 'A virtual network for the app, and private endpoints of the storage account in it.'

import { tags as tagsType } from '../types.bicep'

@description('The name of the virtual network.')
param name string

@description('The region.')
param location string

@description('Tags of the resources.')
param tags tagsType

@description('The addresses of the virtual network: a /24 at least.')
param addressPrefix string

@description('The name of the storage account.')
param storageAccountName string

@description('The services of the storage account that the host needs.')
var services = ['blob', 'queue', 'table']

resource account 'Microsoft.Storage/storageAccounts@2025-08-01' existing = {
  name: storageAccountName
}

resource network 'Microsoft.Network/virtualNetworks@2025-01-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    addressSpace: { addressPrefixes: [addressPrefix] }
    subnets: [
      {
        // Flex Consumption takes no underscore in it.
        name: 'app'
        properties: {
          addressPrefix: cidrSubnet(addressPrefix, 26, 0)
          delegations: [
            {
              name: 'flex'
              properties: { serviceName: 'Microsoft.App/environments' }
            }
          ]
        }
      }
      {
        name: 'endpoints'
        properties: {
          addressPrefix: cidrSubnet(addressPrefix, 26, 1)
          privateEndpointNetworkPolicies: 'Enabled'
        }
      }
    ]
  }

  resource app 'subnets' existing = {
    name: 'app'
  }

  resource endpoints 'subnets' existing = {
    name: 'endpoints'
  }
}

resource zones 'Microsoft.Network/privateDnsZones@2024-06-01' = [
  for service in services: {
    name: 'privatelink.${service}.${environment().suffixes.storage}'
    location: 'global'
    tags: tags
  }
]

resource links 'Microsoft.Network/privateDnsZones/virtualNetworkLinks@2024-06-01' = [
  for (service, i) in services: {
    parent: zones[i]
    name: name
    location: 'global'
    properties: {
      registrationEnabled: false
      virtualNetwork: { id: network.id }
    }
  }
]

resource privateEndpoints 'Microsoft.Network/privateEndpoints@2025-01-01' = [
  for service in services: {
    name: '${name}-${service}'
    location: location
    tags: tags
    properties: {
      subnet: { id: network::endpoints.id }
      privateLinkServiceConnections: [
        {
          name: service
          properties: {
            privateLinkServiceId: account.id
            groupIds: [service]
          }
        }
      ]
    }
  }
]

resource records 'Microsoft.Network/privateEndpoints/privateDnsZoneGroups@2025-01-01' = [
  for (service, i) in services: {
    parent: privateEndpoints[i]
    name: 'default'
    properties: {
      privateDnsZoneConfigs: [
        {
          name: service
          properties: { privateDnsZoneId: zones[i].id }
        }
      ]
    }
  }
]

@description('The resource id of the subnet of the app.')
output appSubnetId string = network::app.id
