// The other half, for a Contributor on the resource group.
using '../workload.bicep'

param rules = [
  {
    name: 'TEAM'
    clusters: { tags: ['team=*'] }
    registries: { tags: ['team=*'] }
    joinOnTags: ['team']
  }
]
