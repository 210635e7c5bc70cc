#!/bin/sh
# azd, after it has taken down: the code went with the app, so that Event Grid cannot subscribe its function next time
# before it is deployed again.
set -eu

azd env set ACR_ATTACH_CODE_DEPLOYED false
