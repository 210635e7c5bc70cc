// One subscription, clusters let in by a role: what you get when you say nothing but which pairs belong together.
using '../main.bicep'

param rules = [
  {
    name: 'TEAM'
    clusters: { tags: ['team=*'] }
    registries: { tags: ['team=*'] }
    joinOnTags: ['team']
  }
]
