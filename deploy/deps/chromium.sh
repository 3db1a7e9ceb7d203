#!/bin/sh
# Makes sure that a Chromium is there for the browser tests: /usr/bin/chromium,
# or the program that EGRESSOR_CHROMIUM names. Installs Debian's package when
# root. Usage: deploy/deps/chromium.sh
set -eu

browser=${EGRESSOR_CHROMIUM:-/usr/bin/chromium}
[ -x "$browser" ] && exit 0

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
	echo "deps/chromium: installing chromium" >&2
	apt-get install -y --no-install-recommends chromium fonts-dejavu-core >&2 || {
		apt-get update >&2
		apt-get install -y --no-install-recommends chromium fonts-dejavu-core >&2 || true
	}
fi

[ -x "$browser" ] && exit 0
echo "deps/chromium: $browser is missing and the browser tests need it: apt-get install chromium, or name another Chromium in EGRESSOR_CHROMIUM" >&2
exit 1
