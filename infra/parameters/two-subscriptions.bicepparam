// Two subscriptions; of the second one, a resource group with clusters and one registry.
using '../main.bicep'

param scopes = [
  { kind: 'subscription', subscriptionId: '11111111-2222-4333-8444-555555555555' }
  { kind: 'resourceGroup', subscriptionId: '22222222-3333-4444-8555-666666666666', resourceGroup: 'clusters' }
  {
    kind: 'registry'
    subscriptionId: '22222222-3333-4444-8555-666666666666'
    resourceGroup: 'registries'
    registry: 'acrshared'
  }
]
param method = 'both'

param rules = [
  {
    name: 'TEAM'
    clusters: { tags: ['team=*'] }
    registries: { tags: ['team=*'] }
    joinOnTags: ['team']
    method: 'auto'
  }
]
