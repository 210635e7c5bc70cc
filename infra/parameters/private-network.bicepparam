// The storage account answers in a virtual network alone; a lock, and an audit trail in a workspace of the security team.
using '../main.bicep'

param rules = [
  {
    name: 'TEAM'
    clusters: { tags: ['team=*'] }
    registries: { tags: ['team=*'] }
    joinOnTags: ['team']
  }
]

param network = 'private'
param vnetAddressPrefix = '10.20.30.0/24'
param lockStorage = true
param auditWorkspaceId = '/subscriptions/11111111-2222-4333-8444-555555555555/resourceGroups/soc/providers/Microsoft.OperationalInsights/workspaces/soc'
param existingWorkspaceId = '/subscriptions/11111111-2222-4333-8444-555555555555/resourceGroups/soc/providers/Microsoft.OperationalInsights/workspaces/soc'
