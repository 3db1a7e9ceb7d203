#!/usr/bin/env bash
# kube-apiserver and etcd for the tests, built from Go modules (deploy/lab) into
# .deps/kube/bin. The first build takes five minutes on two cores; a second run costs
# nothing. Usage: deploy/deps/kube.sh
set -euo pipefail
top=$(cd "$(dirname "$0")/../.." && pwd)
target=$top/.deps/kube
version=$(sed -n "s/^\tk8s.io\/kubernetes //p" "$top/deploy/lab/go.mod")
stamp=$(cat "$top"/deploy/lab/go.mod "$top"/deploy/lab/go.sum "$top"/deploy/lab/*/*.go | sha256sum | cut -d' ' -f1)
[ "$(cat "$target/VERSION" 2>/dev/null || true)" = "$stamp" ] && exit 0

mkdir -p "$target/bin"
# One build at a time: others wait for it, and find it done.
exec 9>"$target/.lock"
flock 9
[ "$(cat "$target/VERSION" 2>/dev/null || true)" = "$stamp" ] && exit 0
echo "deps/kube: building kube-apiserver and etcd (five minutes on two cores, once)" >&2
for part in etcd kube-apiserver; do
	(cd "$top/deploy/lab" && nice -n 5 go build -trimpath -ldflags "-s -w -X k8s.io/component-base/version.gitVersion=$version" -o "$target/bin/$part.new" "./$part") || {
		echo "deps/kube: $part does not build: is the Go module proxy (go env GOPROXY) reachable" >&2
		exit 1
	}
	mv "$target/bin/$part.new" "$target/bin/$part"
done
echo "$stamp" >"$target/VERSION"
echo "deps/kube: ready in $target" >&2
