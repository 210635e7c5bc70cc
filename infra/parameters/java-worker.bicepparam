// The Java worker, for those who may not run custom handlers.
using '../main.bicep'

param rules = [
  {
    name: 'TEAM'
    clusters: { tags: ['team=*'] }
    registries: { tags: ['team=*'] }
    joinOnTags: ['team']
  }
]

param worker = 'java'
