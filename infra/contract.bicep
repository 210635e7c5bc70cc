metadata description = 'What the templates and the program have to agree on. Tests compare each of these with the program.'

@export()
@description('The version of these templates and of the program that belongs to them.')
var version = '0.1.0-SNAPSHOT'

@export()
@description('The function that Event Grid calls where events are delivered to it.')
var eventFunction = 'ResourceChanged'

@export()
@description('The queue that holds the events for the function ResourceChangeQueued.')
var eventQueue = 'acr-attach-events'

@export()
@description('Where the host puts a message that the function did not take. The host does not make it.')
var poisonQueue = 'acr-attach-events-poison'

@export()
@description('The blob container for events that could not be delivered.')
var deadLetterContainer = 'acr-attach-dead-letters'

@export()
@description('The blob container that the app is started from.')
var packageContainer = 'acr-attach-package'

@export()
@description('The types of events that are heard. An action, such as the start of a cluster, is neither a write nor a delete; what fails half way may have left a cluster that runs.')
var eventTypes = [
  'Microsoft.Resources.ResourceWriteSuccess'
  'Microsoft.Resources.ResourceWriteFailure'
  'Microsoft.Resources.ResourceWriteCancel'
  'Microsoft.Resources.ResourceDeleteSuccess'
  'Microsoft.Resources.ResourceActionSuccess'
]

@export()
@description('The operations that are heard, by data.operationName.')
var operations = [
  'Microsoft.ContainerService/managedClusters/write'
  'Microsoft.ContainerService/managedClusters/delete'
  'Microsoft.ContainerService/managedClusters/start/action'
  'Microsoft.ContainerService/managedClusters/resetServicePrincipalProfile/action'
  'Microsoft.ContainerRegistry/registries/write'
  'Microsoft.ContainerRegistry/registries/delete'
  'Microsoft.Resources/tags/write'
  'Microsoft.Resources/tags/delete'
]

@export()
@description('What the subject of an event must contain: tags are set on everything.')
var subjects = [
  '/providers/Microsoft.ContainerService/managedClusters/'
  '/providers/Microsoft.ContainerRegistry/registries/'
]
