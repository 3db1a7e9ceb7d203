#!/bin/sh
# Puts the embedded Neo4j into .deps/neo4j: the Community jars from Maven
# Central in lib/, the compiled launcher in classes/, and a VERSION stamp that
# makes a second run cost nothing. Usage: deploy/deps/neo4j.sh
set -eu

version=5.26.30
root=$(cd "$(dirname "$0")/../.." && pwd)
launcher=$root/deploy/neo4j-launcher
target=$root/.deps/neo4j
# The stamp changes with the version, the pom, the launcher and this script.
stamp="$version $(cat "$0" "$launcher/pom.xml" "$launcher/Launcher.java" | cksum)"

if [ "$(cat "$target/VERSION" 2>/dev/null || true)" = "$stamp" ]; then
	exit 0
fi

# need COMMAND PACKAGE: install what is missing when root on Debian, else say what to do.
need() {
	command -v "$1" >/dev/null 2>&1 && return
	if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
		echo "deps/neo4j: installing $2 for $1" >&2
		apt-get install -y --no-install-recommends "$2" >&2 ||
			{ apt-get update >&2 && apt-get install -y --no-install-recommends "$2" >&2; } || true
	fi
	command -v "$1" >/dev/null 2>&1 && return
	echo "deps/neo4j: $1 is missing and the embedded Neo4j needs it: install $2 (apt-get install $2), or use a Neo4j server of your own with --neo4j-uri" >&2
	exit 1
}
need java openjdk-17-jre-headless
need javac openjdk-17-jdk-headless
need mvn maven

mkdir -p "$root/.deps"
work=$(mktemp -d "$root/.deps/neo4j.XXXXXX")
trap 'rm -rf "$work"' EXIT

echo "deps/neo4j: fetching Neo4j Community $version from Maven Central" >&2
mvn -q -B -f "$launcher/pom.xml" -Dneo4j.version="$version" \
	dependency:copy-dependencies -DincludeScope=runtime \
	-DoutputDirectory="$work/lib" >&2 || {
	echo "deps/neo4j: mvn could not fetch org.neo4j:neo4j:$version: is Maven Central (or the mirror in ~/.m2/settings.xml) reachable?" >&2
	exit 1
}

javac -Xlint:all,-processing,-classfile -Werror -proc:none -cp "$work/lib/*" -d "$work/classes" "$launcher/Launcher.java" >&2
chmod 755 "$work"
echo "$stamp" >"$work/VERSION"

# Swapped in whole, so that an interrupted run leaves the old one or none.
rm -rf "$target"
mv "$work" "$target"
trap - EXIT
echo "deps/neo4j: ready in $target" >&2
