#!/bin/sh
# azd, before it provisions: has the topics that are there already remembered in the azd environment. It looks in the
# subscription of the environment, and in those that were provisioned before, or that ACR_ATTACH_SUBSCRIPTIONS names.
set -eu

here=$(dirname "$0")
# shellcheck disable=SC2046 # Ids of subscriptions, each a word.
set -- $(echo "${AZURE_SUBSCRIPTION_ID:-},${ACR_ATTACH_SUBSCRIPTIONS:-}" | tr ',' '\n' | sort -u)
topics=$("$here/find-topics.sh" "$@")
azd env set ACR_ATTACH_EXISTING_TOPICS "$topics"
[ "$topics" = '[]' ] || echo "This system topic is there already; it is used, and not changed: $topics"
