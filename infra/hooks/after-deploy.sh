#!/bin/sh
# azd, after it has deployed the code: where Event Grid calls the function itself, it is subscribed only now, since Event
# Grid asks a function once whether it is there, and never again. Then the app says how it is.
set -eu

here=$(dirname "$0")
if [ "${ACR_ATTACH_DELIVERY:-queue}" = function ] && [ "${ACR_ATTACH_CODE_DEPLOYED:-false}" != true ]; then
  azd env set ACR_ATTACH_CODE_DEPLOYED true
  azd provision --no-prompt
fi
"$here/self.sh"
