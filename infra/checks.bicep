metadata description = 'What no type can say of a parameter. A parameter that cannot be meant ends the deployment, with its name and a sentence.'

import { hasNoneOf, isGroup, isMadeOf, isTag, oddNamesOf } from 'naming.bicep'
import { existingTopic, delivery, extraRights, method, network, rule, ruleSide, scope, tags } from 'types.bicep'

@description('Whether a text is a GUID.')
func isGuid(text string) bool =>
  length(text) == 36 && join(map(split(text, '-'), part => length(part)), '-') == '8-4-4-4-12' && isMadeOf(
    toLower(text),
    '0123456789abcdef-'
  )

@description('Whether the parts of a text, between slashes, are those of the id of a resource of a type.')
func isIdOf(parts string[], type string) bool =>
  length(parts) == 9 && empty(parts[0]) && toLower('${parts[1]}/${parts[3]}/${parts[5]}') == 'subscriptions/resourcegroups/providers' && isGuid(parts[2]) && isGroup(parts[4]) && toLower('${parts[6]}/${parts[7]}') == toLower(type) && !empty(parts[8])

@export()
@description('A resource id of a type; empty: none.')
func checkedId(parameter string, type string, id string) string =>
  empty(id) || isIdOf(split(id, '/'), type)
    ? id
    : fail('${parameter}: "${id}" is no resource id of the type ${type}, which is /subscriptions/../resourceGroups/../providers/${type}/..')

@export()
@description('The object id of an identity.')
func checkedObjectId(parameter string, id string) string =>
  isGuid(id) ? id : fail('${parameter}: "${id}" is no object id, which is a GUID.')

@export()
@description('The name of the resource group.')
func checkedGroup(name string) string =>
  isGroup(name)
    ? name
    : fail('resourceGroupName: "${name}" can have letters, digits and - _ . ( ), and no . at the end.')

@description('Whether a tag can be called so and hold that, in a storage account, too, where its name is shorter.')
func isTagOfResources(name string, value string) bool =>
  isTag(name) && length(name) <= 128 && length(value) <= 256 && !startsWith(toLower(name), 'microsoft') && !startsWith(
    toLower(name),
    'azure'
  ) && !startsWith(toLower(name), 'windows')

@export()
@description('Tags, one fewer than a resource takes: azd finds the app by one of ours.')
func checkedTags(given tags) tags =>
  length(items(given)) > 49
    ? fail('tags: there are ${length(items(given))} of them, and 49 at most.')
    : !empty(filter(items(given), tag => !isTagOfResources(tag.key, tag.value)))
        ? fail('tags: "${first(map(filter(items(given), tag => !isTagOfResources(tag.key, tag.value)), tag => tag.key))}" is no tag that all resources take: 128 characters, but none of < > % & \\ ? / *, its value 256, and it does not begin with microsoft, azure or windows.')
        : contains(given, 'azd-service-name') ? fail('tags: azd-service-name is ours.') : given

@export()
@description('The addresses of the network, where there is one: what its two subnets need.')
func checkedAddresses(prefix string, where network) string =>
  where == 'public'
    ? prefix
    : length(split(prefix, '/')) != 2 || !isMadeOf(prefix, '0123456789./')
        ? fail('vnetAddressPrefix: "${prefix}" is no range of addresses, such as 10.71.0.0/24.')
        : parseCidr(prefix).cidr > 24
            ? fail('vnetAddressPrefix: "${prefix}" is smaller than a /24.')
            : parseCidr(prefix).network != first(split(prefix, '/'))
                ? fail('vnetAddressPrefix: "${prefix}" does not begin where its range does, at ${parseCidr(prefix).network}.')
                : prefix

@export()
@description('The name of the installation, from which all other names are made.')
func checkedName(name string) string =>
  isMadeOf(name, 'abcdefghijklmnopqrstuvwxyz0123456789-') && !startsWith(name, '-') && !endsWith(name, '-') && isMadeOf(
      take(name, 1),
      'abcdefghijklmnopqrstuvwxyz'
    )
    ? name
    : fail('name: "${name}" has to be small letters, digits and hyphens, a letter first and no hyphen last.')

