#!/bin/sh
# azd, before it takes down: takes back what lies outside the resource group of the app, and would be left: event
# subscriptions under somebody else's topic, role assignments, custom roles, and the resource groups for topics in other
# subscriptions. What was granted to clusters stays: docs/install.md says how to take that back first.
set -eu

name=${ACR_ATTACH_NAME:?}
group=${AZURE_RESOURCE_GROUP:?}
principal=${ACR_ATTACH_PRINCIPAL_ID:?}
home=${AZURE_SUBSCRIPTION_ID:?}
subscriptions=$(echo "${ACR_ATTACH_SUBSCRIPTIONS:-$home}" | tr ',' ' ')

locks=$(az lock list --subscription "$home" --resource-group "$group" --query '[].id' --output tsv)
if [ -n "$locks" ]; then
  echo "Nothing was taken back: these locks forbid it. Whoever has set them may remove them by: az lock delete --ids <id>" >&2
  echo "$locks" >&2
  exit 1
fi

for subscription in $subscriptions; do
  echo "Taking back in $subscription:"

  topics=$(az eventgrid system-topic list --subscription "$subscription" --output tsv --query "
    [?(topicType=='Microsoft.Resources.Subscriptions' || topicType=='microsoft.resources.subscriptions')
      && !starts_with(name, 'evgt-$name-')].[resourceGroup, name]")
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

  # By ARM itself: az would look up the name of each principal in the directory, which not everybody may read.
  for assignment in $(az rest --method get --output tsv --query "value[?starts_with(id, '/subscriptions/')].id" \
    --url "/subscriptions/$subscription/providers/Microsoft.Authorization/roleAssignments?api-version=2022-04-01&\$filter=principalId%20eq%20'$principal'"); do
    echo "  the role assignment $assignment"
    az role assignment delete --ids "$assignment"
  done

  for role in $(az role definition list --custom-role-only true --subscription "$subscription" \
    --query "[?ends_with(roleName, '($name, $subscription)')].name" --output tsv); do
    echo "  the custom role $role"
    az role definition delete --name "$role" --custom-role-only true --scope "/subscriptions/$subscription"
  done

  if [ "$subscription" != "$home" ] && [ "$(az group exists --subscription "$subscription" --name "rg-$name-events")" = true ]; then
    echo "  the resource group rg-$name-events"
    az group delete --subscription "$subscription" --name "rg-$name-events" --yes
  fi
done
