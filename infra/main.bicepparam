// What azd deploys: change it here, or by azd env set.
using 'main.bicep'

param name = readEnvironmentVariable('ACR_ATTACH_NAME', 'acr-attach')
param location = readEnvironmentVariable('AZURE_LOCATION', 'westeurope')
param delivery = readEnvironmentVariable('ACR_ATTACH_DELIVERY', 'queue')
param worker = readEnvironmentVariable('ACR_ATTACH_WORKER', 'custom')
param packageUri = readEnvironmentVariable('ACR_ATTACH_PACKAGE_URI', '')
param codeDeployed = bool(readEnvironmentVariable('ACR_ATTACH_CODE_DEPLOYED', 'false'))
param scopes = [
  {
    kind: 'subscription'
    subscriptionId: readEnvironmentVariable('AZURE_SUBSCRIPTION_ID', '00000000-0000-0000-0000-000000000000')
  }
]
// Written by infra/hooks/remember-topics.sh, which looks in subscriptions that are in no scope, too.
param existingTopics = filter(
  json(readEnvironmentVariable('ACR_ATTACH_EXISTING_TOPICS', '[]')),
  topic => contains(map(scopes, scope => toLower(scope.subscriptionId)), toLower(topic.subscriptionId))
)
param rules = []
