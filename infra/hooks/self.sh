#!/bin/sh
# Prints what the app says of itself: GET /api/self, with the function key, which is shown to nobody.
# Usage: self.sh [resource group] [app]
set -eu

group=${1:-${AZURE_RESOURCE_GROUP:?name the resource group}}
app=${2:-${ACR_ATTACH_APP:?name the app}}

host=$(az functionapp show --resource-group "$group" --name "$app" --query defaultHostName --output tsv)
key=$(az functionapp keys list --resource-group "$group" --name "$app" --query functionKeys.default --output tsv)

# By standard input: arguments are seen by all who may list processes. The first start takes a while.
printf 'x-functions-key: %s\n' "$key" |
  curl --silent --show-error --fail-with-body --retry 10 --retry-delay 15 --retry-all-errors --header @- "https://$host/api/self"
echo
