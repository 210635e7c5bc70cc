// What azd deploys: change it here, or by azd env set.
using 'main.bicep'

param name = readEnvironmentVariable('ACR_ATTACH_NAME', 'acr-attach')
param location = readEnvironmentVariable('AZURE_LOCATION', 'westeurope')
param delivery = readEnvironmentVariable('ACR_ATTACH_DELIVERY', 'queue')
param worker = readEnvironmentVariable('ACR_ATTACH_WORKER', 'custom')
param packageUri = readEnvironmentVariable('ACR_ATTACH_PACKAGE_URI', '')
param codeDeployed = bool(readEnvironmentVariable('ACR_ATTACH_CODE_DEPLOYED', 'false'))
// Written by infra/hooks/remember-topics.sh.
param existingTopics = json(readEnvironmentVariable('ACR_ATTACH_EXISTING_TOPICS', '[]'))
param rules = []