@description('What keeps a scope from being one.')
func scopeComplaint(each scope) string =>
  !isGuid(each.subscriptionId)
    ? '"${each.subscriptionId}" is no id of a subscription.'
    : each.kind != 'subscription' && !isGroup(each.?resourceGroup ?? '')
        ? '"${each.?resourceGroup}" is no name of a resource group.'
        : each.kind == 'registry' && !isMadeOf(toLower(each.?registry ?? ''), 'abcdefghijklmnopqrstuvwxyz0123456789')
            ? '"${each.?registry}" is no name of a registry, which has letters and digits alone.'
            : ''

@description('A scope in words, in which the order of its properties does not matter.')
func scopeKey(each scope) string => toLower('${each.subscriptionId}/${each.?resourceGroup}/${each.?registry}')

@export()
@description('The scopes, each of which can be one, and none of which is named twice.')
func checkedScopes(scopes scope[]) scope[] =>
  !empty(join(map(scopes, each => scopeComplaint(each)), ''))
    ? fail('scopes: ${first(filter(map(scopes, each => scopeComplaint(each)), complaint => !empty(complaint)))}')
    : length(union(map(scopes, each => scopeKey(each)), [])) != length(scopes) ? fail('scopes: one of them is named twice.') : scopes

@export()
@description('The subscriptions of the scopes, each of them once.')
func subscriptionsOf(scopes scope[]) string[] => union(map(scopes, each => toLower(each.subscriptionId)), [])

@description('What keeps a topic from being used.')
func topicComplaint(topic existingTopic, way delivery) string =>
  !isGuid(topic.subscriptionId)
    ? '"${topic.subscriptionId}" is no id of a subscription.'
    : topic.?principalId == null && way == 'queue'
        ? 'the topic ${topic.name} has no identity that events could be delivered to a queue with, and it is not ours to change. Let its owner give it one (az rest --method patch --url \'/subscriptions/${topic.subscriptionId}/resourceGroups/${topic.resourceGroup}/providers/Microsoft.EventGrid/systemTopics/${topic.name}?api-version=2025-02-15\' --body \'{"identity":{"type":"SystemAssigned"}}\') and set principalId to the one that this prints, or set delivery to function.'
        : topic.?principalId != null && !isGuid(topic.?principalId ?? '')
            ? 'the principalId of the topic ${topic.name} is no object id.'
            : !isGroup(topic.resourceGroup) || !isMadeOf(toLower(topic.name), 'abcdefghijklmnopqrstuvwxyz0123456789-')
                ? '"${topic.resourceGroup}" and "${topic.name}" are no resource group and topic.'
                : topic.?userAssignedIdentity != null && !isIdOf(
                      split(topic.?userAssignedIdentity ?? '', '/'),
                      'Microsoft.ManagedIdentity/userAssignedIdentities'
                    )
                    ? 'the userAssignedIdentity of the topic ${topic.name} is no resource id of one.'
                    : ''

@export()
@description('The topics that are there already, each of which can be delivered from.')
func checkedTopics(topics existingTopic[], way delivery) existingTopic[] =>
  empty(join(map(topics, topic => topicComplaint(topic, way)), ''))
    ? length(union(map(topics, topic => toLower(topic.subscriptionId)), [])) == length(topics) ? topics : fail('existingTopics: a subscription has one system topic at most, and two are named for one.')
    : fail('existingTopics: ${first(filter(map(topics, topic => topicComplaint(topic, way)), complaint => !empty(complaint)))}')

@description('All that a side names.')
func namedBy(side ruleSide) string[] =>
  concat(side.?subscriptions ?? [], side.?resourceGroups ?? [], side.?names ?? [], side.?tags ?? [])

@description('All that a rule names.')
func namedByRule(each rule) string[] =>
  concat(
    namedBy(each.clusters),
    namedBy(each.registries),
    each.?joinOnTags ?? [],
    each.clusters.?excludedNames ?? [],
    each.clusters.?excludedTags ?? [],
    each.registries.?excludedNames ?? [],
    each.registries.?excludedTags ?? [],
    each.?excludedPairs ?? [],
    each.?secret.?repositories ?? [],
    each.?secret.?namespaces ?? [],
    each.?secret.?excludedNamespaces ?? [],
    each.?secret.?namespaceLabels ?? [],
    each.?secret.?serviceAccounts ?? []
  )

