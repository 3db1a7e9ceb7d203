#!/bin/sh
# Puts the embedded ClickHouse engine into .deps/chdb: libchdb.so from the npm
# package of the engine's publisher, and a VERSION stamp that makes a second run
# cost nothing. Usage: deploy/deps/chdb.sh
set -eu

version=26.7.3-stable.1
root=$(cd "$(dirname "$0")/../.." && pwd)
target=$root/.deps/chdb

# fail MESSAGE: say what is wrong and what to do instead, and stop.
fail() {
	echo "deps/chdb: $1, or use a ClickHouse server of your own with --clickhouse-address" >&2
	exit 1
}

case "$(uname -s)-$(uname -m)" in
Linux-x86_64) package=@chdb/lib-linux-x64-gnu ;;
*) fail "there is no embedded ClickHouse for $(uname -s) on $(uname -m): it runs on Linux x86_64" ;;
esac

stamp="$package $version"
if [ "$(cat "$target/VERSION" 2>/dev/null || true)" = "$stamp" ] && [ -s "$target/libchdb.so" ]; then
	exit 0
fi
command -v npm >/dev/null 2>&1 ||
	fail "npm is missing and fetches the embedded ClickHouse: install Node.js with npm 9 or later (apt-get install npm)"

mkdir -p "$root/.deps"
work=$(mktemp -d "$root/.deps/chdb.XXXXXX")
trap 'rm -rf "$work"' EXIT

echo "deps/chdb: fetching $stamp (178 MB, 570 MB unpacked)" >&2
(cd "$work" && npm pack --silent "$package@$version" >/dev/null) ||
	fail "npm could not fetch $package@$version: is the npm registry (npm config get registry) reachable"
tar -xzf "$work"/*.tgz -C "$work" package/libchdb.so ||
	fail "$package@$version holds no package/libchdb.so, or the disk under $root/.deps is full"
mv "$work/package/libchdb.so" "$work/libchdb.so"
rm -r "$work"/*.tgz "$work/package"
echo "$stamp" >"$work/VERSION"
chmod 755 "$work"

# Swapped in whole, so that an interrupted run leaves the old one or none.
rm -rf "$target"
mv "$work" "$target"
trap - EXIT
echo "deps/chdb: ready in $target" >&2
