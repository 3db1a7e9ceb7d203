#!/bin/sh
# Puts moto, a server that speaks Amazon's API on loopback, into .deps/moto: a
# Python environment of its own and a VERSION stamp that makes a second run cost
# nothing. The tests of the cloud inventory talk to it with the real client.
# Usage: deploy/deps/moto.sh
set -eu

version=5.2.5
root=$(cd "$(dirname "$0")/../.." && pwd)
target=$root/.deps/moto

# fail MESSAGE: say what is wrong and what to do instead, and stop.
fail() {
	echo "deps/moto: $1; only the tests of the cloud inventory need it" >&2
	exit 1
}

stamp="moto $version"
if [ "$(cat "$target/VERSION" 2>/dev/null || true)" = "$stamp" ] && [ -x "$target/bin/moto_server" ]; then
	exit 0
fi
command -v python3 >/dev/null 2>&1 || fail "python3 is missing: install Python 3.9 or later with venv (apt-get install python3-venv)"

mkdir -p "$root/.deps"
echo "deps/moto: fetching $stamp" >&2
# A virtual environment cannot be moved: it is made in place, and its stamp is
# written last.
rm -rf "$target"
python3 -m venv "$target" || fail "python3 -m venv failed: install it (apt-get install python3-venv)"
"$target/bin/pip" install --quiet --disable-pip-version-check "moto[server,ec2,elbv2,sts]==$version" ||
	fail "pip could not install moto $version: is the Python package index reachable"
echo "$stamp" >"$target/VERSION"
echo "deps/moto: ready in $target" >&2
