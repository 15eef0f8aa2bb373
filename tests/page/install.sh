#!/bin/sh
# Installs what the checks of the page need: Chromium from Debian (as root, if it is not there yet), and the node modules
# of package-lock.json in a cache folder outside the sources. Safe to run again.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
cache=${1:-"$here/../../target/page"}
if ! command -v chromium >/dev/null 2>&1; then
    apt-get update -qq
    apt-get install -y -qq --no-install-recommends chromium chromium-driver
fi
mkdir -p "$cache"
cp "$here/package.json" "$here/package-lock.json" "$here/.npmrc" "$cache/"
npm ci --prefix "$cache" --no-audit --no-fund --ignore-scripts
