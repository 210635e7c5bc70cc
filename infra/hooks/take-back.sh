#!/bin/sh
# azd, before it takes down: takes back what lies outside the resource group of the app, and would be left: event
# subscriptions under somebody else's topic, role assignments, custom roles, and the resource groups for topics in other
# subscriptions. What was granted to clusters stays: docs/install.md says how to take that back first.
set -eu

here=$(dirname "$0")
# A deployment that ended half way has no outputs: then things are called what the templates call them.
ACR_ATTACH_NAME=${ACR_ATTACH_NAME:-acr-attach}
export ACR_ATTACH_NAME
name=$ACR_ATTACH_NAME
group=${AZURE_RESOURCE_GROUP:-rg-$name}
home=${AZURE_SUBSCRIPTION_ID:?}
principal=${ACR_ATTACH_PRINCIPAL_ID:-}
subscriptions=$(echo "${ACR_ATTACH_SUBSCRIPTIONS:-$home}" | tr ',' ' ')

exists=$(az group exists --subscription "$home" --name "$group")
if [ "$exists" = true ]; then
  locks=$(az lock list --subscription "$home" --resource-group "$group" --query '[].id' --output tsv)
  if [ -n "$locks" ]; then
    echo "Nothing was taken back: these locks forbid it. Whoever has set them may remove them by: az lock delete --ids <id>" >&2
    echo "$locks" >&2
    exit 1
  fi
  [ -n "$principal" ] || principal=$(az identity list --subscription "$home" --resource-group "$group" \
    --query "[?name=='id-$name'].principalId" --output tsv)
fi

for subscription in $subscriptions; do
  echo "Taking back in $subscription:"

  found=$("$here/find-topics.sh" "$subscription")
  topics=$(echo "$found" | jq --raw-output '.[] | [.resourceGroup, .name] | @tsv')
  echo "$topics" | while read -r topic_group topic; do
    [ -n "$topic" ] || continue
    ours=$(az eventgrid system-topic event-subscription list --subscription "$subscription" \
      --resource-group "$topic_group" --system-topic-name "$topic" --query "[?name=='$name'].name" --output tsv </dev/null)
    if [ -n "$ours" ]; then
      echo "  the subscription $name to the topic $topic"
      az eventgrid system-topic event-subscription delete --subscription "$subscription" --resource-group "$topic_group" \
        --system-topic-name "$topic" --name "$name" --yes </dev/null
    fi
  done

  # Each list is read before it is gone through: a loop over what az prints goes on when az fails. By ARM itself, since az
  # would look up the name of each principal in the directory, which not everybody may read.
  assignments=''
  [ -z "$principal" ] || assignments=$(az rest --method get --output tsv --query "value[?starts_with(id, '/subscriptions/')].id" \
    --url "/subscriptions/$subscription/providers/Microsoft.Authorization/roleAssignments?api-version=2022-04-01&\$filter=principalId%20eq%20'$principal'")
  for assignment in $assignments; do
    echo "  the role assignment $assignment"
    az role assignment delete --ids "$assignment"
  done

  roles=$(az role definition list --custom-role-only true --subscription "$subscription" \
    --query "[?ends_with(roleName, '($name, $subscription)')].name" --output tsv)
  for role in $roles; do
    echo "  the custom role $role"
    az role definition delete --name "$role" --custom-role-only true --scope "/subscriptions/$subscription"
  done

  if [ "$subscription" != "$home" ]; then
    events=$(az group exists --subscription "$subscription" --name "rg-$name-events")
    if [ "$events" = true ]; then
      echo "  the resource group rg-$name-events"
      az group delete --subscription "$subscription" --name "rg-$name-events" --yes
    fi
  fi
done
