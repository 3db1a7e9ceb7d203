#!/usr/bin/env bash
# golangci-lint, built from source by the Go proxy into .deps/bin.
set -euo pipefail
version=v2.15.0
top=$(cd "$(dirname "$0")/../.." && pwd)
binary="$top/.deps/bin/golangci-lint"
[ -x "$binary" ] && "$binary" version 2>/dev/null | grep -qF "${version#v}" && exit 0
echo "building golangci-lint $version (some minutes, once)" >&2
GOBIN="$top/.deps/bin" go install "github.com/golangci/golangci-lint/v2/cmd/golangci-lint@$version"
