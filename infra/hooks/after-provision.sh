#!/bin/sh
# azd, after it has provisioned: where the code came from a URL, all is there, and the app says how it is.
set -eu

here=$(dirname "$0")
if [ -n "${ACR_ATTACH_PACKAGE_URI:-}" ]; then
  "$here/self.sh"
fi
