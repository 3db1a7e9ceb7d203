#!/usr/bin/env bash
# Fetches native parts into .deps: those named, or all. Each script is quick when
# its part is there. Usage: deploy/deps/all.sh [PART...]
set -euo pipefail
cd "$(dirname "$0")"
[ $# -gt 0 ] || set -- system chdb neo4j chromium moto kube
for part in "$@"; do
	"./$part.sh"
done
