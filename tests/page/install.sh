#!/bin/sh
# Installs what the checks of the page need: Chromium from Debian (as root, if it is not there yet), and the node modules
# of package-lock.json in a cache folder outside the sources. Safe to run again.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
cache=${1:-"$here/../../target/page"}
wanted=
command -v chromium >/dev/null 2>&1 || wanted="$wanted chromium"
command -v node >/dev/null 2>&1 || wanted="$wanted nodejs"
command -v npm >/dev/null 2>&1 || wanted="$wanted npm"
if [ -n "$wanted" ]; then
    as_root=
    [ "$(id -u)" = 0 ] || as_root=sudo
    $as_root apt-get update -qq
    # shellcheck disable=SC2086 # each word is a package
    $as_root apt-get install -y -qq --no-install-recommends $wanted
fi
mkdir -p "$cache"
cp "$here/package.json" "$here/package-lock.json" "$here/.npmrc" "$cache/"
npm ci --prefix "$cache" --no-audit --no-fund --ignore-scripts
