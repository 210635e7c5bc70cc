metadata description = 'What the parameters of the templates may be: the types that hold their limits.'

@export()
@description('A whole subscription whose clusters and registries are looked after.')
type subscriptionScope = {
  @description('Says that a whole subscription is meant.')
  kind: 'subscription'

  @description('The id of the subscription.')
  @minLength(36)
  @maxLength(36)
  subscriptionId: string
}

@export()
@description('One resource group whose clusters and registries are looked after.')
type resourceGroupScope = {
  @description('Says that a resource group is meant.')
  kind: 'resourceGroup'

  @description('The id of its subscription.')
  @minLength(36)
  @maxLength(36)
  subscriptionId: string

  @description('The name of the resource group.')
  @minLength(1)
  @maxLength(90)
  resourceGroup: string
}

@export()
@description('One registry. The clusters that pull from it need a scope of their own: their subscription or resource group.')
type registryScope = {
  @description('Says that one registry is meant.')
  kind: 'registry'

  @description('The id of its subscription.')
  @minLength(36)
  @maxLength(36)
  subscriptionId: string

  @description('The name of its resource group.')
  @minLength(1)
  @maxLength(90)
  resourceGroup: string

  @description('The name of the registry.')
  @minLength(5)
  @maxLength(50)
  registry: string
}

@export()
@description('Where rights are given and events are heard.')
@discriminator('kind')
type scope = subscriptionScope | resourceGroupScope | registryScope

@export()
@description('How clusters are let in: by a role at the registry, by a pull secret in the cluster, or by either. Decides which rights are given.')
type method = 'role' | 'secret' | 'both'

@export()
@description('Where our own rights come from: custom roles of exactly the actions that are needed; the same with the built-in Role Based Access Control Administrator for granting; or built-in roles alone, where custom ones are forbidden.')
type roleSource = 'custom' | 'custom-but-granting' | 'built-in'

@export()
@description('What the pull secrets may do beyond the rights of the method. Each is a right of its own, and off by default.')
type extraRights = {
  @description('Whether credentials may be service principals, whose pull roles have to be granted. The directory right is given by an administrator: see docs/permissions.md.')
  servicePrincipals: bool?

  @description('Whether a cluster that refuses the identity is reached by its admin credential.')
  adminCredential: bool?

  @description('Whether a cluster with a private API server is reached by AKS Run Command.')
  runCommand: bool?
}

@export()
@description('How events come: through a storage queue, where they wait while the app is away, or straight to the function.')
type delivery = 'queue' | 'function'

@export()
@description('What runs the functions: the executable as a custom handler; the same on the stack java, where a region refuses the stack custom; or the Java worker.')
type worker = 'custom' | 'custom-on-java' | 'java'

@export()
@description('Whether the storage account answers everywhere, or in a virtual network of its own.')
type network = 'public' | 'private'

@export()
@description('The system topic that a subscription already has. It is used, and never changed.')
type existingTopic = {
  @description('The id of the subscription whose events it has.')
  @minLength(36)
  @maxLength(36)
  subscriptionId: string

  @description('The name of its resource group.')
  @minLength(1)
  @maxLength(90)
  resourceGroup: string

  @description('The name of the topic.')
  @minLength(3)
  @maxLength(128)
  name: string

  @description('The object id of the identity that the topic delivers with. A topic without one can deliver to the function alone.')
  @minLength(36)
  @maxLength(36)
  principalId: string?

  @description('The resource id of that identity, where it is user-assigned; left out, it is the system-assigned one.')
  @minLength(1)
  userAssignedIdentity: string?
}

@export()
@description('One side of a pairing rule: which clusters, or which registries. At least one criterion; to mean every one, names of *.')
type ruleSide = {
  @description('Ids of subscriptions; left out, that of the other side.')
  subscriptions: subscriptionIds?

  @description('Patterns of names of resource groups.')
  resourceGroups: patterns?

  @description('Patterns of names.')
  names: patterns?

  @description('Tags as name=pattern.')
  tags: patterns?

  @description('Patterns of names that are left out.')
  excludedNames: patterns?

  @description('Tags as name=pattern; what carries any of them is left out.')
  excludedTags: patterns?
}

@description('The id of a subscription.')
@minLength(36)
@maxLength(36)
type subscriptionId = string

@description('Ids of subscriptions.')
@minLength(1)
type subscriptionIds = subscriptionId[]

@description('A pattern, in which * stands for any characters and ? for one.')
@minLength(1)
type pattern = string

@description('Patterns, one of which has to match.')
@minLength(1)
type patterns = pattern[]

@export()
@description('How the pull secret of a rule is made: docs/configuration.md.')
type ruleSecret = {
  @description('What it is made of.')
  credential: ('acr-token' | 'service-principal')?

  @description('Patterns of the repositories that an ACR token may pull.')
  repositories: patterns?

  @description('Patterns of the namespaces that get it.')
  namespaces: patterns?

  @description('Patterns of the namespaces that do not.')
  excludedNamespaces: patterns?

  @description('Labels as name=pattern, each of which a namespace must carry.')
  namespaceLabels: patterns?

  @description('Patterns of the service accounts that refer to it.')
  serviceAccounts: patterns?

  @description('How many days a password is valid.')
  @minValue(1)
  @maxValue(730)
  lifetimeDays: int?

  @description('After how many hundredths of that it is replaced.')
  @minValue(1)
  @maxValue(99)
  renewAfterPercent: int?
}

@export()
@description('Which clusters pull from which registries, and by which method: docs/configuration.md.')
type rule = {
  @description('Capital letters and digits, a letter first. Rules are asked in the order of their names.')
  @minLength(1)
  @maxLength(40)
  name: string

  @description('The clusters.')
  clusters: ruleSide

  @description('The registries.')
  registries: ruleSide

  @description('Tags that both sides must carry with the same value.')
  joinOnTags: patterns?

  @description('By which method; left out, role.')
  method: ('role' | 'secret' | 'auto')?

  @description('Pairs that are left out, as cluster/registry.')
  excludedPairs: patterns?

  @description('How a pull secret is made, where one is.')
  secret: ruleSecret?
}

@export()
@description('When the alerts speak.')
type alertThresholds = {
  @description('How many refusals in an hour.')
  @minValue(0)
  @maxValue(100000)
  refused: int

  @description('How many pairs that have been postponed for an hour.')
  @minValue(0)
  @maxValue(100000)
  postponed: int

  @description('How many days before a pull secret expires.')
  @minValue(1)
  @maxValue(90)
  expiryDays: int

  @description('How many messages in the poison queue.')
  @minValue(0)
  @maxValue(100000)
  poison: int

  @description('How many dead letters.')
  @minValue(0)
  @maxValue(100000)
  deadLetters: int

  @description('For how many hours there was no run of the timer.')
  timerHours: 2 | 3 | 4 | 5 | 6
}

@export()
@description('How much memory an instance has, in megabytes: what Flex Consumption offers.')
type instanceMemory = 512 | 2048 | 4096

@export()
@description('Tags of the resources.')
type tags = {
  @description('The value of a tag.')
  *: string
}

@export()
@description('A role that is given.')
type given = {
  @description('The GUID of the role.')
  @minLength(36)
  @maxLength(36)
  role: string

  @description('The condition under which it is given; empty: none.')
  condition: string
}
