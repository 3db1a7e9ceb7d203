#!/usr/bin/env bash
# Drives the user interface of a real demo in a real browser: starts the demo
# on ports of its own, and beside it a scenario with planted incidents behind a
# sign-in, waits for a whole minute, runs the live suite, stops both and looks
# for anything left behind.
set -euo pipefail
cd "$(dirname "$0")/../.."
base=http://127.0.0.1:18080
story=127.0.0.1:18081
dir=$(mktemp -d)
log=$dir/demo.log
# Labs that others left behind on this machine are not this run's.
before=$(bin/egressor lab abandoned)
# The demo is stopped when the suite has ended: its own end is for a suite that hangs.
bin/egressor demo --for 2h --story-after 20s --listen 127.0.0.1:18080 --ingest-listen 127.0.0.1:14317 \
	--clickhouse-listen 127.0.0.1:18123 --neo4j-listen 127.0.0.1:17687 >"$log" 2>&1 &
demo=$!
replay=
finish() {
	kill -TERM "$demo" $replay 2>/dev/null || true
	wait "$demo" $replay || true
	rm -rf "$dir"
}
trap finish EXIT

# One token of each role, for people of the story.
echo tokens: >"$dir/access.yaml"
for role in viewer analyst admin; do
	bin/egressor token "$role" --role "$role" --scope '*/*' >"$dir/$role.token" 2>"$dir/entry"
	grep -v '^tokens:' "$dir/entry" >>"$dir/access.yaml"
done
bin/egressor replay --listen "$story" --access "$dir/access.yaml" docs/scenarios/30-planted-hour.txtar >"$dir/replay.log" 2>&1 &
replay=$!

question='{"query":"{ meta { version { number } } }"}'
for _ in $(seq 1 600); do
	if ! kill -0 "$demo" 2>/dev/null; then
		echo "the demo ended by itself:" >&2
		cat "$log" >&2
		exit 1
	fi
	answer=$(curl -sf -m 5 -H 'Content-Type: application/json' -d "$question" "$base/graphql" || true)
	# The first version may hold a few seconds only, in which not everybody has called yet.
	case "$answer" in
	*'"number":1}'*) ;;
	*'"number":'*) break ;;
	esac
	sleep 1
done
case "$answer" in
*'"number":1}'*) answer= ;;
esac
case "$answer" in
*'"number":'*) ;;
*)
	echo "no whole minute after ten minutes:" >&2
	cat "$log" >&2
	exit 1
	;;
esac
if ! curl -sf -m 30 --retry 300 --retry-delay 1 --retry-all-errors "http://$story/healthz" >/dev/null || ! kill -0 "$replay" 2>/dev/null; then
	echo "the scenario is not served:" >&2
	cat "$dir/replay.log" >&2
	exit 1
fi
(cd ui && BASE_URL="$base" EGRESSOR_UI_STORY_URL="http://$story" EGRESSOR_UI_TOKENS="$dir" npm run --silent e2e:live)

kill -TERM "$replay"
wait "$replay" || true
replay=
kill -TERM "$demo"
if ! wait "$demo"; then
	echo "the demo did not end cleanly:" >&2
	cat "$log" >&2
	exit 1
fi
trap 'rm -rf "$dir"' EXIT
left=$(bin/egressor lab abandoned)
if [ "$left" != "$before" ]; then
	echo "the demo left labs behind: $left" >&2
	exit 1
fi
echo "the demo ended cleanly and left nothing behind"
