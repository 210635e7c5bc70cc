// The subscription has a system topic already, which has a system-assigned identity.
using '../main.bicep'

param rules = [
  {
    name: 'TEAM'
    clusters: { tags: ['team=*'] }
    registries: { tags: ['team=*'] }
    joinOnTags: ['team']
  }
]

param existingTopics = [
  {
    subscriptionId: '11111111-2222-4333-8444-555555555555'
    resourceGroup: 'defender'
    name: 'resource-events'
    principalId: '77777777-8888-4999-8aaa-bbbbbbbbbbbb'
  }
]
