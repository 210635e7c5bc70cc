#!/bin/sh
# Prints, as the parameter existingTopics, the system topics that subscriptions already have and that are not of this
# installation. Without a subscription as an argument, it asks the one that az is signed in to.
# Usage: find-topics.sh [subscription ...]
set -eu

name=${ACR_ATTACH_NAME:-acr-attach}
[ $# -gt 0 ] || set -- "$(az account show --query id --output tsv)"

# Not by a pipe, which would take what az could not read for an empty list.
found=$(for subscription in "$@"; do
  az eventgrid system-topic list --subscription "$subscription" --output json
done)

# Azure writes the type in either case. The name of another installation's topic may begin as that of this one's does.
# Of the identities of a topic, one that was assigned to it comes first.
printf '%s' "$found" | jq --slurp --compact-output --arg ours "^evgt-$name-[a-z0-9]{13}\$" '
  add // []
  | map(select((.topicType | ascii_downcase) == "microsoft.resources.subscriptions" and (.name | test($ours) | not))
    | (.identity.userAssignedIdentities // {} | to_entries | first // {}) as $assigned
    | {
        subscriptionId: (.id | split("/")[2]), resourceGroup, name,
        principalId: ($assigned.value.principalId // .identity.principalId),
        userAssignedIdentity: $assigned.key
      }
    | with_entries(select(.value != null and .value != "")))'
