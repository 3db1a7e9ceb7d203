#!/bin/sh
# Puts what `make generate` needs to compile bpf/*.bpf.c on the machine: clang 14,
# llvm-strip and libbpf's headers, plus bpftool to look at loaded programs.
# Nothing of it is needed to build or run Egressor: the compiled objects are
# committed. Does nothing when all of it is there.
set -eu

present() {
	command -v clang-14 && command -v llvm-strip-14 && command -v bpftool &&
		test -f /usr/include/bpf/bpf_core_read.h
} >/dev/null 2>&1

if present; then
	exit 0
fi
if ! command -v apt-get >/dev/null || [ "$(id -u)" != 0 ]; then
	echo "bpf.sh: clang-14, llvm-14, libbpf-dev and bpftool are missing: install them, or run this as root on Debian" >&2
	exit 1
fi
packages="clang-14 llvm-14 libbpf-dev linux-libc-dev bpftool"
export DEBIAN_FRONTEND=noninteractive
# shellcheck disable=SC2086 # a list of words
apt-get install -y -qq --no-install-recommends $packages >&2 || {
	apt-get update -qq >&2
	apt-get install -y -qq --no-install-recommends $packages >&2
}
present || {
	echo "bpf.sh: still missing after apt-get install $packages" >&2
	exit 1
}
