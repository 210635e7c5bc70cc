#!/bin/sh
# Prints, as the parameter existingTopics, the system topics that subscriptions already have and that are not of this
# installation. Without a subscription as an argument, it asks the one that az is signed in to.
# Usage: find-topics.sh [subscription ...]
set -eu

name=${ACR_ATTACH_NAME:-acr-attach}
[ $# -gt 0 ] || set -- "$(az account show --query id --output tsv)"

for subscription in "$@"; do
  # Azure writes the type in either case. Of the identities of a topic, one that was assigned to it comes first.
  az eventgrid system-topic list --subscription "$subscription" --output json --query "
    [?(topicType=='Microsoft.Resources.Subscriptions' || topicType=='microsoft.resources.subscriptions')
      && !starts_with(name, 'evgt-$name-')].{
        subscriptionId: '$subscription', resourceGroup: resourceGroup, name: name,
        principalId: values(identity.userAssignedIdentities || \`{}\`)[0].principalId || identity.principalId,
        userAssignedIdentity: keys(identity.userAssignedIdentities || \`{}\`)[0]}"
done | jq --slurp --compact-output 'add // [] | map(with_entries(select(.value != null)))'
