metadata description = 'Every right that is given, in one place: the actions of the custom roles, the built-in roles, and the condition.'

import { method, extraRights } from 'types.bicep'

@description('What AcrPull and Container Registry Repository Reader are called by: the only roles that may be granted.')
var pullRoles = '7f951dda-4ed3-4680-a7ca-43fe172d538d, b93aa761-3e63-49ed-ac28-beffa264f7ac'

@export()
@description('Lets the two pull roles be assigned to service principals (managed identities are such) and be removed from them, and nothing else. It names what is allowed, since there are ever new types of principals.')
var pullRolesOnly = '((!(ActionMatches{\'Microsoft.Authorization/roleAssignments/write\'})) OR (@Request[Microsoft.Authorization/roleAssignments:RoleDefinitionId] ForAnyOfAnyValues:GuidEquals {${pullRoles}} AND @Request[Microsoft.Authorization/roleAssignments:PrincipalType] ForAnyOfAnyValues:StringEqualsIgnoreCase {\'ServicePrincipal\'})) AND ((!(ActionMatches{\'Microsoft.Authorization/roleAssignments/delete\'})) OR (@Resource[Microsoft.Authorization/roleAssignments:RoleDefinitionId] ForAnyOfAnyValues:GuidEquals {${pullRoles}} AND @Resource[Microsoft.Authorization/roleAssignments:PrincipalType] ForAnyOfAnyValues:StringEqualsIgnoreCase {\'ServicePrincipal\'}))'

@export()
@description('The actions of the custom roles.')
var actions = {
  reading: [
    'Microsoft.Authorization/denyAssignments/read'
    'Microsoft.Authorization/permissions/read'
    'Microsoft.Authorization/roleAssignments/read'
    'Microsoft.Authorization/roleDefinitions/read'
    'Microsoft.ContainerRegistry/registries/read'
    'Microsoft.ContainerService/managedClusters/read'
    'Microsoft.EventGrid/eventSubscriptions/read'
    'Microsoft.EventGrid/systemTopics/eventSubscriptions/read'
    'Microsoft.EventGrid/systemTopics/read'
    'Microsoft.Insights/metrics/read'
    'Microsoft.Network/publicIPAddresses/read'
    'Microsoft.Network/publicIPPrefixes/read'
    'Microsoft.Resources/subscriptions/read'
  ]
  granting: [
    'Microsoft.Authorization/roleAssignments/read'
    'Microsoft.Authorization/roleAssignments/write'
    'Microsoft.Authorization/roleAssignments/delete'
  ]
  secrets: [
    'Microsoft.ContainerRegistry/registries/generateCredentials/action'
    'Microsoft.ContainerRegistry/registries/scopeMaps/delete'
    'Microsoft.ContainerRegistry/registries/scopeMaps/operationStatuses/read'
    'Microsoft.ContainerRegistry/registries/scopeMaps/read'
    'Microsoft.ContainerRegistry/registries/scopeMaps/write'
    'Microsoft.ContainerRegistry/registries/tokens/delete'
    'Microsoft.ContainerRegistry/registries/tokens/operationStatuses/read'
    'Microsoft.ContainerRegistry/registries/tokens/read'
    'Microsoft.ContainerRegistry/registries/tokens/write'
    'Microsoft.ContainerService/managedClusters/listClusterUserCredential/action'
  ]
  adminCredential: [
    'Microsoft.ContainerService/managedClusters/listClusterAdminCredential/action'
  ]
  runCommand: [
    'Microsoft.ContainerService/managedClusters/commandResults/read'
    'Microsoft.ContainerService/managedClusters/runcommand/action'
  ]
}

@export()
@description('What is done inside a cluster that asks Azure RBAC; on others it is docs/kubernetes-role.yaml.')
var dataActions = [
  'Microsoft.ContainerService/managedClusters/namespaces/read'
  'Microsoft.ContainerService/managedClusters/secrets/delete'
  'Microsoft.ContainerService/managedClusters/secrets/read'
  'Microsoft.ContainerService/managedClusters/secrets/write'
  'Microsoft.ContainerService/managedClusters/serviceaccounts/read'
  'Microsoft.ContainerService/managedClusters/serviceaccounts/write'
]

@export()
@description('The built-in roles, by what they are used for.')
var builtIn = {
  reading: 'acdd72a7-3385-48ef-bd42-f606fba81ae7' // Reader
  granting: 'f58310d9-a9f6-439a-9e8d-f62e7b41a168' // Role Based Access Control Administrator
  tokens: '3bc748fc-213d-45c1-8d91-9da5725539b9' // Container Registry Contributor and Data Access Configuration Administrator
  clusterUser: '4abbcc35-e782-43d8-92c5-2d3f1bd2253f' // Azure Kubernetes Service Cluster User Role
  clusterAdmin: '0ab0b1a8-8aac-4efd-b8c2-3ee1fb270be8' // Azure Kubernetes Service Cluster Admin Role
  runCommand: 'ed7f3fbd-7b88-4dd4-9017-9adb7ce333f8' // Azure Kubernetes Service Contributor Role
  inCluster: 'a7ffa36f-339b-4b5c-8bdf-e2c188b2c0eb' // Azure Kubernetes Service RBAC Writer
  blobs: 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b' // Storage Blob Data Owner
  deadLetters: 'ba92f5b4-2d11-453d-a403-e96b0029c9fe' // Storage Blob Data Contributor
  queueReader: '19e7f393-937e-4f77-808e-94535e297925' // Storage Queue Data Reader
  queueProcessor: '8a0f0c08-91a1-4084-bc3d-661d67233fed' // Storage Queue Data Message Processor
  queueSender: 'c6a89b2d-59bc-44d0-9896-0f6e12d7b80a' // Storage Queue Data Message Sender
  telemetry: '3913510d-42f4-4e42-8a64-420c390055eb' // Monitoring Metrics Publisher
}

@export()
@description('Whether pull roles are granted: by the method, or to the service principals behind pull secrets.')
func grants(way method, more extraRights) bool => way != 'secret' || (more.?servicePrincipals ?? false)

@export()
@description('Whether pull secrets are made.')
func makesSecrets(way method) bool => way != 'role'
