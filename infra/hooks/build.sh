#!/bin/sh
# azd, before it packages: builds the executable, unless one of this folder's is there.
set -eu

cd "$(dirname "$0")/../.."
[ -x target/custom-handler/acr-attach ] || mvn --batch-mode --no-transfer-progress package -Dnative
