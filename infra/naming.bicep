metadata description = 'What things can be called: a rule with a name that nothing can have ends the deployment, and not the start of the program, which reads names in the same way.'

import { rule, ruleSide } from 'types.bicep'

@description('Small letters and digits.')
var small = 'abcdefghijklmnopqrstuvwxyz0123456789'

@description('Letters and digits.')
var letters = '${small}ABCDEFGHIJKLMNOPQRSTUVWXYZ'

@description('What no name of a resource group has in it. It is the only one that takes letters of any alphabet.')
var notInGroups = ' !"#$%&\'+,/:;<=>@[\\]^`{|}~'

@export()
@description('Whether a text is made of some characters alone.')
func isMadeOf(text string, characters string) bool =>
  empty(filter(range(0, length(text)), i => !contains(characters, substring(text, i, 1))))

@export()
@description('Whether a text has none of some characters.')
func hasNoneOf(text string, characters string) bool =>
  empty(filter(range(0, length(text)), i => contains(characters, substring(text, i, 1))))

@description('Whether a pattern has a length that a name can have.')
func fits(text string, shortest int, longest int) bool =>
  length(replace(text, '*', '')) <= longest && (contains(text, '*') || length(text) >= shortest)

@description('Whether a pattern neither begins nor ends with one of some characters.')
func hasEdgesWithout(text string, characters string) bool =>
  hasNoneOf('${take(text, 1)}${skip(text, max(0, length(text) - 1))}', characters)

@description('Whether a cluster can be called so.')
func isCluster(text string) bool => isMadeOf(text, '${letters}-_*?') && fits(text, 1, 63) && hasEdgesWithout(text, '-_')

@description('Whether a registry can be called so.')
func isRegistry(text string) bool => isMadeOf(text, '${letters}*?') && fits(text, 5, 50)

@export()
@description('Whether a resource group can be called so.')
func isGroup(text string) bool => hasNoneOf(text, notInGroups) && fits(text, 1, 90) && !endsWith(text, '.')

@export()
@description('Whether a tag can be called so. The name of a hidden one holds the id of a resource.')
func isTag(text string) bool => hasNoneOf(text, startsWith(text, 'hidden-') ? '*' : '<>%&?/\\*') && fits(text, 1, 512)

@description('Whether it is the name of a tag and a pattern of its value.')
func isTagPattern(text string) bool =>
  indexOf(text, '=') > 0 && isTag(split(text, '=')[0]) && fits(skip(text, indexOf(text, '=') + 1), 0, 256)

@description('Whether a namespace can be called so. A pattern means none of the system.')
func isNamespace(text string) bool => isMadeOf(text, '${small}-*?') && fits(text, 1, 63) && hasEdgesWithout(text, '-')

@description('Whether it is the key of a label and a pattern of its value.')
func isLabelPattern(text string) bool =>
  indexOf(text, '=') > 0 && isMadeOf(split(text, '=')[0], '${letters}-_./') && isMadeOf(
    skip(text, indexOf(text, '=') + 1),
    '${letters}-_.*?'
  ) && fits(skip(text, indexOf(text, '=') + 1), 0, 63)

@description('Whether a service account can be called so.')
func isServiceAccount(text string) bool =>
  isMadeOf(text, '${small}-.*?') && fits(text, 1, 253) && hasEdgesWithout(text, '-.')

@description('Whether a repository can be called so, or all below a path.')
func isRepository(text string) bool =>
  text == '*' || isMadeOf(endsWith(text, '/*') ? take(text, length(text) - 2) : text, '${small}-_./') && fits(
    text,
    1,
    256
  ) && hasEdgesWithout(endsWith(text, '/*') ? take(text, length(text) - 2) : text, '-_./') && !contains(
    text,
    'azurecr.'
  )

@description('Whether it is a cluster and a registry, with a slash between.')
func isPair(text string) bool =>
  length(split(text, '/')) == 2 && isCluster(trim(first(split(text, '/')))) && isRegistry(trim(last(split(text, '/'))))

@description('What a side names that nothing can be called.')
func oddOfSide(side ruleSide) string[] =>
  concat(
    map(
      filter(side.?resourceGroups ?? [], text => !isGroup(trim(text))),
      text => '"${text}", which no resource group can be called'
    ),
    map(
      filter(concat(side.?tags ?? [], side.?excludedTags ?? []), text => !isTagPattern(trim(text))),
      text => '"${text}", which is no name=pattern of a tag'
    )
  )

@description('What a rule names of pull secrets that nothing can be called.')
func oddOfSecret(each rule) string[] =>
  concat(
    map(
      filter(
        concat(each.?secret.?namespaces ?? [], each.?secret.?excludedNamespaces ?? []),
        text => !isNamespace(trim(text))
      ),
      text => '"${text}", which no namespace can be called'
    ),
    map(
      filter(each.?secret.?namespaces ?? [], text => startsWith(trim(text), 'kube-') && contains(text, '*')),
      text =>
        '"${text}", which only namespaces of the system match: a pattern never means one, so name each that is meant'
    ),
    map(
      filter(each.?secret.?namespaceLabels ?? [], text => !isLabelPattern(trim(text))),
      text => '"${text}", which is no name=pattern of a label'
    ),
    map(
      filter(each.?secret.?serviceAccounts ?? [], text => !isServiceAccount(trim(text))),
      text => '"${text}", which no service account can be called'
    ),
    map(
      filter(each.?secret.?repositories ?? [], text => !isRepository(trim(text))),
      text => '"${text}", which no repository can be called'
    )
  )

@export()
@description('What a rule names that nothing can be called, in words.')
func oddNamesOf(each rule) string[] =>
  concat(
    map(
      filter(concat(each.clusters.?names ?? [], each.clusters.?excludedNames ?? []), text => !isCluster(trim(text))),
      text => '"${text}", which no cluster can be called'
    ),
    map(
      filter(
        concat(each.registries.?names ?? [], each.registries.?excludedNames ?? []),
        text => !isRegistry(trim(text))
      ),
      text => '"${text}", which no registry can be called'
    ),
    map(filter(each.?excludedPairs ?? [], text => !isPair(text)), text => '"${text}", which is no cluster/registry'),
    map(
      filter(each.?joinOnTags ?? [], text => contains(text, '=') || !isTag(trim(text))),
      text => '"${text}", which no tag can be called'
    ),
    oddOfSide(each.clusters),
    oddOfSide(each.registries),
    oddOfSecret(each)
  )
