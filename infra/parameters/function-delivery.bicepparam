// Event Grid calls the function, and the code comes from a URL in the same deployment.
using '../main.bicep'

param rules = [
  {
    name: 'TEAM'
    clusters: { tags: ['team=*'] }
    registries: { tags: ['team=*'] }
    joinOnTags: ['team']
  }
]

param delivery = 'function'
param packageUri = 'https://example.com/acr-attach.zip'
