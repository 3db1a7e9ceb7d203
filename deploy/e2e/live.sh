#!/usr/bin/env bash
# Drives the user interface of a real demo in a real browser: starts the demo
# on ports of its own, waits for the first version, runs the live suite, stops
# the demo and looks for anything left behind.
set -euo pipefail
cd "$(dirname "$0")/../.."
base=http://127.0.0.1:18080
log=$(mktemp)
# Labs that others left behind on this machine are not this run's.
before=$(bin/egressor lab abandoned)
bin/egressor demo --for 10m --story-after 20s --listen 127.0.0.1:18080 --ingest-listen 127.0.0.1:14317 \
	--clickhouse-listen 127.0.0.1:18123 --neo4j-listen 127.0.0.1:17687 >"$log" 2>&1 &
demo=$!
finish() {
	kill -TERM "$demo" 2>/dev/null || true
	wait "$demo" || true
	rm -f "$log"
}
trap finish EXIT

question='{"query":"{ meta { version { number } } }"}'
for _ in $(seq 1 240); do
	if ! kill -0 "$demo" 2>/dev/null; then
		echo "the demo ended by itself:" >&2
		cat "$log" >&2
		exit 1
	fi
	answer=$(curl -sf -m 5 -H 'Content-Type: application/json' -d "$question" "$base/graphql" || true)
	case "$answer" in *'"number":'*) break ;; esac
	sleep 1
done
case "$answer" in
*'"number":'*) ;;
*)
	echo "no version after four minutes:" >&2
	cat "$log" >&2
	exit 1
	;;
esac
(cd ui && BASE_URL="$base" npm run --silent e2e:live)

kill -TERM "$demo"
if ! wait "$demo"; then
	echo "the demo did not end cleanly:" >&2
	cat "$log" >&2
	exit 1
fi
trap 'rm -f "$log"' EXIT
left=$(bin/egressor lab abandoned)
if [ "$left" != "$before" ]; then
	echo "the demo left labs behind: $left" >&2
	exit 1
fi
echo "the demo ended cleanly and left nothing behind"
