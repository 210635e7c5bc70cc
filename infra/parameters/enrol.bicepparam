// One more subscription for an installation that is there.
using '../enrol.bicep'

param principalId = '33333333-4444-4555-8666-777777777777'
param senderId = '/subscriptions/11111111-2222-4333-8444-555555555555/resourceGroups/rg-acr-attach/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-acr-attach-events'
param storageAccountId = '/subscriptions/11111111-2222-4333-8444-555555555555/resourceGroups/rg-acr-attach/providers/Microsoft.Storage/storageAccounts/stacrattachexample'
param appId = '/subscriptions/11111111-2222-4333-8444-555555555555/resourceGroups/rg-acr-attach/providers/Microsoft.Web/sites/func-acr-attach-example'
