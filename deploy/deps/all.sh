#!/usr/bin/env bash
# Fetches every native part into .deps; each script is quick when its part is there.
set -euo pipefail
cd "$(dirname "$0")"
for part in system chdb neo4j chromium; do
	"./$part.sh"
done