@description('The minutes that are left of the lifetime of a password when it is due.')
func minutesLeft(each rule) int =>
  (each.?secret.?lifetimeDays ?? 90) * 1440 * (100 - (each.?secret.?renewAfterPercent ?? 66)) / 100

@description('What keeps a rule from being meant.')
func ruleComplaint(each rule, way method, more extraRights) string =>
  !isMadeOf(each.name, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789') || isMadeOf(take(each.name, 1), '0123456789')
    ? 'the name "${each.name}" has to be capital letters and digits, a letter first.'
    : empty(namedBy(each.clusters)) || empty(namedBy(each.registries))
        ? '${each.name} selects nothing in particular on one side; to mean every one, say so: names of *.'
        : !empty(filter(namedByRule(each), text => contains(text, ',') || empty(trim(text))))
            ? '${each.name} has a value that is empty or has a comma in it, which parts values: make two of it.'
            : !empty(filter(
                  concat(each.clusters.?subscriptions ?? [], each.registries.?subscriptions ?? []),
                  id => !isGuid(id)
                ))
                ? '${each.name} names a subscription that is no GUID.'
                : !empty(oddNamesOf(each))
                    ? '${each.name} has ${first(oddNamesOf(each))}. docs/configuration.md says what names can be.'
                    : way == 'role' && (each.?method ?? 'role') != 'role'
                        ? '${each.name} makes pull secrets, for which the method "role" gives no right: set method to both.'
                        : way == 'secret' && (each.?method ?? 'role') != 'secret'
                            ? '${each.name} grants roles, for which the method "secret" gives no right: set method to both.'
                            : each.?secret.?credential == 'service-principal' && !(more.?servicePrincipals ?? false)
                                ? '${each.name} makes service principals: set servicePrincipals of extraRights to true.'
                                : minutesLeft(each) < 127
                                    ? '${each.name} leaves ${minutesLeft(each)} minutes to renew a password, and it takes 127: set renewAfterPercent to less, or lifetimeDays to more.'
                                    : ''

@export()
@description('The rules, each of which can be meant and has the rights that it needs.')
func checkedRules(rules rule[], way method, more extraRights) rule[] =>
  !empty(join(map(rules, each => ruleComplaint(each, way, more)), ''))
    ? fail('rules: ${first(filter(map(rules, each => ruleComplaint(each, way, more)), complaint => !empty(complaint)))}')
    : length(union(map(rules, each => each.name), [])) != length(rules) ? fail('rules: two of them have the same name.') : rules

@export()
@description('What pull secrets may do beyond the rights of the method: nothing, where none are made.')
func checkedExtraRights(more extraRights, way method) extraRights =>
  way == 'role' && ((more.?servicePrincipals ?? false) || (more.?adminCredential ?? false) || (more.?runCommand ?? false))
    ? fail('extraRights: these are for pull secrets, of which the method "role" makes none: set method to secret or both.')
    : more

@export()
@description('The clusters that are named for Run Command, where there is such a thing.')
func checkedEntraClusters(clusters string[], more extraRights) string[] =>
  !empty(clusters) && !(more.?runCommand ?? false)
    ? fail('runCommandEntraClusters: without runCommand of extraRights, no cluster is reached so.')
    : !empty(filter(clusters, text => contains(text, ',') || empty(trim(text))))
        ? fail('runCommandEntraClusters: a value is empty or has a comma in it, which parts values: make two of it.')
        : clusters

@export()
@description('Where the package is: what is run is not fetched by anything but https.')
func checkedUri(uri string) string =>
  empty(uri) || startsWith(toLower(uri), 'https://') && length(uri) > 8 && hasNoneOf(uri, ' "<>')
    ? uri
    : fail('packageUri: "${first(split(uri, '?'))}" is no https URL.')
