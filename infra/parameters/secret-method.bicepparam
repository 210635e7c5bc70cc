// Pull secrets instead of roles, into private clusters too.
using '../main.bicep'

param method = 'secret'
param extraRights = { runCommand: true }
param rules = [
  {
    name: 'TEAM'
    clusters: { resourceGroups: ['rg-shop-*'] }
    registries: { names: ['acrshop'] }
    method: 'secret'
    secret: {
      namespaces: ['shop', 'shop-*']
      serviceAccounts: ['default']
      lifetimeDays: 30
      renewAfterPercent: 5
    }
  }
]
