metadata description = 'What no type can say of a parameter. A parameter that cannot be meant ends the deployment, with its name and a sentence.'

import { existingTopic, delivery, extraRights, method, rule, ruleSide, scope } from 'types.bicep'

@description('Whether a text is made of some characters alone.')
func isMadeOf(text string, characters string) bool =>
  empty(filter(range(0, length(text)), i => !contains(characters, substring(text, i, 1))))

@description('Whether a text is a GUID.')
func isGuid(text string) bool =>
  length(text) == 36 && length(replace(text, '-', '')) == 32 && isMadeOf(toLower(text), '0123456789abcdef-')

@export()
@description('The name of the installation, from which all other names are made.')
func checkedName(name string) string =>
  isMadeOf(name, 'abcdefghijklmnopqrstuvwxyz0123456789-') && !startsWith(name, '-') && !endsWith(name, '-') && isMadeOf(
      take(name, 1),
      'abcdefghijklmnopqrstuvwxyz'
    )
    ? name
    : fail('name: "${name}" has to be small letters, digits and hyphens, a letter first and no hyphen last.')

@export()
@description('The scopes, each of which is in a subscription that has a GUID, and none of which is named twice.')
func checkedScopes(scopes scope[]) scope[] =>
  !empty(filter(map(scopes, each => each.subscriptionId), id => !isGuid(id)))
    ? fail('scopes: "${first(filter(map(scopes, each => each.subscriptionId), id => !isGuid(id)))}" is no id of a subscription.')
    : length(union(map(scopes, each => toLower(string(each))), [])) != length(scopes) ? fail('scopes: one of them is named twice.') : scopes

@export()
@description('The subscriptions of the scopes, each of them once.')
func subscriptionsOf(scopes scope[]) string[] => union(map(scopes, each => toLower(each.subscriptionId)), [])

@description('What keeps a topic from being used.')
func topicComplaint(topic existingTopic, way delivery) string =>
  !isGuid(topic.subscriptionId)
    ? '"${topic.subscriptionId}" is no id of a subscription.'
    : topic.?principalId == null && way == 'queue'
        ? 'the topic ${topic.name} has no identity that events could be delivered to a queue with, and it is not ours to change. Let its owner give it one (az eventgrid system-topic update --name ${topic.name} --resource-group ${topic.resourceGroup} --subscription ${topic.subscriptionId} --identity systemassigned) and set principalId to what that prints, or set delivery to function.'
        : topic.?principalId != null && !isGuid(topic.?principalId ?? '')
            ? 'the principalId of the topic ${topic.name} is no object id.'
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
    each.?secret.?repositories ?? [],
    each.?secret.?namespaces ?? [],
    each.?secret.?excludedNamespaces ?? [],
    each.?secret.?namespaceLabels ?? [],
    each.?secret.?serviceAccounts ?? []
  )

@description('What a rule names as name=pattern.')
func pairsOf(each rule) string[] =>
  concat(each.clusters.?tags ?? [], each.registries.?tags ?? [], each.?secret.?namespaceLabels ?? [])

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
                : !empty(filter(pairsOf(each), text => indexOf(text, '=') < 1))
                    ? '${each.name} has a tag or a label that is not written as name=pattern.'
                    : way == 'role' && (each.?method ?? 'role') != 'role'
                        ? '${each.name} makes pull secrets, for which the method "role" gives no right: set method to both.'
                        : way == 'secret' && (each.?method ?? 'role') != 'secret'
                            ? '${each.name} grants roles, for which the method "secret" gives no right: set method to both.'
                            : each.?secret.?credential == 'service-principal' && !(more.?servicePrincipals ?? false)
                                ? '${each.name} makes service principals: set servicePrincipals of extraRights to true.'
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
  empty(uri) || startsWith(toLower(uri), 'https://') ? uri : fail('packageUri: "${uri}" is no https URL.')
