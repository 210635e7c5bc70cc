#!/bin/sh
# azd, before it provisions: has the topics that are there already remembered in the azd environment.
set -eu

here=$(dirname "$0")
topics=$("$here/find-topics.sh" ${AZURE_SUBSCRIPTION_ID:+"$AZURE_SUBSCRIPTION_ID"})
azd env set ACR_ATTACH_EXISTING_TOPICS "$topics"
[ "$topics" = '[]' ] || echo "This system topic is there already; it is used, and not changed: $topics"
