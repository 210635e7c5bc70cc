#!/bin/sh
# Prints what the app says of itself: GET /api/self, with the function key, which is shown to nobody.
# Usage: self.sh [resource group] [app]
set -eu

group=${1:-${AZURE_RESOURCE_GROUP:?name the resource group}}
app=${2:-${ACR_ATTACH_APP:?name the app}}

# az may be signed in to another subscription than azd.
ask() {
  az functionapp "$@" --resource-group "$group" --name "$app" --output tsv ${AZURE_SUBSCRIPTION_ID:+--subscription "$AZURE_SUBSCRIPTION_ID"}
}

host=$(ask show --query defaultHostName)

# The host tells its keys once it runs, and the first start takes a while.
tries=10
until key=$(ask keys list --query functionKeys.default); do
  tries=$((tries - 1))
  [ "$tries" -gt 0 ] || exit 1
  sleep 15
done

# By standard input: arguments are seen by all who may list processes.
printf 'x-functions-key: %s\n' "$key" |
  curl --silent --show-error --fail-with-body --retry 10 --retry-delay 15 --retry-all-errors --header @- "https://$host/api/self"
echo
