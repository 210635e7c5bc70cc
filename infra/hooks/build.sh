#!/bin/sh
# azd, before it packages: builds the executable, unless one is there that is newer than its sources.
set -eu

cd "$(dirname "$0")/../.."
by_url='give the URL of its zip (azd env set ACR_ATTACH_PACKAGE_URI <URL>), and let azd provision deploy it'

if [ -n "${ACR_ATTACH_PACKAGE_URI:-}" ]; then
  echo "Nothing is built: ACR_ATTACH_PACKAGE_URI names the package, which azd provision deploys. azd up would deploy another one over it." >&2
  exit 1
fi
if [ "${ACR_ATTACH_WORKER:-custom}" = java ]; then
  echo "Nothing is built: azd deploys the executable, which the worker java does not run. For that worker, $by_url." >&2
  exit 1
fi

executable=target/custom-handler/acr-attach
if [ -x "$executable" ] && [ -z "$(find src/main pom.xml host.json -type f -newer "$executable" | head -n 1)" ]; then
  exit
fi
machine="$(uname -s) $(uname -m)"
if [ "$machine" != 'Linux x86_64' ]; then
  echo "Nothing is built: the function app runs on Linux on x86-64, and what is built here runs on $machine. Build it there, or $by_url." >&2
  exit 1
fi
mvn --batch-mode --no-transfer-progress package -Dnative -DskipTests
