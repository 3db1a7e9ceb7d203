#!/bin/sh
# Installs the protobuf compiler that `go generate ./internal/wire` calls.
# Only people who change egressor.proto need it: the generated code is committed.
set -eu
command -v protoc >/dev/null 2>&1 && exit 0
if [ "$(id -u)" != 0 ]; then
	echo "protoc is missing: install Debian's protobuf-compiler, or run this as root" >&2
	exit 1
fi
apt-get update -qq
apt-get install -y -qq --no-install-recommends protobuf-compiler libprotobuf-dev
